"""One reply per user message, whoever dies and whatever the clocks say."""

import asyncio
import random
from datetime import datetime, timedelta

import pytest

from bot.state import Claim, State
from tests.state.conftest import Clock, OpenState


async def test_of_many_processes_that_see_one_message_exactly_one_may_answer(open_state: OpenState) -> None:
    stores = [await open_state() for _ in range(3)]
    claims = await asyncio.gather(*(store.claim("C1|1.0", f"p{i}") for i in range(8) for store in stores))
    assert sum(claim is not None for claim in claims) == 1


async def test_an_answered_message_is_never_claimed_again(state: State, clock: Clock) -> None:
    await _answer(state, "C1|1.0")
    clock.forward(hours=47)
    assert await state.claim("C1|1.0", "p2") is None
    assert await state.lost_replies() == 0


async def test_a_released_message_is_free_for_the_next(state: State) -> None:
    claim = await _claimed(state, "C1|1.0")
    await state.release(claim)
    assert await state.claim("C1|1.0", "p2") is not None


async def test_a_claim_whose_owner_died_is_taken_over_after_thirty_seconds(state: State, clock: Clock) -> None:
    dead = await _claimed(state, "C1|1.0")
    clock.forward(seconds=29)
    assert await state.claim("C1|1.0", "p2") is None
    clock.forward(seconds=2)
    heir = await state.claim("C1|1.0", "p2")
    assert heir is not None
    assert await state.posting(heir)
    assert not await state.posting(dead), "the first owner was slow, not dead, and must not post too"


async def test_after_a_take_over_the_first_owner_can_neither_finish_nor_release(state: State, clock: Clock) -> None:
    slow = await _claimed(state, "C1|1.0")
    clock.forward(seconds=31)
    heir = await state.claim("C1|1.0", "p2")
    assert heir is not None
    await state.release(slow)
    await state.done(slow)
    assert not await state.posting(slow)
    assert await state.posting(heir)


async def test_a_reply_whose_owner_died_while_posting_is_counted_and_never_doubled(state: State, clock: Clock) -> None:
    dead = await _claimed(state, "C1|1.0")
    assert await state.posting(dead)
    assert await state.lost_replies() == 0
    clock.forward(seconds=31)
    assert await state.lost_replies() == 1
    assert await state.claim("C1|1.0", "p2") is None
    clock.forward(minutes=5)
    assert await state.claim("C1|1.0", "p2") is None
    assert await state.lost_replies() == 1


async def test_a_reply_that_was_slow_and_arrived_after_all_is_not_lost(state: State, clock: Clock) -> None:
    slow = await _claimed(state, "C1|1.0")
    assert await state.posting(slow)
    clock.forward(seconds=40)
    assert await state.claim("C1|1.0", "p2") is None
    await state.done(slow)
    assert await state.lost_replies() == 0


async def test_a_reply_being_posted_cannot_be_released(state: State, clock: Clock) -> None:
    claim = await _claimed(state, "C1|1.0")
    assert await state.posting(claim)
    await state.release(claim)
    clock.forward(hours=1)
    assert await state.claim("C1|1.0", "p2") is None


async def test_a_claim_from_a_clock_that_was_far_ahead_does_not_block_the_message(
    open_state: OpenState, clock: Clock
) -> None:
    ahead, right = await _skewed(open_state, clock, timedelta(days=3)), await open_state()
    early = await _claimed(ahead, "C1|1.0")
    heir = await right.claim("C1|1.0", "p2")
    assert heir is not None
    assert await right.posting(heir)
    assert not await ahead.posting(early)


@pytest.mark.parametrize("seed", range(3))
async def test_with_clocks_minutes_apart_and_owners_dying_no_message_is_posted_twice(
    open_state: OpenState, clock: Clock, seed: int
) -> None:
    chance = random.Random(seed)
    stores = [await _skewed(open_state, clock, timedelta(seconds=chance.uniform(-300, 300))) for _ in range(3)]
    posted: dict[str, int] = {}
    held: list[tuple[State, Claim]] = []
    for _ in range(120):
        clock.forward(seconds=chance.uniform(0, 20))
        store = chance.choice(stores)
        claim = await store.claim(f"C1|{chance.randrange(6)}", "p")
        if claim is not None:
            held.append((store, claim))
        if held and chance.random() < 0.5:
            owner, mine = held.pop(chance.randrange(len(held)))
            if await owner.posting(mine):
                posted[mine.key] = posted.get(mine.key, 0) + 1
                if chance.random() < 0.7:
                    await owner.done(mine)
    assert posted
    assert set(posted.values()) == {1}


async def test_claims_are_forgotten_after_two_days(state: State, clock: Clock) -> None:
    await _answer(state, "C1|1.0")
    clock.forward(hours=47)
    await state.expire()
    assert await state.claim("C1|1.0", "p2") is None
    clock.forward(hours=2)
    await state.expire()
    assert await state.claim("C1|1.0", "p2") is not None


async def _claimed(state: State, key: str) -> Claim:
    claim = await state.claim(key, "p1")
    assert claim is not None
    return claim


async def _answer(state: State, key: str) -> None:
    claim = await _claimed(state, key)
    assert await state.posting(claim)
    await state.done(claim)


async def _skewed(open_state: OpenState, clock: Clock, skew: timedelta) -> State:
    def skewed_now() -> datetime:
        return clock() + skew

    return await open_state(now=skewed_now)
