"""The REST API as a program meets it: keys and scopes, what is told, how lists go on, and how it says no."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from domain.pseudonyms import pseudonym
from domain.records.api_keys import Scope
from domain.staff.api_access import BadKeyName, KeyNameTaken, KeyUnknown, revoke_key
from tests.support.api import AskedShop, called
from tests.support.golden import HASHES
from tests.support.marked import EMAIL, HASHED, HASHED_PROSPECT, MARKS
from tests.support.predicting import predict, predict_churn
from tests.support.shop import NOW
from tests.support.warehouses import BUILT_AS_OF as AS_OF

PROBLEM = "application/problem+json"
PATHS = {
    Scope.PRODUCTS: ["/products", "/products/MUG", "/products/MUG/together"],
    Scope.INVENTORY: ["/products/MUG/stock", "/inventory/reorder"],
    Scope.CUSTOMERS: ["/customers", f"/customers/{HASHES['ada']}"],
    Scope.METRICS: [f"/metrics/{name}" for name in "sales segments loyalty stores discounts churn campaigns".split()],
    Scope.DATA: ["/products-of-data", "/products-of-data/sales_erp"],
}


@pytest.fixture
def shop(warehoused: Engine, tmp_path: Path) -> AskedShop:
    return AskedShop(warehoused, tmp_path)


@pytest.fixture
def new_shop(engine: Engine, tmp_path: Path) -> AskedShop:
    """One whose warehouse was never built."""
    return AskedShop(engine, tmp_path)


def predict_all(shop: AskedShop) -> dict[str, int]:
    """Predicts leaving, value and demand; the numbers of customers by their hash."""
    with shop.database.begin() as connection:
        rows = connection.execute(text("SELECT customer_id, hashed_email FROM mart.dim_customers WHERE orders > 0"))
        numbers = {row.hashed_email: row.customer_id for row in rows}
        run = connection.execute(
            text("""
                INSERT INTO raw.prediction_run (what, model_version, as_of, made_at, days)
                VALUES ('value', 'test', :as_of, now(), 90) RETURNING run_id
            """),
            {"as_of": AS_OF},
        ).scalar_one()
        for number in numbers.values():
            values = {"run": run, "n": number}
            connection.execute(text("INSERT INTO raw.prediction_value VALUES (:run, :n, 12.30)"), values)
    predict_churn(shop.database, AS_OF, dict.fromkeys(numbers.values(), (0.2, "3.00", "orders often")))
    predict(shop.database, {"MUG": {"reorder_point": 20_000, "order_up_to": 40_000}, "PLATE": {"reorder_point": 0}})
    return numbers


def problem(answer: Any, status: int) -> str:
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text
    told = answer.json()
    assert (told["status"], set(told)) == (status, {"type", "title", "status", "detail", "faults"})
    return str(told["detail"])


def everything(client: TestClient, path: str, **params: Any) -> list[dict[str, Any]]:
    """All of a list, page by page."""
    found, cursor = [], None
    for _ in range(100):
        page = client.get(path, params={**params, **({"cursor": cursor} if cursor else {})}).json()
        found += page["data"]
        cursor = page["next"]
        if cursor is None:
            return found
    raise AssertionError("the list never ends")


def test_without_a_key_nothing_is_told(shop: AskedShop) -> None:
    for path in [path for paths in PATHS.values() for path in paths]:
        for client in (shop.client(), shop.client("parley_guessed"), shop.client("guessed")):
            answer = client.get(path)
            assert "parley api-key create" in problem(answer, 401)
            assert answer.headers["www-authenticate"] == "Bearer"
    assert "parley api-key create" in problem(shop.client().post("/recommendations", json={"basket": []}), 401)
    assert "parley api-key create" in problem(shop.client().post("/customers/lookup", json={"customer": "x"}), 401)


@pytest.mark.parametrize("scope", PATHS)
def test_a_key_may_ask_for_its_scopes_and_for_nothing_else(shop: AskedShop, scope: Scope) -> None:
    predict_all(shop)
    may, others = shop.may(scope), shop.may(*(set(Scope) - {scope}))
    for path in PATHS[scope]:
        assert may.get(path).status_code == 200, path
        with capture_logs() as logged:
            assert scope in problem(others.get(path), 403)
        (line,) = [one for one in logged if one["event"] == "api key without the scope"]
        assert (line["log_level"], line["scope"]) == ("warning", scope)
        assert line["key"] == called(set(Scope) - {scope})
        assert set(line) == {"event", "log_level", "key", "scope", "route"}  # and nothing of who was asked for


def test_posts_need_their_scopes_too(shop: AskedShop) -> None:
    others = shop.may(*(set(Scope) - {Scope.PII, Scope.RECOMMENDATIONS}))
    assert "recommendations" in problem(others.post("/recommendations", json={"basket": ["MUG"]}), 403)
    assert "pii" in problem(others.post("/customers/lookup", json={"customer": HASHED}), 403)
    assert shop.may(Scope.RECOMMENDATIONS).post("/recommendations", json={"basket": ["MUG"]}).status_code == 200


def test_a_key_ends_by_time_and_by_word_at_once(shop: AskedShop) -> None:
    client = shop.client(shop.secret(Scope.PRODUCTS, name="till", days=2))
    assert client.get("/products").status_code == 200
    shop.at(NOW + timedelta(days=2))
    problem(client.get("/products"), 401)
    again = shop.client(shop.secret(Scope.PRODUCTS, name="till"))  # the name is free when its key is over
    assert again.get("/products").status_code == 200
    with shop.unit_of_work() as uow:
        revoke_key(uow, "till", by="terminal", now=shop.clock.now())
        uow.commit()
    problem(again.get("/products"), 401)


def test_names_of_keys_are_taken_once_and_plain(shop: AskedShop) -> None:
    shop.secret(Scope.PRODUCTS, name="till")
    with pytest.raises(KeyNameTaken):
        shop.secret(Scope.DATA, name="till")
    for name in ("", "Till", "a b", "-a", "a" * 41, "till\n"):
        with pytest.raises(BadKeyName):
            shop.secret(Scope.PRODUCTS, name=name)
    with shop.unit_of_work() as uow, pytest.raises(KeyUnknown):
        revoke_key(uow, "nobody", by="terminal", now=NOW)


def test_of_a_key_the_hash_alone_is_kept_and_its_last_use_is_noted(shop: AskedShop) -> None:
    secret = shop.secret(Scope.PRODUCTS)
    for minutes in (0, 0.5, 5):
        shop.at(NOW + timedelta(minutes=minutes))
        shop.client(secret).get("/products")
    with shop.database.connect() as connection:
        kept = connection.execute(text("SELECT * FROM chat.api_key")).mappings().one()
        logged = connection.execute(text("SELECT actor, action, subject, changed_to FROM shop.audit_log")).all()
    assert secret not in str(dict(kept))
    assert secret[7:] not in str(logged)
    assert kept["used_at"] == NOW + timedelta(minutes=5)
    assert ("terminal", "grant", "api key:till") in [tuple(row)[:3] for row in logged]


def test_a_key_asks_so_often_a_minute_and_no_more(shop: AskedShop) -> None:
    client = shop.client(shop.secret(Scope.PRODUCTS, name="slow", per_minute=3))
    assert [client.get("/products").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get("/products")
    assert "3 times a minute" in problem(refused, 429)
    assert int(refused.headers["retry-after"]) > 0
    assert shop.client(shop.secret(Scope.PRODUCTS, name="other")).get("/products").status_code == 200
    shop.at(NOW + timedelta(minutes=1))
    assert client.get("/products").status_code == 200


def test_who_guesses_keys_is_stopped_and_others_are_not(shop: AskedShop) -> None:
    secret = shop.secret(Scope.PRODUCTS)
    guesser = shop.client("parley_guess", address="192.0.2.66")
    said = [guesser.get("/products").status_code for _ in range(62)]
    assert said == [401] * 60 + [429] * 2
    assert shop.client(secret).get("/products").status_code == 200


def test_calls_without_a_key_that_holds_end_where_the_page_on_security_says(shop: AskedShop) -> None:
    page = Path("docs/security.md").read_text()
    said = re.search(r"bring none that holds (\d+) .*no key at all.*`/health` (\d+)", page)
    assert said is not None
    most, healthy = map(int, said.groups())
    nobody, guesser = shop.client(address="192.0.2.66"), shop.client("parley_guess", address="192.0.2.66")
    codes = [client.get("/products").status_code for _ in range(most // 2 + 1) for client in (nobody, guesser)]
    assert codes == [401] * most + [429] * 2
    assert "without a key that holds" in problem(nobody.get("/products"), 429)
    assert [nobody.get("/health").status_code for _ in range(healthy + 1)] == [200] * healthy + [429]


def test_products_are_told_without_what_they_cost_the_shop(shop: AskedShop) -> None:
    may = shop.may(Scope.PRODUCTS)
    listed = everything(may, "/products", limit=1)
    assert [one["product_id"] for one in listed] == ["MUG", "PLATE", "TEAPOT"]
    mug = may.get("/products/mug").json()
    assert mug == listed[0]
    assert (mug["title"], mug["price"], mug["is_sold"]) == ("Mug", "12.00", True)
    assert not any("cost" in name or "supplier" in name for name in mug)
    assert "NO-SUCH" in problem(may.get("/products/NO-SUCH"), 404)
    assert everything(may, "/products", category="nothing of it") == []
    assert len(everything(may, "/products", in_stock=True)) + len(everything(may, "/products", in_stock=False)) == 3


def test_what_goes_with_a_product_comes_with_its_evidence(shop: AskedShop) -> None:
    may = shop.may(Scope.PRODUCTS, Scope.RECOMMENDATIONS)
    together = may.get("/products/MUG/together").json()
    assert together["product_id"] == "MUG"
    (plate,) = [one for one in together["data"] if one["product"]["product_id"] == "PLATE"]
    assert (plate["evidence"]["together"], plate["evidence"]["because"]) == (1, "MUG")
    asked = may.post("/recommendations", json={"basket": ["mug", "nothing"], "without": ["TEAPOT"]}).json()
    assert asked["based_on"] == "popular"  # one order together is thin evidence
    assert {one["product"]["product_id"] for one in asked["data"]} <= {"PLATE"}


def test_stock_and_what_to_order(shop: AskedShop) -> None:
    may = shop.may(Scope.INVENTORY)
    assert "parley predict train" in problem(may.get("/inventory/reorder"), 503)
    before = may.get("/products/MUG/stock").json()
    assert (before["weekly_demand"], before["days_of_cover"], before["abc"]) == (None, None, None)
    predict_all(shop)
    stock = may.get("/products/MUG/stock").json()
    assert (stock["weekly_demand"], stock["reorder_point"], stock["abc"]) == (7.0, 20_000, "A")
    assert stock["days_of_cover"] == pytest.approx(stock["on_hand"])
    order = may.get("/inventory/reorder").json()
    (supplier,) = order["data"]
    (line,) = supplier["lines"]
    assert (order["currency"], line["product_id"], line["quantity"]) == ("USD", "MUG", 40_000 - stock["on_hand"])
    assert supplier["amount"] == line["amount"]


def test_customers_are_pseudonyms_by_what_they_paid(shop: AskedShop) -> None:
    numbers = predict_all(shop)
    may = shop.may(Scope.CUSTOMERS)
    listed = everything(may, "/customers", limit=2)
    amounts = [float(one["lifetime_net"]) for one in listed]
    assert amounts == sorted(amounts, reverse=True)
    assert len(listed) == len({one["hashed_email"] for one in listed}) == len(everything(may, "/customers")) >= 6
    by_hash = {one["hashed_email"]: one for one in listed}
    assert set(numbers) <= set(by_hash)
    ada = may.get(f"/customers/{pseudonym(HASHES['ada'])}").json()
    assert {name: ada[name] for name in by_hash[HASHES["ada"]]} == by_hash[HASHES["ada"]]
    assert ada["churn"] == {
        "probability": 0.2,
        "at_stake": "3.00",
        "reasons": "orders often",
        "days": 45,
        "as_of": str(AS_OF),
    }
    assert ada["value"] == {"expected": "12.30", "days": 90, "as_of": str(AS_OF)}
    assert ada["again"][0]["product"]["product_id"] == "MUG"


def test_customers_are_found_by_segment_tier_and_risk(shop: AskedShop) -> None:
    numbers = predict_all(shop)
    bob, ada = numbers[HASHES["bob"]], numbers[HASHES["ada"]]
    predict_churn(shop.database, AS_OF, {bob: (0.9, "3.00", ""), ada: (0.5, "1.00", "")})
    may = shop.may(Scope.CUSTOMERS)
    whole = everything(may, "/customers")
    for field, name in (("segment", "segment"), ("tier", "tier")):
        values = {one[field] for one in whole} - {None}
        for value in values:
            assert everything(may, "/customers", **{name: value}) == [one for one in whole if one[field] == value]
    assert [one["hashed_email"] for one in everything(may, "/customers", risk_above=0.5)] == [HASHES["bob"]]
    assert "prospect" not in str(problem(may.get("/customers", params={"segment": "nobody"}), 422))


def test_who_came_after_the_build_is_known_and_who_was_forgotten_is_not(shop: AskedShop) -> None:
    may = shop.may(Scope.CUSTOMERS, Scope.PII)
    with shop.unit_of_work() as uow:
        uow.people.remember_email("ab" * 32, "new@example.com", NOW)
        uow.commit()
    new = may.get(f"/customers/{'ab' * 32}").json()
    assert (new["segment"], new["orders"], new["churn"], new["new"]) == (None, None, None, [])
    with shop.database.begin() as connection:
        connection.execute(text("DELETE FROM pii.email_lookup WHERE hashed_email = :h"), {"h": HASHES["bob"]})
    problem(may.get(f"/customers/{HASHES['bob']}"), 404)
    assert HASHES["bob"] not in [one["hashed_email"] for one in everything(may, "/customers")]
    problem(may.post("/customers/lookup", json={"customer": HASHES["bob"]}), 404)


def test_who_is_meant_must_be_plain(shop: AskedShop) -> None:
    may = shop.may(Scope.CUSTOMERS)
    with shop.unit_of_work() as uow:
        for last in "01":
            uow.people.remember_email("abcdef" + last * 58, f"twin{last}@example.com", NOW)
        uow.commit()
    assert "Several" in problem(may.get("/customers/cust_abcdef"), 409)
    assert may.get("/customers/cust_abcdef0").status_code == 200
    for nobody in ("cust_ffffff", "nobody", "1001", "%25", "ada.lovelace@example.com"):
        assert "no customer" in problem(may.get(f"/customers/{nobody}"), 404)


def test_an_address_is_told_to_its_scope_alone_and_noted(shop: AskedShop) -> None:
    may = shop.may(Scope.PII)
    name = pseudonym(HASHED)
    told = {"customer": name, "hashed_email": HASHED, "email": EMAIL}
    assert may.post("/customers/lookup", json={"customer": name}).json() == told
    assert may.post("/customers/lookup", json={"email": EMAIL.upper()}).json() == told
    problem(may.post("/customers/lookup", json={"email": "nobody@example.com"}), 404)
    with shop.database.connect() as connection:
        noted = connection.execute(text("SELECT actor, subject FROM shop.audit_log WHERE action = 'look'")).all()
    assert [tuple(row) for row in noted].count(("api:pii", f"customer:{name}")) == 2
    assert len(noted) == 3  # who asks for an address that is none of ours is noted, too
    problem(may.post("/customers/lookup", json={"email": "no address"}), 404)
    bodies: list[Any] = [{}, {"customer": name, "email": EMAIL}, {"customer": 7}, [], {"who": "x"}]
    for wrong in bodies:
        problem(may.post("/customers/lookup", json=wrong), 422)


def test_nothing_else_tells_anything_of_a_person(shop: AskedShop) -> None:
    predict_all(shop)
    may = shop.may(*(set(Scope) - {Scope.PII}))
    told = [may.get(path).text for paths in PATHS.values() for path in paths]
    told += [may.get(f"/customers/{one}").text for one in (HASHED, HASHED_PROSPECT, *HASHES.values())]
    told.append(may.post("/recommendations", json={"basket": ["MUG"]}).text)
    for text_ in told:
        assert not [mark for mark in MARKS if mark in text_.lower()]


def test_metrics_agree_with_each_other_and_say_what_they_mean(shop: AskedShop) -> None:
    may = shop.may(Scope.METRICS)
    sales = may.get("/metrics/sales", params={"span": "day", "periods": 400}).json()
    weeks = may.get("/metrics/sales", params={"day": "2026-05-06"}).json()
    assert (weeks["periods"][-1]["first"], weeks["periods"][-1]["orders"]) == ("2026-05-04", 8)
    days = [one for one in sales["periods"] if "2026-05-04" <= one["first"] <= "2026-05-10"]
    assert sum(float(one["net"]) for one in days) == pytest.approx(float(weeks["periods"][-1]["net"]))
    for parts in ("stores", "categories", "dayparts"):
        assert sum(float(one["net"]) for one in weeks[parts]) == pytest.approx(float(weeks["periods"][-1]["net"]))
    assert set(weeks["definitions"]) >= {"net", "gross", "orders"}
    segments = may.get("/metrics/segments").json()
    assert sum(one["customers"] for one in segments["segments"]) == segments["customers"]
    assert may.get("/metrics/churn").json()["predicted_at_risk"] is None
    predict_all(shop)
    assert may.get("/metrics/churn").json()["predicted_at_risk"] == 0
    assert {one["side"] for one in may.get("/metrics/loyalty").json()["sides"]} <= {"members", "others"}


def test_a_part_of_the_shop_and_a_period_that_are_not_there_are_said(shop: AskedShop) -> None:
    may = shop.may(Scope.METRICS)
    store = may.get("/metrics/sales").json()["stores"][0]["member"]
    assert may.get("/metrics/sales", params={"store": store}).json()["stores"][0]["member"] == store
    assert "nowhere" in problem(may.get("/metrics/sales", params={"store": "nowhere"}), 404)
    assert str(AS_OF) in problem(may.get("/metrics/sales", params={"day": "2031-01-01"}), 404)
    for day in ("0001-01-01", "1999-12-31", "9999-12-31"):
        problem(may.get("/metrics/sales", params={"day": day, "span": "month", "periods": 400}), 404)
    early = may.get("/metrics/sales", params={"day": "2001-01-01", "periods": 400}).json()
    assert (early["periods"], early["stores"]) == ([], [])


def test_a_shop_without_a_warehouse_says_what_to_do(new_shop: AskedShop) -> None:
    may = new_shop.may(Scope.METRICS, Scope.CUSTOMERS, Scope.DATA)
    of_the_warehouse = [path for path in PATHS[Scope.METRICS] if path != "/metrics/campaigns"]
    for path in [*of_the_warehouse, "/customers"]:
        assert "parley analytics build" in problem(may.get(path), 503)
    assert may.get("/products-of-data/sales_erp").json()["ports"][0]["published_at"] is None
    with new_shop.unit_of_work() as uow:
        uow.people.remember_email("ab" * 32, "new@example.com", NOW)
        uow.commit()
    assert may.get("/customers/cust_abab").json()["segment"] is None


def test_data_products_come_with_contract_and_checks(shop: AskedShop) -> None:
    may = shop.may(Scope.DATA)
    listed = everything(may, "/products-of-data", limit=1)
    assert [one["name"] for one in listed] == sorted(one.key for one in shop.shop.data_products())
    (port,) = may.get("/products-of-data/sales_erp").json()["ports"]
    assert (port["name"], port["access"], port["is_fresh"] in (True, False)) == ("sales_erp.orders", "open", True)
    assert port["rows"] > 0
    assert port["columns"]
    assert all(check["held"] for check in port["checks"])
    problem(may.get("/products-of-data/nothing"), 404)


def test_who_has_an_answer_is_told_that_it_still_holds(shop: AskedShop) -> None:
    may = shop.may(Scope.PRODUCTS)
    first = may.get("/products/MUG")
    etag = first.headers["etag"]
    for said in (etag, f'W/{etag}, "other"', "*"):
        again = may.get("/products/MUG", headers={"If-None-Match": said})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    with shop.unit_of_work() as uow:
        (mug,) = uow.products.lock(["MUG"]).values()
        uow.products.save([replace(mug, name="Mug!")])
        uow.commit()
    changed = may.get("/products/MUG", headers={"If-None-Match": etag})
    assert (changed.status_code, changed.json()["title"]) == (200, "Mug!")
    assert first.headers["cache-control"] == "private, no-cache"
    assert "etag" not in may.get("/products/NONE", headers={"If-None-Match": "*"}).headers


@pytest.mark.parametrize("cursor", ["x", "e30", "bnVsbA", "eyJpZCI6IDd9", "é", "W10", "=", "a" * 301])
def test_a_cursor_that_was_not_handed_out_is_refused(shop: AskedShop, cursor: str) -> None:
    may = shop.may(Scope.PRODUCTS, Scope.CUSTOMERS, Scope.DATA, Scope.INVENTORY)
    predict_all(shop)
    for path in ("/products", "/customers", "/products-of-data", "/inventory/reorder"):
        problem(may.get(path, params={"cursor": cursor}), 422 if len(cursor) > 300 else 404)


@pytest.mark.parametrize(
    ("path", "params", "where"),
    [
        ("/products", {"limit": 0}, "query.limit"),
        ("/products", {"limit": 201}, "query.limit"),
        ("/products", {"categroy": "Mugs"}, "query.categroy"),
        ("/customers", {"risk_above": 2}, "query.risk_above"),
        ("/customers", {"risk_above": "nan"}, "query.risk_above"),
        ("/metrics/sales", {"span": "year"}, "query.span"),
        ("/metrics/sales", {"day": "yesterday"}, "query.day"),
        ("/metrics/sales", {"store": "a\x00b"}, "query.store"),
        ("/products/a%00b", {}, "path.product_id"),
    ],
)
def test_what_is_wrong_is_named(shop: AskedShop, path: str, params: dict[str, Any], where: str) -> None:
    answer = shop.may(*Scope).get(path, params=params)
    assert "faults" in problem(answer, 422)
    assert [one["where"] for one in answer.json()["faults"]] == [where]


def test_other_addresses_and_methods_are_refused_as_problems(shop: AskedShop) -> None:
    may = shop.may(*Scope)
    assert "/api/v1/docs" in problem(may.get("/nothing"), 404)
    refused = may.delete("/products")
    problem(refused, 405)
    assert refused.headers["allow"] == "GET"
    problem(may.post("/recommendations", content=b"{"), 422)
    assert may.get("/health").json() == {"status": "ok", "version": "1.0"}
    assert shop.client().get("/health").status_code == 200


def test_a_database_that_is_away_is_said(shop: AskedShop, monkeypatch: pytest.MonkeyPatch) -> None:
    from domain.errors import Away, Busy
    from storage.queries.customer_facts import PostgresCustomerFacts

    may = shop.may(Scope.CUSTOMERS)
    for error, word in ((Away(), "away"), (Busy(), "busy")):
        monkeypatch.setattr(PostgresCustomerFacts, "page", lambda *_, error=error: (_ for _ in ()).throw(error))
        answer = may.get("/customers")
        assert word in problem(answer, 503)
        assert answer.headers["retry-after"] == "5"
