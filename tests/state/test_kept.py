"""What is kept of conversations: for whom, how long, and what Home may show."""

from datetime import UTC, timedelta

from bot.state import State
from tests.state.conftest import Clock

HOUR = timedelta(hours=1)


async def test_a_thread_is_found_where_it_was_saved_and_the_newest_counts(state: State) -> None:
    await state.save_thread("T1", "C1", "1.0", "U1", '{"turn": 1}')
    await state.save_thread("T1", "C1", "1.0", "U2", '{"turn": 2}')
    assert await state.thread("C1", "1.0") == '{"turn": 2}'
    assert await state.thread("C1", "2.0") is None
    assert await state.thread("C2", "1.0") is None


async def test_in_a_shared_channel_each_installation_remembers_only_its_own_thread(state: State) -> None:
    await state.save_thread("T1", "C1", "1.0", "U1", '{"of": "T1"}')
    assert await state.thread("C1", "1.0", workspace="T2") is None
    await state.save_thread("T2", "C1", "1.0", "U2", '{"of": "T2"}')
    assert await state.thread("C1", "1.0", workspace="T1") == '{"of": "T1"}'


async def test_the_last_comparison_is_the_askers_own_in_that_channel_for_an_hour(state: State, clock: Clock) -> None:
    await state.save_last("T1", "C1", "U1", '{"n": 1}')
    clock.forward(minutes=60)
    assert await state.last_comparison("C1", "U1", HOUR) == '{"n": 1}'
    assert await state.last_comparison("C1", "U2", HOUR) is None
    assert await state.last_comparison("C2", "U1", HOUR) is None
    assert await state.last_comparison("C1", "U1", HOUR, workspace="T2") is None
    clock.forward(seconds=1)
    assert await state.last_comparison("C1", "U1", HOUR) is None


async def test_threads_comparisons_and_home_are_forgotten_after_ninety_days(state: State, clock: Clock) -> None:
    await state.save_thread("T1", "C1", "1.0", "U1", "{}")
    await state.save_last("T1", "C1", "U1", "{}")
    await state.save_recent("T1", "C1", True, "U1", "A or B", "A B")
    clock.forward(days=89)
    await state.expire()
    assert await state.thread("C1", "1.0") == "{}"
    clock.forward(days=2)
    await state.expire()
    assert await state.thread("C1", "1.0") is None
    assert await state.last_comparison("C1", "U1", timedelta(days=365)) is None
    assert await state.recent("T1", "U1") == []


async def test_home_shows_the_viewers_own_comparisons_and_those_of_public_channels(state: State) -> None:
    await state.save_recent("T1", "D1", False, "U1", "mine, private", "a b")
    await state.save_recent("T1", "D2", False, "U2", "theirs, private", "c d")
    await state.save_recent("T1", "C1", True, "U2", "theirs, public", "e f")
    await state.save_recent("T2", "C1", True, "U3", "another workspace's", "g h")
    assert [each.title for each in await state.recent("T1", "U1")] == ["theirs, public", "mine, private"]


async def test_home_lists_the_newest_first_and_a_repeated_question_once(state: State, clock: Clock) -> None:
    for query in ("a b", "c d", "a b", "e f"):
        await state.save_recent("T1", "C1", True, "U1", query.upper(), query)
        clock.forward(minutes=1)
    found = await state.recent("T1", "U1", limit=2)
    assert [each.query for each in found] == ["e f", "a b"]
    assert found[0].at.tzinfo is UTC


async def test_home_has_a_message_once_as_it_is_now_where_and_whose_it_was(state: State) -> None:
    await state.save_recent("T1", "C1", True, "U1", "A or B", "a b", message="m1")
    await state.save_recent("T1", "C1", True, "U1", "C or D", "c d", message="m2")
    await state.save_recent("T2", "C1", True, "U1", "another workspace's", "a b", message="m1")
    await state.save_recent("T1", "D9", False, "U9", "A or B at 5M", "a b 5m", message="m1")
    assert [(each.title, each.user, each.channel) for each in await state.recent("T1", "U2")] == [
        ("A or B at 5M", "U1", "C1"),
        ("C or D", "U1", "C1"),
    ]


async def test_text_that_no_database_takes_does_no_harm(state: State) -> None:
    await state.save_recent("T1", "C1", True, "U1", "half \ud83d of a pair", "nul \x00 and 🙂")
    [found] = await state.recent("T1", "U1")
    assert (found.title, found.query) == ("half ? of a pair", "nul  and 🙂")


async def test_feedback_is_counted_per_workspace_and_kind(state: State) -> None:
    for positive in (True, True, False):
        await state.count_feedback("T1", "compare", positive)
    await state.count_feedback("T1", "cost", False)
    await state.count_feedback("T2", "compare", True)
    assert await state.feedback("T1") == {"compare": (2, 1), "cost": (0, 1)}
    assert await state.feedback("T3") == {}


async def test_of_two_who_change_a_scenario_at_once_one_is_told_to_read_it_again(state: State) -> None:
    assert await state.scenario("key") is None
    assert await state.save_scenario("T1", "key", '{"n": 1}', 0)
    kept = await state.scenario("key")
    assert kept is not None and (kept.workspace, kept.scenario) == ("T1", '{"n": 1}')
    saved = [await state.save_scenario("T1", "key", f'{{"n": {n}}}', kept.version) for n in (2, 3)]
    assert saved == [True, False]
    assert not await state.save_scenario("T1", "key", "{}", 0)
    newest = await state.scenario("key")
    assert newest is not None and (newest.scenario, newest.version) == ('{"n": 2}', kept.version + 1)
