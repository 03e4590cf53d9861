"""Uninstalling deletes everything of a workspace, whatever arrives at the same time or later."""

import asyncio
import random
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.state import Installed, NotAllowed, SettingsChange, State
from bot.state.database import Database
from bot.state.tables import metadata, owned, workspaces
from tests.state.conftest import Clock, OpenState


async def test_everything_of_the_workspace_is_gone_and_nothing_of_others(state: State, url: str) -> None:
    await _install_and_use(state, "T1")
    await _install_and_use(state, "T2")
    assert await _rows(url, "T1") == {table.name: 1 for table in owned}
    await state.forget_workspace("T1")
    assert await _rows(url, "T1") == {table.name: 0 for table in owned}
    assert await _rows(url, "T2") == {table.name: 1 for table in owned}


def test_no_table_that_knows_a_workspace_is_left_out() -> None:
    knowing = {table for table in metadata.sorted_tables if "workspace" in table.columns}
    assert knowing == {*owned, workspaces}


async def test_both_events_may_come_in_any_order_and_as_often_as_slack_likes(state: State, url: str) -> None:
    await _install_and_use(state, "T1")
    for _ in range(3):
        assert await state.forget_workspace("T1")
    assert await state.forget_workspace("T-never-heard-of")
    assert await state.installation("T1") is None
    assert not any((await _rows(url, "T1")).values())


async def test_what_is_saved_after_the_uninstall_is_not_stored_until_it_is_installed_again(
    state: State, url: str
) -> None:
    await _install_and_use(state, "T1")
    await state.forget_workspace("T1")
    await _use(state, "T1")
    with pytest.raises(NotAllowed):
        await state.change_settings("T1", None, SettingsChange(visibility="asker"), "U1", "T1")
    assert not any((await _rows(url, "T1")).values())
    await _install_and_use(state, "T1")
    assert await state.thread("C1", "1.0", workspace="T1") == "{}"


async def test_an_app_that_serves_one_workspace_by_its_token_lifts_the_tombstone_at_start(state: State) -> None:
    await state.forget_workspace("T1")
    await state.installed("T1")
    await _use(state, "T1")
    assert await state.thread("C1", "1.0", workspace="T1") == "{}"


async def test_saves_between_the_two_events_from_other_processes_leave_nothing(open_state: OpenState, url: str) -> None:
    chance = random.Random(5)
    stores = [await open_state() for _ in range(3)]
    for _ in range(4):
        await _install_and_use(stores[0], "T1")
        work = [_use(store, "T1") for store in stores for _ in range(3)]
        work += [_forget(store, "T1") for store in stores[:2]]
        chance.shuffle(work)
        await asyncio.gather(*work)
        assert not any((await _rows(url, "T1")).values())


async def test_an_uninstall_event_that_arrives_after_a_new_installation_does_not_touch_it(
    state: State, clock: Clock
) -> None:
    await _install_and_use(state, "T1")
    clock.forward(minutes=1)
    uninstalled_at = clock()
    assert await state.forget_workspace("T1", uninstalled_at=uninstalled_at)
    clock.forward(minutes=2)
    await _install_and_use(state, "T1")
    assert not await state.forget_workspace("T1", uninstalled_at=uninstalled_at)
    assert await state.installation("T1") is not None
    assert await state.forget_workspace("T1", uninstalled_at=clock() + timedelta(seconds=1))
    assert await state.installation("T1") is None


async def test_where_the_clocks_of_slack_and_ours_disagree_a_little_an_uninstall_still_counts(
    state: State, clock: Clock
) -> None:
    await _install_and_use(state, "T1")
    assert await state.forget_workspace("T1", uninstalled_at=clock() - timedelta(seconds=59))
    assert await state.installation("T1") is None


async def test_a_tombstone_itself_is_forgotten_after_ninety_days(state: State, url: str, clock: Clock) -> None:
    await state.forget_workspace("T1")
    clock.forward(days=91)
    await state.expire()
    database = Database(url)
    async with database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(workspaces))).scalar_one() == 0
    await database.close()


async def _install_and_use(state: State, workspace: str) -> None:
    await state.save_installation(Installed(workspace, f"UB{workspace}", {}, {"bot_token": "xoxb-1"}))
    await state.change_settings(workspace, None, SettingsChange(private_note="ours"), "U1", workspace)
    await _use(state, workspace)


async def _use(state: State, workspace: str) -> None:
    await state.save_thread(workspace, "C1", "1.0", "U1", "{}")
    await state.save_last(workspace, "C1", "U1", "{}")
    await state.save_scenario(workspace, f"key-{workspace}", "{}", 0)
    await state.save_recent(workspace, "C1", True, "U1", "A or B", "A B")
    await state.count_feedback(workspace, "compare", True)


async def _forget(state: State, workspace: str) -> None:
    await state.forget_workspace(workspace)


async def _rows(url: str, workspace: str) -> dict[str, int]:
    database = Database(url)
    async with database.reading() as connection:
        counts = {
            table.name: (
                await connection.execute(select(func.count()).select_from(table).where(table.c.workspace == workspace))
            ).scalar_one()
            for table in owned
        }
    await database.close()
    return counts
