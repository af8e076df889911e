"""A short form of `make chaos`: everything is killed at random, and nothing is lost, doubled or half done."""

from pathlib import Path

from tests.e2e import chaos


def test_orders_confirmations_and_stock_survive_kills_and_a_moody_mail_service(
    tmp_path: Path, database_url: str
) -> None:
    numbers = chaos.run(tmp_path, database_url, orders=40, cancellations=16, clients=8, seconds=12, seed=11)
    assert (numbers["orders"], numbers["cancelled"]) == (40, 16)
    assert numbers["mails that still wait for their owner"], "no address was left unconfirmed"
    assert numbers["killed"], "nothing was killed, so nothing was tested"
