"""Settings: the channel's over the workspace's over the defaults; who may change them; what a foreigner sees."""

import asyncio
from decimal import Decimal

import pytest
from pydantic import ValidationError

from bot.state import NotAllowed, SettingsChange, State, WorkspaceSettings, settings_for_actor
from tests.state.conftest import Clock, OpenState


async def test_without_any_change_the_defaults_hold(state: State) -> None:
    assert await state.settings("T1", "C1") == WorkspaceSettings()


async def test_a_channels_own_setting_wins_over_the_workspaces_which_wins_over_the_default(state: State) -> None:
    await _change(state, None, visibility="asker", input_share=Decimal("0.8"))
    await _change(state, "C1", visibility="channel")
    there = await state.settings("T1", "C1")
    assert (there.visibility, there.input_share) == ("channel", Decimal("0.8"))
    assert (await state.settings("T1", "C2")).visibility == "asker"
    assert await state.settings("T2", "C1") == WorkspaceSettings()


async def test_a_change_touches_only_what_it_names_and_none_takes_it_back(state: State) -> None:
    await _change(state, None, volumes=(5_000_000,), favourites=("openai/gpt-5.4",))
    changed = await _change(state, None, favourites=None)
    assert (changed.volumes, changed.favourites) == ((5_000_000,), ())


async def test_two_changes_at_once_both_hold(open_state: OpenState) -> None:
    first, second = await open_state(), await open_state()
    await asyncio.gather(
        _change(first, None, visibility="asker"),
        _change(second, None, input_share=Decimal("0.9")),
        _change(first, None, favourites=("openai/o3",)),
    )
    changed = await first.settings("T1")
    assert (changed.visibility, changed.input_share, changed.favourites) == ("asker", Decimal("0.9"), ("openai/o3",))
    assert len(await first.audit("T1")) == 3


async def test_somebody_of_another_workspace_changes_nothing_and_leaves_no_trace(state: State) -> None:
    with pytest.raises(NotAllowed, match="Only members of the workspace"):
        await state.change_settings("T1", None, SettingsChange(visibility="asker"), "U9", "T2")
    assert await state.settings("T1") == WorkspaceSettings()
    assert await state.audit("T1") == []


async def test_once_editors_are_named_nobody_else_changes_settings(state: State) -> None:
    await _change(state, None, editors=("U1", "U2"))
    with pytest.raises(NotAllowed, match="named as editors"):
        await _change(state, "C1", user="U3", visibility="asker")
    await _change(state, "C1", user="U2", visibility="asker")
    await _change(state, None, user="U2", editors=None)
    await _change(state, None, user="U3", visibility="asker")


async def test_nobody_locks_themselves_out_or_names_editors_for_one_channel(state: State) -> None:
    with pytest.raises(NotAllowed, match="lock yourself out"):
        await _change(state, None, editors=("U2",))
    with pytest.raises(NotAllowed, match="whole workspace"):
        await _change(state, "C1", editors=("U1",))


async def test_every_change_is_recorded_with_who_when_where_before_and_after(state: State, clock: Clock) -> None:
    await _change(state, None, visibility="asker")
    clock.forward(hours=1)
    await _change(state, "C1", user="U2", visibility="channel")
    first, second = await state.audit("T1")
    assert (first.user, first.channel, first.before.visibility, first.after.visibility) == ("U1", None, None, "asker")
    assert (second.user, second.channel, second.after.visibility) == ("U2", "C1", "channel")
    assert (second.at - first.at).total_seconds() == 3600
    assert await state.audit("T2") == []


def test_a_foreign_or_unknown_actor_sees_no_private_part_of_the_settings() -> None:
    own = WorkspaceSettings(visibility="asker", private_note="we pay $1.23", editors=("U1",))
    assert settings_for_actor(own, "T1", "T1") == own
    for stranger in ("T2", None, ""):
        seen = settings_for_actor(own, "T1", stranger)
        assert seen == WorkspaceSettings(visibility="asker")
        assert "1.23" not in repr(seen)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"input_share": "1.1"},
        {"volumes": ()},
        {"volumes": (0,)},
        {"volumes": (10**15 + 1,)},
        {"visibility": "everyone"},
        {"private_note": "nul \x00"},
        {"unknown": 1},
    ],
)
def test_a_setting_out_of_bounds_is_refused(nonsense: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SettingsChange.model_validate(nonsense)


async def _change(state: State, channel: str | None, user: str = "U1", **change: object) -> WorkspaceSettings:
    return await state.change_settings("T1", channel, SettingsChange.model_validate(change), user, "T1")
