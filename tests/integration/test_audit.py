"""The audit log keeps entries as they were noted, newest first, and an entry is taken back once."""

import threading
from collections.abc import Callable

import pytest

from domain.errors import AlreadyUndone, BadQuantity, ProductExists
from domain.products.editing import add_product, change_product, facts, with_facts
from domain.products.undoing import undo
from domain.records.auditing import Action, Entry, of_product
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import NOW, SECOND, make_product, stock

UnitOfWork = Callable[[], PostgresUnitOfWork]
MUG = make_product(product_id="MUG", name="Red Mug")


def entry(**overrides: object) -> Entry:
    values: dict[str, object] = {"at": NOW, "actor": "slack:U1", "action": Action.SET, "subject": of_product("MUG")}
    return Entry(**values | overrides)  # type: ignore[arg-type]


def test_an_entry_comes_back_as_it_was_noted(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        noted = uow.audit.note(entry(changed_from={"price": "12.00"}, changed_to={"price": "13.00"}))
        assert uow.audit.get(noted.entry_id) == noted
        assert noted == entry(changed_from={"price": "12.00"}, changed_to={"price": "13.00"}, entry_id=noted.entry_id)
        assert uow.audit.get(noted.entry_id + 1) is None


def test_entries_of_a_subject_come_newest_first_and_after_a_number(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        ids = [uow.audit.note(entry()).entry_id for _ in range(3)]
        uow.audit.note(entry(subject=of_product("MUG-2")))
        assert [one.entry_id for one in uow.audit.of(of_product("MUG"), 2)] == [ids[2], ids[1]]
        assert [one.entry_id for one in uow.audit.of(of_product("MUG"), 9, after=ids[1])] == [ids[2]]


def test_an_entry_is_marked_as_undone_once(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        noted = uow.audit.note(entry())
        assert uow.audit.mark_undone(noted.entry_id, NOW + SECOND)
        assert not uow.audit.mark_undone(noted.entry_id, NOW + SECOND)
        assert not uow.audit.mark_undone(noted.entry_id + 1, NOW)
        marked = uow.audit.get(noted.entry_id)
        assert marked is not None
        assert marked.undone_at == NOW + SECOND


def test_the_last_change_is_ones_own_not_undone_and_of_the_catalogue(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        first = uow.audit.note(entry())
        second = uow.audit.note(entry(action=Action.RESTOCK))
        for other in (entry(actor="slack:U2"), entry(action=Action.UNDO), entry(action=Action.GRANT)):
            uow.audit.note(other)
        assert uow.audit.last_of("slack:U1") == second
        uow.audit.mark_undone(second.entry_id, NOW)
        assert uow.audit.last_of("slack:U1") == first
        assert uow.audit.last_of("slack:U3") is None


def test_facts_lead_back_to_the_product() -> None:
    for product in (MUG, make_product(product_id="MUG", retired_at=NOW, description="x", quantity=0)):
        assert with_facts(make_product(product_id="MUG", supplier_id="OTHER"), facts(product)) == product


def test_two_undos_at_the_same_time_undo_once(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        stock(uow, MUG)
        changed = change_product(uow, with_facts(MUG, {"quantity": "14"}), actor="slack:U1", low_stock=0, now=NOW)
        uow.commit()
    assert changed is not None
    barrier, refused = threading.Barrier(2), []

    def press() -> None:
        with unit_of_work() as uow:
            uow.audit.get(changed.entry_id)
            barrier.wait()
            try:
                undo(uow, changed.entry_id, actor="slack:U1", low_stock=0, now=NOW)
                uow.commit()
            except AlreadyUndone as error:
                refused.append(error)

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with unit_of_work() as uow:
        assert uow.products.get(["MUG"])["MUG"].quantity == 10
    assert len(refused) == 1


def test_of_two_products_made_with_one_id_at_the_same_time_one_is_made(unit_of_work: UnitOfWork) -> None:
    done: list[str] = []

    def make(name: str) -> None:
        with unit_of_work() as uow:
            try:
                add_product(uow, make_product(product_id="NEW", name=name), actor=name, low_stock=0, now=NOW)
                uow.commit()
                done.append(name)
            except ProductExists:
                done.append("")

    with unit_of_work() as first:
        add_product(first, make_product(product_id="NEW", name="first"), actor="first", low_stock=0, now=NOW)
        other = threading.Thread(target=make, args=("second",))
        other.start()
        other.join(timeout=0.3)
        first.commit()
    other.join()
    with unit_of_work() as uow:
        product = uow.products.get(["NEW"])["NEW"]
        assert (product.name, product.quantity, done) == ("first", 10, [""])


@pytest.mark.parametrize("quantity", ["-1", "1000001"])
def test_an_impossible_stock_is_refused(unit_of_work: UnitOfWork, quantity: str) -> None:
    with unit_of_work() as uow:
        stock(uow, MUG)
        with pytest.raises(BadQuantity):
            change_product(uow, with_facts(MUG, {"quantity": quantity}), actor="x", low_stock=0, now=NOW)
