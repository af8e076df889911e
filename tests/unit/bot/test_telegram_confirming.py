"""Which updates Telegram may forget: those that were answered, and in the end also those that were not."""

import asyncio

from bot.adapters.telegram import MOST_UNCONFIRMED, SLOWEST_ANSWER, _Unconfirmed


def test_updates_are_confirmed_in_their_order_when_they_are_answered() -> None:
    async def story() -> None:
        unconfirmed = _Unconfirmed()
        assert unconfirmed.offset(0) == 0
        slow = asyncio.create_task(asyncio.sleep(60))
        quick = asyncio.create_task(asyncio.sleep(0))
        unconfirmed.add(10, None, 0)
        unconfirmed.add(11, slow, 0)
        unconfirmed.add(12, quick, 0)
        await quick
        assert unconfirmed.offset(1) == 11
        assert [update_id in unconfirmed for update_id in (10, 11, 12)] == [False, True, True]
        assert unconfirmed.tasks() == [slow]
        assert unconfirmed.offset(SLOWEST_ANSWER) == 13
        assert unconfirmed.tasks() == []
        slow.cancel()

    asyncio.run(story())


def test_new_updates_are_not_kept_out_by_many_slow_ones() -> None:
    async def story() -> None:
        unconfirmed = _Unconfirmed()
        slow = asyncio.create_task(asyncio.sleep(60))
        for update_id in range(MOST_UNCONFIRMED + 5):
            unconfirmed.add(update_id, slow, 0)
        assert unconfirmed.offset(1) == 5
        slow.cancel()

    asyncio.run(story())
