"""The picture of the way of the data."""

from domain.lineage import WIDE, picture
from domain.records.data_products import Edge

WAY = [
    ("shop.orders", "staging.stg_orders"),
    ("staging.stg_orders", "intermediate.int_totals"),
    ("intermediate.int_totals", "mart.totals"),
    ("mart.totals", "mart.dim_customers"),
    ("mart.dim_customers", "crm.customers"),
    ("crm.customers", "m360.activity_open"),
    ("m360.activity_open", "m360.activity"),
    ("mart.unused", "mart.totals"),
    ("m360.activity", "reader: every analyst"),
]
OWN = ["m360.activity_open", "m360.activity"]


def drawn(way: list[tuple[str, str]]) -> dict[str, int]:
    """The column of each box, by its name."""
    made = picture([Edge(child=child, parent=parent) for parent, child in way], OWN)
    assert all(box.x + WIDE <= made.width and box.y + 30 <= made.height for box in made.boxes)
    assert len({(box.x, box.y) for box in made.boxes}) == len(made.boxes)
    places = sorted({box.x for box in made.boxes})
    return {box.name: places.index(box.x) for box in made.boxes}


def test_it_goes_from_tables_to_readers_and_leaves_out_what_is_between() -> None:
    assert drawn(WAY) == {
        "shop.orders": 0,
        "staging.stg_orders": 1,
        "mart.dim_customers": 2,
        "crm.customers": 3,
        "m360.activity_open": 4,
        "m360.activity": 4,
        "every analyst": 5,
    }


def test_what_goes_in_a_circle_ends() -> None:
    assert drawn([*WAY, ("mart.dim_customers", "mart.totals")]).keys() == drawn(WAY).keys()


def test_ports_that_read_ours_stand_among_the_readers() -> None:
    assert drawn([*WAY, ("m360.activity_open", "other.port")])["other.port"] == 5


def test_nothing_is_an_empty_picture() -> None:
    made = picture([], OWN)
    assert (made.boxes, made.lines) == ((), ())


def test_a_long_name_is_cut_and_a_kind_is_told() -> None:
    made = picture([Edge(child=OWN[0], parent=f"mart.{'x' * 60}")], OWN)
    shown = {box.kind: box.shown for box in made.boxes}
    assert shown["port"] == OWN[0]
    assert len(shown["mart"]) == 37
    assert shown["mart"].endswith("…")
