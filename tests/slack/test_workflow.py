"""The workflow step, over real signed HTTP."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import STEP
from bot.state import SettingsChange
from tests.slack.client import Json
from tests.slack.conftest import Office
from tests.slack.standin import Fault

JUST_IN_TIME = "xwfp-just-in-time"


async def run_step(office: Office, **inputs: str) -> tuple[str, Json]:
    """Let a workflow run the step; return the method that finished it, and with what."""
    office.standin.installations[JUST_IN_TIME] = office.bot
    event: dict[str, Any] = {
        "type": "function_executed",
        "function": {"id": "Fn1", "callback_id": STEP, "title": "Compare models", "type": "app", "app_id": "A1"},
        "inputs": inputs,
        "function_execution_id": "Fx1",
        "workflow_execution_id": "Wx1",
        "bot_access_token": JUST_IN_TIME,
        "event_ts": "1764000000.000001",
    }
    assert (await office.slack.event(event, office.bot)).status == 200
    await office.settle()
    *_, (method, body) = [call for call in office.standin.calls if call[0].startswith("functions.complete")]
    assert body["function_execution_id"] == "Fx1"
    return method, body


async def test_the_step_puts_out_verdict_winner_and_costs(office: Office) -> None:
    method, body = await run_step(office, models="gpt-4.1-mini, gpt-5.4", usage="100M tokens a month")
    assert method == "functions.completeSuccess"
    assert body["outputs"]["winner"] == "GPT-4.1 Mini"
    assert body["outputs"]["verdict"].startswith("Take GPT-4.1 Mini")
    assert body["outputs"]["costs"] == (
        "GPT-4.1 Mini: $100 a month at 100M tokens\nGPT-5.4: $875 a month at 100M tokens"
    )


@pytest.mark.parametrize(
    "usage",
    [
        "on standard",
        "priority",
        "80% cached",
        "about 100M tokens a month for our chatbot v2",
        "10k requests a day, 2k in / 500 out, half cached",
        "3:1",
        "100M",
    ],
)
async def test_every_usual_usage_is_read(office: Office, usage: str) -> None:
    method, body = await run_step(office, models="gpt-4.1-mini, gpt-5.4", usage=usage)
    assert method == "functions.completeSuccess", body


async def test_without_a_usage_the_workspaces_defaults_hold(office: Office) -> None:
    change = SettingsChange(volumes=(2_000_000,), input_share=Decimal("0.8"))
    await office.edge.state.change_settings("T1", None, change, "U1", "T1")
    _, body = await run_step(office, models="gpt-4.1-mini, gpt-5.4")
    assert [line.rpartition(" at ")[2] for line in body["outputs"]["costs"].splitlines()] == ["2M tokens"] * 2


@pytest.mark.parametrize(
    ("models", "usage", "said"),
    [
        ("gpt-5.4", "", "Name two to six models"),
        ("", "", "Name two to six models"),
        ("claude, gpt-5.4", "", "“claude” can be several"),
        ("claude, gemini", "", "“claude” and “gemini” can each be several"),
        ("zzblorp-9, gemini", "", "“zzblorp-9”"),
        ("zzblorp-9, gemini", "", "“gemini” can be several"),
        ("gpt-4.1-mini, gpt-5.4", "1 gazillion", "“1 gazillion” is no usage that I can read"),
        ("gpt-4.1-mini, gpt-5.4", "1 gazillion tokens, 80% input", "is no usage that I can read"),
        ("gpt-4.1-mini, gpt-5.4", "a lot", "“a lot” is no usage that I can read"),
        ("gpt-4.1-mini, gpt-5.4", "-5M tokens", "-5M tokens"),
        ("gpt-4.1-mini, zzblorp-9", "", "zzblorp-9"),
    ],
)
async def test_what_cannot_be_compared_fails_with_a_sentence(
    office: Office, models: str, usage: str, said: str
) -> None:
    method, body = await run_step(office, models=models, usage=usage)
    assert method == "functions.completeError" and said in body["error"]


async def test_without_storage_the_step_fails_with_a_sentence(office: Office, tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_bytes(b"this is no database" * 1000)
    method, body = await run_step(office, models="gpt-4.1-mini, gpt-5.4")
    assert method == "functions.completeError" and "storage" in body["error"]


@pytest.mark.parametrize(
    ("fault", "tries"),
    [(Fault(error="ratelimited", status=429, retry_after=0), 2), (Fault(error="function_execution_not_found"), 1)],
)
async def test_where_slack_limits_the_step_tells_its_outcome_once_more(
    office: Office, fault: Fault, tries: int
) -> None:
    office.standin.fail("functions.completeSuccess", fault)
    await run_step(office, models="gpt-4.1-mini, gpt-5.4")
    assert len(office.standin.bodies("functions.completeSuccess")) == tries
