"""The doctor says in one line each what is well and what is not, and never shows a secret."""

import asyncio

import pytest

from bot.catalog_file import CatalogFile
from bot.doctor import run_doctor
from tests.slack.standin import StandIn
from tests.slack.test_settings import ONE, TOKEN, set_all


@pytest.fixture
def healthy(monkeypatch: pytest.MonkeyPatch, catalog: CatalogFile, state_url: str, no_settings: None) -> None:
    """Settings for one workspace, a catalog and a state."""
    set_all(monkeypatch, ONE | {"COMPAREBOT_CATALOG": str(catalog.path), "COMPAREBOT_STATE_URL": state_url})


@pytest.mark.usefixtures("healthy")
def test_a_healthy_bot_gets_three_good_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_doctor() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0].split() for line in lines] == [
        ["ok", "configuration"], ["ok", "catalog"], ["ok", "state", "store"],
    ]  # fmt: skip
    assert "one workspace" in lines[0]


@pytest.mark.usefixtures("healthy")
def test_everything_that_is_wrong_is_said_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SLACK_SIGNING_SECRET")
    monkeypatch.setenv("COMPAREBOT_CATALOG", "/dev/null/catalog.sqlite")
    monkeypatch.setenv("COMPAREBOT_STATE_URL", "postgresql://bot:password@127.0.0.1:9/state")
    assert run_doctor() == 1
    output = capsys.readouterr().out
    assert [line.split()[0] for line in output.splitlines()] == ["FAIL"] * 3
    assert "SLACK_SIGNING_SECRET" in output and "password" not in output


@pytest.mark.usefixtures("no_settings")
def test_a_malformed_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxp-secret")
    assert run_doctor() == 1
    [line] = capsys.readouterr().out.splitlines()
    assert "SLACK_BOT_TOKEN" in line and "xoxp-secret" not in line


@pytest.mark.usefixtures("healthy")
async def test_live_it_asks_slack_who_we_are_and_whether_our_blocks_are_good(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], standin: StandIn
) -> None:
    monkeypatch.setenv("SLACK_API_URL", f"{standin.url}/api/")
    monkeypatch.setenv("SLACK_BOT_TOKEN", standin.install("T1").token)
    assert await asyncio.to_thread(run_doctor, live=True) == 0
    assert "comparebot in T1" in capsys.readouterr().out
    assert standin.bodies("blocks.validate") != []

    monkeypatch.setenv("SLACK_BOT_TOKEN", TOKEN)
    assert await asyncio.to_thread(run_doctor, live=True) == 1
    output = capsys.readouterr().out
    assert "invalid_auth" in output and TOKEN not in output
