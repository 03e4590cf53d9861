"""Installations in Slack's words: found, replaced, deleted, and their tokens readable with a key only."""

import logging
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Installation

from bot.slack.installations import Installations
from bot.state import BadKey, State
from tests.state.conftest import OpenState

TOKENS = {
    "bot_token": "xoxe.xoxb-1-SECRET",
    "bot_refresh_token": "xoxe-1-SECRET",
    "incoming_webhook_url": "https://hooks.slack.com/services/T1/B1/SECRET",
}


async def test_an_installation_comes_back_as_it_was_saved(state: State) -> None:
    store = Installations(state)
    saved = _installation(bot_token_expires_at=1_800_000_000, bot_scopes="chat:write,commands")
    saved.set_custom_value("note", "ünïcode")
    await store.async_save(saved)
    found = await store.async_find_installation(enterprise_id=None, team_id="T1")
    assert found is not None
    assert vars(found) == vars(saved)
    bot = await store.async_find_bot(enterprise_id=None, team_id="T1")
    assert bot is not None
    assert vars(bot) == vars(saved.to_bot())


async def test_a_workspace_of_an_organisation_and_the_organisation_itself_are_two_things(state: State) -> None:
    store = Installations(state)
    await store.async_save(_installation(enterprise_id="E1", team_id="T1", bot_token="xoxb-team"))
    await store.async_save(
        _installation(enterprise_id="E1", team_id=None, is_enterprise_install=True, bot_token="xoxb-org")
    )
    team = await store.async_find_bot(enterprise_id="E1", team_id="T1", is_enterprise_install=False)
    org = await store.async_find_bot(enterprise_id="E1", team_id="T7", is_enterprise_install=True)
    assert (team and team.bot_token, org and org.bot_token) == ("xoxb-team", "xoxb-org")
    assert await store.async_find_bot(enterprise_id="E1", team_id="T7", is_enterprise_install=False) is None
    await store.async_delete_all(enterprise_id="E1", team_id=None)
    assert await store.async_find_bot(enterprise_id="E1", team_id="T7", is_enterprise_install=True) is None
    assert await store.async_find_bot(enterprise_id="E1", team_id="T1") is not None


async def test_what_was_never_installed_or_is_uninstalled_is_none(state: State) -> None:
    store = Installations(state)
    await store.async_save(_installation())
    assert await store.async_find_bot(enterprise_id=None, team_id="T2") is None
    assert await store.async_find_bot(enterprise_id=None, team_id=None) is None
    await store.async_delete_all(enterprise_id=None, team_id="T1")
    await store.async_delete_bot(enterprise_id=None, team_id="T1")
    await store.async_delete_installation(enterprise_id=None, team_id="T1")
    assert await store.async_find_bot(enterprise_id=None, team_id="T1") is None
    assert await store.async_find_installation(enterprise_id=None, team_id="T1", user_id="U1") is None


async def test_one_user_leaving_deletes_nothing_and_a_user_who_did_not_install_has_no_installation(
    state: State,
) -> None:
    store = Installations(state)
    await store.async_save(_installation())
    await store.async_delete_installation(enterprise_id=None, team_id="T1", user_id="U9")
    assert await store.async_find_installation(enterprise_id=None, team_id="T1", user_id="U1") is not None
    assert await store.async_find_installation(enterprise_id=None, team_id="T1", user_id="U9") is None


async def test_a_mentioned_bot_is_found_by_its_user_id(state: State) -> None:
    store = Installations(state)
    await store.async_save(_installation())
    await store.async_save(_installation(team_id="T2", bot_user_id="UB2"))
    found = await store.async_find_by_bot_user("UB2")
    assert found is not None
    assert found.team_id == "T2"
    assert await store.async_find_by_bot_user("U-somebody") is None


async def test_no_token_is_in_the_file_in_a_repr_or_in_the_log(
    tmp_path: Path, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    state = await State.open(f"sqlite:///{tmp_path / 'state.sqlite'}", keys=[key])
    await Installations(state).async_save(_installation())
    shown = f"{state!r} {await state.installation('T1')!r} {vars(state)!r} {caplog.text}"
    await state.close()
    stored = _bytes_in(tmp_path)
    assert b"UB1" in stored
    assert b"SECRET" not in stored
    assert "SECRET" not in shown
    assert key not in shown


async def test_a_new_key_reads_on_and_the_old_one_is_then_no_longer_needed(open_state: OpenState, key: str) -> None:
    await Installations(await open_state()).async_save(_installation())
    newer = Fernet.generate_key().decode()
    both = await open_state(keys=[newer, key])
    assert await _token(both) == TOKENS["bot_token"]
    assert await _token(await open_state(keys=[newer])) == TOKENS["bot_token"]


async def test_a_wrong_key_stops_the_start_with_one_line_that_names_the_workspace(open_state: OpenState) -> None:
    await Installations(await open_state()).async_save(_installation())
    wrong = Fernet.generate_key().decode()
    with pytest.raises(BadKey, match=r"^No key in COMPAREBOT_ENCRYPTION_KEY opens the tokens of workspace T1\.$"):
        await open_state(keys=[wrong])


async def test_a_malformed_key_is_named_by_its_place_and_never_shown(open_state: OpenState, key: str) -> None:
    with pytest.raises(BadKey, match="key 2 is not a Fernet key") as refused:
        await open_state(keys=[key, "hunter2"])
    assert "hunter2" not in str(refused.value)


async def test_without_a_key_no_installation_is_stored(open_state: OpenState) -> None:
    store = Installations(await open_state(keys=[]))
    with pytest.raises(BadKey, match="need an encryption key"):
        await store.async_save(_installation())
    assert await store.async_find_bot(enterprise_id=None, team_id="T1") is None


async def _token(state: State) -> str | None:
    found = await Installations(state).async_find_bot(enterprise_id=None, team_id="T1")
    return found.bot_token if found else None


def _installation(**changed: Any) -> Installation:
    fields: dict[str, Any] = {
        "app_id": "A1",
        "team_id": "T1",
        "team_name": "Team <One>",
        "user_id": "U1",
        "bot_id": "B1",
        "bot_user_id": "UB1",
        **TOKENS,
        **changed,
    }
    return Installation(**fields)


def _bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())
