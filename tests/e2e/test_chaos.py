"""A short form of `make chaos`: everything is killed at random, and nothing is lost, doubled or half done."""

from pathlib import Path

from tests.e2e import campaign_chaos, chaos


def test_orders_confirmations_and_stock_survive_kills_and_a_moody_mail_service(
    tmp_path: Path, database_url: str
) -> None:
    numbers = chaos.run(tmp_path, database_url, orders=40, cancellations=16, clients=8, seconds=12, seed=11)
    assert (numbers["orders"], numbers["cancelled"]) == (40, 16)
    assert numbers["mails that still wait for their owner"], "no address was left unconfirmed"
    assert numbers["killed"], "nothing was killed, so nothing was tested"


def test_a_campaign_writes_to_nobody_twice_while_its_workers_are_killed(tmp_path: Path, database_url: str) -> None:
    numbers = campaign_chaos.run(tmp_path, database_url, members=150, seconds=15, seed=11)
    assert numbers["killed"], "nothing was killed, so nothing was tested"
    for name in ("members: sent", "members: held out", "members: withheld"):
        assert numbers[name]
