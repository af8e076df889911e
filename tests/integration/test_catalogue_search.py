"""Questions to the catalogue in Postgres, against a small shop whose answers are counted by hand."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, event

from domain.model import OrderState
from domain.products.catalogue import find, find_category
from domain.products.needs import fitting
from domain.products.recommending import popular, recommend
from domain.products.topics import find_topic
from domain.records.catalogue import PriceRange
from domain.records.companions import Companion
from domain.records.feedback import Placement
from storage.server.embedded import EmbeddedPostgres
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.databases import own_database
from tests.support.factories import NOW, SECOND, make_order, make_product, stock
from tests.support.stocking import create_product, restock, retire_product

UnitOfWork = Callable[[], PostgresUnitOfWork]
DAY = timedelta(days=1)
ALL_PRICES = PriceRange()
# id, name, category, price, stock
CATALOGUE = [
    ("MUG-RED", "Red Enamel Mug", "kitchen", "9.50", 10),
    ("MUG-BLUE", "Blue Enamel Mug", "kitchen", "9.50", 10),
    ("TEAPOT", "Glass Teapot", "kitchen", "34.00", 4),
    ("RECIPE", "Wooden Recipe Box", "kitchen", "19.90", 5),
    ("TLIGHT", "Hanging T-Light Holder", "home", "4.20", 50),
    ("CAKE-3", "Set of 3 Cake Tins", "baking", "22.00", 7),
    ("DOORMAT", "Coir Doormat", "home", "24.00", 0),
    ("OLD-MUG", "Brown Enamel Mug", "kitchen", "3.00", 10),
]
# product ids, days ago, state: OLD-MUG is retired and DOORMAT sold out
ORDERS = [
    ("MUG-RED MUG-BLUE TEAPOT", 1, OrderState.PLACED),
    ("MUG-RED MUG-BLUE", 2, OrderState.SHIPPED),
    ("MUG-RED TEAPOT DOORMAT OLD-MUG", 3, OrderState.DELIVERED),
    ("MUG-RED CAKE-3", 40, OrderState.PLACED),
    ("CAKE-3 TEAPOT", 41, OrderState.PLACED),
    ("MUG-RED TLIGHT RECIPE", 1, OrderState.CANCELLED),
    ("RECIPE TLIGHT", 1, OrderState.CANCELLED),
    ("DOORMAT OLD-MUG", 1, OrderState.PLACED),
]


@pytest.fixture(scope="module")
def shop_engine(postgres: EmbeddedPostgres) -> Iterator[Engine]:
    """Connections to a database that holds the small shop above, for the whole module: no test here commits."""
    with own_database(postgres, "searched") as pool:
        with PostgresUnitOfWork(pool) as uow:
            stock(
                uow,
                *(
                    make_product(product_id=key, name=name, category=category, sale_price=Decimal(price), quantity=left)
                    for key, name, category, price, left in CATALOGUE
                ),
            )
            retire_product(uow, "OLD-MUG", now=NOW)
            for product_ids, days_ago, state in ORDERS:
                quantities = dict.fromkeys(product_ids.split(), 2)
                uow.orders.add(make_order(quantities, placed_at=NOW - days_ago * DAY, state=state))
            uow.commit()
        yield pool


@pytest.fixture
def uow(shop_engine: Engine) -> Iterator[PostgresUnitOfWork]:
    """A unit of work on the small shop; what a test changes is undone after it."""
    with PostgresUnitOfWork(shop_engine) as uow:
        yield uow


def candidates(uow: PostgresUnitOfWork, phrase: str, limit: int = 60) -> list[str]:
    """The ids that the catalogue proposes for a phrase."""
    return [product.product_id for product in uow.catalogue.candidates(phrase, limit)]


def priced(
    uow: PostgresUnitOfWork, bounds: PriceRange = ALL_PRICES, phrase: str = "", limit: int = 10, offset: int = 0
) -> list[str]:
    """The ids within price bounds."""
    return [product.product_id for product in uow.catalogue.priced(bounds, phrase, limit, offset)]


def prices(**bounds: str) -> PriceRange:
    """Bounds given as text."""
    values: dict[str, Any] = {name: Decimal(bound) for name, bound in bounds.items()}
    return PriceRange(**values)


def counted(companions: list[Companion]) -> list[tuple[str, int, int]]:
    """The ids with their counts."""
    return [(found.product.product_id, found.together, found.orders) for found in companions]


@pytest.mark.parametrize(
    ("phrase", "likeliest"),
    [
        ("red enamel mug", "MUG-RED"),
        ("the blue mugs please", "MUG-BLUE"),
        ("recipie box", "RECIPE"),
        ("woodden recipe", "RECIPE"),
        ("tlight holders", "TLIGHT"),
        ("t-light holder", "TLIGHT"),
        ("cake tin", "CAKE-3"),
        ("baking", "CAKE-3"),
        ("teapots", "TEAPOT"),
    ],
)
def test_the_product_that_is_meant_is_proposed_first(uow: PostgresUnitOfWork, phrase: str, likeliest: str) -> None:
    assert candidates(uow, phrase)[0] == likeliest


def test_a_family_is_proposed_whole_without_retired_products(uow: PostgresUnitOfWork) -> None:
    assert candidates(uow, "enamel mug") == ["MUG-BLUE", "MUG-RED"]


def test_what_is_sold_out_is_proposed_too_so_that_it_can_be_said(uow: PostgresUnitOfWork) -> None:
    assert candidates(uow, "doormat") == ["DOORMAT"]


def test_an_equally_likely_product_in_stock_is_proposed_before_a_sold_out_one(uow: PostgresUnitOfWork) -> None:
    restock(uow, "MUG-BLUE", -10, actor="test", now=NOW)
    assert candidates(uow, "enamel mug") == ["MUG-RED", "MUG-BLUE"]


def test_an_id_among_other_words_is_proposed_first(uow: PostgresUnitOfWork) -> None:
    assert candidates(uow, "item mug-blue please")[0] == "MUG-BLUE"


def test_no_more_are_proposed_than_asked_for(uow: PostgresUnitOfWork) -> None:
    assert len(candidates(uow, "enamel mug", limit=1)) == 1


@pytest.mark.parametrize("phrase", ["umbrella", "", "the", "!?", "'; DROP TABLE shop.product; --", "%", "a & | ! (b"])
def test_words_that_mean_nothing_here_propose_nothing(uow: PostgresUnitOfWork, phrase: str) -> None:
    assert candidates(uow, phrase) == []
    assert len(uow.products.all()) >= 6


@pytest.mark.parametrize("said", ["MUG-RED", "mug-red", "  Mug-Red ", "red enamel mugs", "the Red Enamel Mug"])
def test_a_product_is_found_by_id_and_by_full_name(uow: PostgresUnitOfWork, said: str) -> None:
    found = find(uow, said).product
    assert found is not None
    assert found.product_id == "MUG-RED"


def test_a_retired_products_id_finds_nothing(uow: PostgresUnitOfWork) -> None:
    match = find(uow, "OLD-MUG")
    assert match.product is None


def test_a_family_is_found_as_options(uow: PostgresUnitOfWork) -> None:
    match = find(uow, "enamel mug")
    assert match.product is None
    assert {product.product_id for product in match.options} == {"MUG-RED", "MUG-BLUE"}


def test_an_id_is_found_in_any_case(uow: PostgresUnitOfWork) -> None:
    for product_id, name in [("72349b", "Bird Card"), ("84989A", "Dog Card")]:
        create_product(uow, make_product(product_id=product_id, name=name), actor="test", now=NOW)
    found = [find(uow, said).product for said in ("72349b", "72349B", "84989A", "84989a")]
    assert [product and product.name for product in found] == ["Bird Card", "Bird Card", "Dog Card", "Dog Card"]


def test_prices_are_listed_cheapest_first_and_ties_by_id(uow: PostgresUnitOfWork) -> None:
    assert priced(uow) == ["TLIGHT", "MUG-BLUE", "MUG-RED", "RECIPE", "CAKE-3", "TEAPOT"]
    assert priced(uow, PriceRange(descending=True)) == ["TEAPOT", "CAKE-3", "RECIPE", "MUG-BLUE", "MUG-RED", "TLIGHT"]


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"below": "9.50"}, ["TLIGHT"]),
        ({"at_most": "9.50"}, ["TLIGHT", "MUG-BLUE", "MUG-RED"]),
        ({"above": "22.00"}, ["TEAPOT"]),
        ({"at_least": "22.00"}, ["CAKE-3", "TEAPOT"]),
        ({"at_least": "9.50", "at_most": "19.90"}, ["MUG-BLUE", "MUG-RED", "RECIPE"]),
        ({"above": "9.50", "below": "19.90"}, []),
        ({"below": "0"}, []),
        ({"at_least": "0"}, ["TLIGHT", "MUG-BLUE", "MUG-RED", "RECIPE", "CAKE-3", "TEAPOT"]),
    ],
)
def test_bounds_exclude_or_include_their_value_as_they_say(
    uow: PostgresUnitOfWork, bounds: dict[str, str], found: list[str]
) -> None:
    assert priced(uow, prices(**bounds)) == found


def test_a_price_question_can_be_about_a_kind_of_product(uow: PostgresUnitOfWork) -> None:
    assert priced(uow, prices(below="20"), "mugs") == ["MUG-BLUE", "MUG-RED"]
    assert priced(uow, prices(below="20"), "kitchen") == ["MUG-BLUE", "MUG-RED", "RECIPE"]
    assert priced(uow, prices(below="20"), "umbrella") == []


def test_a_phrase_means_names_before_names_and_categories_before_a_likeness(uow: PostgresUnitOfWork) -> None:
    timer, mustard = ("TIMER", "Kitchen Timer", "clocks"), ("MITT", "Mustard Oven Mitt", "baking")
    for product_id, name, category in (timer, mustard):
        product = make_product(product_id=product_id, name=name, category=category, sale_price=Decimal("5.00"))
        create_product(uow, replace(product, quantity=3), actor="test", now=NOW)
    assert priced(uow, phrase="kitchen timer") == ["TIMER"]
    assert priced(uow, phrase="mugs") == ["MUG-BLUE", "MUG-RED"]
    assert priced(uow, phrase="baking tins") == ["CAKE-3"]
    assert priced(uow, phrase="mustrad") == ["MITT"]


def test_the_categories_are_counted_by_what_is_in_stock(uow: PostgresUnitOfWork) -> None:
    assert uow.catalogue.categories() == [("kitchen", 4), ("baking", 1), ("home", 1)]


@pytest.mark.parametrize(
    ("phrase", "in_part", "category"),
    [
        ("kitchen", False, "kitchen"),
        ("the Kitchen", False, "kitchen"),
        ("enamel mugs", True, ""),
        ("umbrella", True, ""),
        ("garden", False, "garden"),
        ("coffee", False, ""),
        ("coffee", True, "tea & coffee"),
        ("furniture", True, "garden furniture"),
        ("other", False, "Other"),
    ],
)
def test_a_phrase_may_be_the_name_of_a_category(
    uow: PostgresUnitOfWork, phrase: str, in_part: bool, category: str
) -> None:
    for number, name in enumerate(("garden furniture", "garden", "tea & coffee", "Other")):
        product = make_product(product_id=f"P{number}", name=f"Thing {number}", category=name, quantity=3)
        create_product(uow, product, actor="test", now=NOW)
    assert find_category(uow, phrase, in_part=in_part) == category


def test_categories_that_differ_in_case_are_one(uow: PostgresUnitOfWork) -> None:
    product = make_product(product_id="SPOON", name="Spoon", category="Kitchen", quantity=3)
    create_product(uow, product, actor="test", now=NOW)
    assert dict(uow.catalogue.categories())["Kitchen"] == 5
    in_stock = uow.catalogue.priced(ALL_PRICES, "", 10, 0, category="kitchen")
    assert {product.product_id for product in in_stock} == {"MUG-BLUE", "MUG-RED", "RECIPE", "TEAPOT", "SPOON"}


def test_a_price_list_comes_in_pages_without_gaps_or_repeats(uow: PostgresUnitOfWork) -> None:
    pages = [priced(uow, limit=4, offset=offset) for offset in (0, 4, 8)]
    assert [len(page) for page in pages] == [4, 2, 0]
    assert [product_id for page in pages for product_id in page] == priced(uow)


def test_best_sellers_are_counted_in_orders_without_cancelled_ones(uow: PostgresUnitOfWork) -> None:
    assert counted(uow.recommender.best_sellers(None, 10)) == [
        ("MUG-RED", 4, 4),
        ("TEAPOT", 3, 3),
        ("CAKE-3", 2, 2),
        ("MUG-BLUE", 2, 2),
    ]
    assert counted(uow.recommender.best_sellers(None, 2)) == [("MUG-RED", 4, 4), ("TEAPOT", 3, 3)]


def test_best_sellers_since_a_moment_include_that_moment(uow: PostgresUnitOfWork) -> None:
    since = NOW - 2 * DAY
    assert counted(uow.recommender.best_sellers(since, 10)) == [
        ("MUG-BLUE", 2, 2),
        ("MUG-RED", 2, 2),
        ("TEAPOT", 1, 1),
    ]
    assert counted(uow.recommender.best_sellers(since + SECOND, 10)) == [
        ("MUG-BLUE", 1, 1),
        ("MUG-RED", 1, 1),
        ("TEAPOT", 1, 1),
    ]
    assert uow.recommender.best_sellers(NOW, 10) == []


def test_best_sellers_of_all_time_can_be_asked_for(uow: PostgresUnitOfWork) -> None:
    assert counted(uow.recommender.best_sellers(None, 1)) == [("MUG-RED", 4, 4)]


def test_several_lines_of_one_product_in_an_order_count_once(uow: PostgresUnitOfWork) -> None:
    (line,) = make_order({"RECIPE": 1}).lines
    uow.orders.add(make_order(lines=(line, line)))
    assert ("RECIPE", 1, 1) in counted(uow.recommender.best_sellers(NOW - 365 * DAY, 10))


def test_companions_are_counted_in_shared_orders_without_cancelled_ones(uow: PostgresUnitOfWork) -> None:
    assert counted(uow.recommender.bought_with(["MUG-RED"], 10)) == [
        ("MUG-BLUE", 2, 4),
        ("TEAPOT", 2, 4),
        ("CAKE-3", 1, 4),
    ]
    assert counted(uow.recommender.bought_with(["MUG-RED"], 1)) == [("MUG-BLUE", 2, 4)]


def test_companions_of_several_products_are_none_of_them(uow: PostgresUnitOfWork) -> None:
    found = uow.recommender.bought_with(["MUG-RED", "TEAPOT"], 10)
    assert counted(found) == [("MUG-BLUE", 2, 4), ("CAKE-3", 1, 3)]
    assert [companion.because for companion in found] == ["MUG-RED", "TEAPOT"]


def test_the_counts_equal_a_plain_recount(uow: PostgresUnitOfWork) -> None:
    live = [set(ids.split()) for ids, _, state in ORDERS if state is not OrderState.CANCELLED]
    for product_id in ("MUG-RED", "MUG-BLUE", "TEAPOT", "CAKE-3"):
        of_it = [ids for ids in live if product_id in ids]
        for found in uow.recommender.bought_with([product_id], 10):
            assert found.orders == len(of_it)
            assert found.together == sum(found.product.product_id in ids for ids in of_it)


def test_removing_the_stock_removes_the_recommendation(uow: PostgresUnitOfWork) -> None:
    restock(uow, "TEAPOT", -4, actor="test", now=NOW)
    assert "TEAPOT" not in [product_id for product_id, _, _ in counted(uow.recommender.bought_with(["MUG-RED"], 10))]
    assert "TEAPOT" not in [product_id for product_id, _, _ in counted(uow.recommender.best_sellers(NOW - 9 * DAY, 10))]
    assert "TEAPOT" not in priced(uow)


def test_what_was_never_bought_has_no_companions(uow: PostgresUnitOfWork) -> None:
    assert uow.recommender.bought_with(["TLIGHT"], 10) == []
    assert uow.recommender.bought_with([], 10) == []


def test_a_recommendation_needs_two_shared_orders(uow: PostgresUnitOfWork) -> None:
    found = recommend(uow, goes_with=["MUG-RED"], without=["MUG-RED"], bounds=PriceRange(), now=NOW)
    assert found.placement is Placement.BOUGHT_TOGETHER
    assert [companion.product.product_id for companion in found.companions] == ["MUG-BLUE", "TEAPOT"]


def test_thin_evidence_falls_back_to_what_sells_now_and_says_so(uow: PostgresUnitOfWork) -> None:
    found = recommend(uow, goes_with=["MUG-BLUE"], without=["MUG-BLUE", "MUG-RED"], bounds=PriceRange(), now=NOW)
    assert (found.placement, found.since_days) == (Placement.POPULAR, 30)
    assert [companion.product.product_id for companion in found.companions] == ["TEAPOT"]


def test_a_shop_that_sold_nothing_lately_recommends_its_best_of_all_time(uow: PostgresUnitOfWork) -> None:
    found = recommend(uow, goes_with=[], without=[], bounds=PriceRange(), now=NOW + 100 * DAY, limit=2)
    assert (found.placement, found.since_days) == (Placement.POPULAR, 0)
    assert [companion.product.product_id for companion in found.companions] == ["MUG-RED", "TEAPOT"]


def test_a_recommendation_stays_within_the_price(uow: PostgresUnitOfWork) -> None:
    cheap = recommend(uow, goes_with=["MUG-RED"], without=[], bounds=PriceRange(below=Decimal(20)), now=NOW)
    assert [companion.product.product_id for companion in cheap.companions] == ["MUG-BLUE"]


def test_a_catalogue_that_only_has_ids_works_by_ids(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        stock(
            uow,
            make_product(product_id="OB3DU6HDPITC", sale_price=Decimal("12.31")),
            make_product(product_id="U8WUCVBHUEPT", sale_price=Decimal("703.41")),
        )
        uow.orders.add(make_order({"OB3DU6HDPITC": 1, "U8WUCVBHUEPT": 1}))
        found = find(uow, "ob3du6hdpitc").product
        assert found is not None
        assert found.title == "OB3DU6HDPITC"
        assert find(uow, "enamel mug").product is None
        assert candidates(uow, "some of ob3du6hdpitc") == ["OB3DU6HDPITC"]
        assert priced(uow, prices(below="100")) == ["OB3DU6HDPITC"]
        assert counted(uow.recommender.bought_with(["OB3DU6HDPITC"], 5)) == [("U8WUCVBHUEPT", 1, 1)]


def test_a_phrase_is_searched_by_indexes_only(uow: PostgresUnitOfWork) -> None:
    asked: list[tuple[str, Any]] = []

    @event.listens_for(uow.connection, "before_cursor_execute")
    def keep(*call: Any) -> None:
        asked.append((call[2], call[3]))

    uow.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # the shop is too small to prefer an index
    candidates(uow, "red mugz")
    searches = asked[1:]  # the first statement only forbids the other plan
    plan = "\n".join(
        line
        for statement, values in searches
        for line in uow.connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars()
    )
    assert "Seq Scan" not in plan
    for index in ("ix_product_search", "ix_product_name_trgm", "pk_product"):
        assert index in plan


def test_best_sellers_of_a_price_or_a_kind_are_found_beneath_all_others(uow: PostgresUnitOfWork) -> None:
    dear = [one.product.sale_price for one in uow.recommender.best_sellers(None, 1)]
    dearer = uow.recommender.best_sellers(None, 1, bounds=PriceRange(above=min(dear)))
    assert dearer[0].product.sale_price > min(dear)
    assert counted(uow.recommender.best_sellers(None, 1, without=["MUG-RED"])) == [("TEAPOT", 3, 3)]
    among = counted(uow.recommender.best_sellers(None, 9, among=["TLIGHT", "TEAPOT"]))
    assert among == [("TEAPOT", 3, 3), ("TLIGHT", 0, 0)]
    assert counted(uow.recommender.best_sellers(None, 1, category="no such")) == [("MUG-RED", 4, 4)]


@pytest.mark.parametrize(
    ("category", "found", "since_days", "said"),
    [
        ("kitchen", ["MUG-RED", "MUG-BLUE", "TEAPOT"], 30, "kitchen"),
        ("baking", ["CAKE-3"], 0, "baking"),  # sold 40 days ago, while other things sell every day
        ("home", ["MUG-RED", "MUG-BLUE", "TEAPOT"], 30, ""),  # cancelled, or sold out
        ("", ["MUG-RED", "MUG-BLUE", "TEAPOT"], 30, ""),
    ],
)
def test_popular_stays_in_the_category_if_anything_of_it_was_ever_ordered(
    uow: PostgresUnitOfWork, category: str, found: list[str], since_days: int, said: str
) -> None:
    best = popular(uow, category=category, without=(), bounds=PriceRange(), now=NOW)
    assert [one.product.product_id for one in best.companions] == found
    assert (best.since_days, best.category) == (since_days, said)


def test_words_are_found_in_names_and_descriptions(uow: PostgresUnitOfWork) -> None:
    stock(
        uow,
        make_product(product_id="T1", name="Garden Trowel", description="For bulbs.", quantity=3),
        make_product(product_id="T2", name="Kneeling Pad", description="Soft foam for gardening.", quantity=3),
        make_product(product_id="T3", name="Garden Fork", description="Long.", quantity=0),
    )
    assert uow.catalogue.described(["garden", "bulb", "unicycle"], 9) == {
        "garden": {"T1": True, "T2": False},
        "bulb": {"T1": False},
        "unicycle": {},
    }
    assert list(uow.catalogue.described(["garden"], 1)["garden"]) == ["T1"]


def test_a_need_takes_what_it_binds_to_and_weighs_rare_words(uow: PostgresUnitOfWork) -> None:
    stock(
        uow,
        make_product(product_id="P1", name="Scotch Eggs", description="Pork for picnics.", quantity=3),
        make_product(product_id="P2", name="Falafel", description="Vegan, for picnics.", quantity=3),
        make_product(product_id="P3", name="Crisps", description="Vegan.", quantity=3),
    )
    found = fitting(uow, ["vegan", "picnic"], must=["vegan"], bounds=ALL_PRICES)
    assert [(one.product.product_id, one.words) for one in found] == [("P2", ("vegan", "picnic")), ("P3", ("vegan",))]
    assert fitting(uow, ["scuba"], bounds=ALL_PRICES) == ()


@pytest.mark.parametrize(
    ("phrase", "category", "words"),
    [
        ("kitchen", "kitchen", ""),
        ("kichen", "kitchen", ""),
        ("shiny mugs", "", "mug"),
        ("lawnmower", None, None),
    ],
)
def test_a_topic_is_mended_by_the_catalogue(
    uow: PostgresUnitOfWork, phrase: str, category: str | None, words: str | None
) -> None:
    topic = find_topic(uow, phrase)
    assert (topic and topic.category, topic and topic.phrase) == (category, words)
