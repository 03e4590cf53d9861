"""Both shortcuts, over real signed HTTP."""

import pytest

from bot.manifest import COMPARE_SHORTCUT, ESTIMATE
from bot.slack.desk import CONVERSATION
from bot.state import SettingsChange
from bot.tokens import as_people_see, count_tokens, is_exact_for
from tests.slack.clicking import click, controls
from tests.slack.conftest import Office
from tests.slack.places import use_global_shortcut, use_message_shortcut
from tests.slack.standin import Fault, Posted

PROMPT = "Summarize the attached report in three sentences &amp; name its <https://example.com|sources>."
TOKENS = 14


async def estimated(office: Office, text: str = PROMPT, team: str = "T1") -> Posted:
    """Use the message shortcut on a message and return the answer."""
    channel = office.standin.channel("C1", office.bot)
    assert (await use_message_shortcut(office.slack, ESTIMATE, channel, {"text": text}, team=team)).status == 200
    await office.settle()
    [answer] = office.standin.seen_in(channel)
    assert not office.standin.rejected
    return answer


async def test_what_a_message_costs_is_told_to_its_asker_alone_with_count_encoding_and_sources(office: Office) -> None:
    answer = await estimated(office)
    shown = str(answer.blocks)
    assert answer.only_for == "U1"
    assert count_tokens(as_people_see(PROMPT)) == TOKENS
    for part in (
        f"per request of {TOKENS} tokens in",
        f"has {TOKENS} tokens, counted here as `o200k_base` by `splintr-rs",
        "exact for GPT-5.4, an estimate for Claude Sonnet 5 and Gemini 3.8 Flash",
        "input alone",
        "genai-prices",
    ):
        assert part in shown
    assert answer.text.startswith("GPT-5.4 costs $") and "o200k_base" in answer.text


async def test_the_count_stays_with_the_answer_through_changes_back_and_share(office: Office) -> None:
    answer = await estimated(office)
    counted = f"has {TOKENS} tokens, counted here as `o200k_base`"
    assert "split" not in controls(answer)  # it would make a part of the message output
    changes = (("add", "openai/o3", "exact for GPT-5.4 and o3"), ("tier", "Batch", "batch"), ("volume", "100M", "100M"))
    for action, chosen, shown in changes:
        await click(office, answer, action, chosen)
        await office.settle()
        assert counted in answer.text and counted in str(answer.blocks) and shown in str(answer.blocks)
        assert "split" not in controls(answer)
    for _ in changes:
        await click(office, answer, "back")
        await office.settle()
        assert counted in answer.text and counted in str(answer.blocks)
    assert "o3" not in str(answer.blocks[:3])
    await click(office, answer, "share")
    await office.settle()
    shared = office.standin.seen_in("C1")[-1]
    assert shared.only_for is None and counted in shared.text and counted in str(shared.blocks)
    await click(office, shared, "add", "openai/o3", user="U2")
    await office.settle()
    assert counted in shared.text and "GPT-5.4 and o3" in str(shared.blocks) and not office.standin.rejected


async def test_a_workspaces_favourites_are_priced_instead(office: Office) -> None:
    favourites = ("anthropic/claude-haiku-4-5", "xai/gone", "google/gemini-3.8-flash")
    await office.edge.state.change_settings("T1", None, SettingsChange(favourites=favourites), "U1", "T1")
    answer = await estimated(office)
    assert answer.text.startswith("Claude Haiku 4.5 costs $")
    assert "an estimate for these models" in answer.text and "GPT-5.4" not in answer.text


async def test_somebody_of_another_organisation_is_not_told_the_favourites(office: Office) -> None:
    favourites = ("anthropic/claude-haiku-4-5", "google/gemini-3.8-flash")
    await office.edge.state.change_settings("T1", None, SettingsChange(favourites=favourites), "U1", "T1")
    assert "Haiku" not in str((await estimated(office, team="T2")).blocks)


async def test_a_message_without_text_is_said_to_have_none(office: Office) -> None:
    answer = await estimated(office, "")
    assert (answer.only_for, answer.text, answer.blocks) == ("U1", "This message has no text that I could count.", [])


async def test_the_shortcut_used_twice_by_one_press_is_answered_once(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    for _ in range(2):
        await use_message_shortcut(
            office.slack, ESTIMATE, channel, {"text": PROMPT}, more={"trigger_id": "trigger.same"}
        )
    await office.settle()
    assert len(office.standin.seen_in(channel)) == 1


async def test_nothing_of_the_message_is_kept(office: Office) -> None:
    await estimated(office, "our secret plan is called bluebird")
    kept = await office.edge.state.last_comparison("C1", "U1", within=CONVERSATION, workspace="T1")
    assert kept is not None and "bluebird" not in kept
    assert "bluebird" not in str(await office.edge.state.recent("T1", "U1"))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("hello world", 2), ("", 0), ("<|endoftext|>", 7), ("naïve 😀 日本語", 6), ("a\ud800", 2), ("a" * 40_000, 5_000)],
)
def test_tokens_are_counted_as_plain_text(text: str, tokens: int) -> None:
    assert count_tokens(text) == tokens


@pytest.mark.parametrize(
    ("model", "exact"),
    [
        ("openai/gpt-5.4", True),
        ("openai/gpt-4.1-mini", True),
        ("openai/o3-mini", True),
        ("openai/gpt-4", False),
        ("openai/gpt-6-luna", False),
        ("anthropic/claude-sonnet-5", False),
    ],
)
def test_a_count_is_exact_only_where_the_encoding_is_known(model: str, exact: bool) -> None:
    assert is_exact_for(model) == exact


async def test_the_global_shortcut_opens_the_compare_modal(office: Office) -> None:
    assert (await use_global_shortcut(office.slack, COMPARE_SHORTCUT)).status == 200
    await office.settle()
    [body] = office.standin.bodies("views.open")
    assert body["view"]["callback_id"] == "compare" and not office.standin.rejected


async def test_an_expired_trigger_of_the_global_shortcut_harms_nothing(office: Office) -> None:
    office.standin.fail("views.open", Fault(error="expired_trigger_id"))
    assert (await use_global_shortcut(office.slack, COMPARE_SHORTCUT)).status == 200
    await office.settle()


async def test_slack_need_not_name_the_team_of_somebody_who_uses_a_shortcut(office: Office) -> None:
    favourites = ("anthropic/claude-haiku-4-5", "google/gemini-3.8-flash")
    await office.edge.state.change_settings("T1", None, SettingsChange(favourites=favourites), "U1", "T1")
    channel = office.standin.channel("C1", office.bot)
    nameless = {"user": {"id": "U1", "name": "u1"}}
    await use_message_shortcut(office.slack, ESTIMATE, channel, {"text": PROMPT}, more=nameless)
    await office.settle()
    assert "Haiku" in office.standin.seen_in(channel)[0].text
