"""What people say to the bot in Slack, and what they get: over real signed HTTP, to the last block."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.message.command import renamed
from bot.message.limits import texts
from bot.state import SettingsChange
from tests.slack.clicking import click, labelled, labels
from tests.slack.conftest import Office, Open
from tests.slack.standin import Posted, StandIn

COMPARISON = "gpt-4.1-mini gpt-5.4"
FOLLOW_UP = "which is cheaper at 100M tokens?"


def answers_the_follow_up(posted: Posted) -> bool:
    """Whether this is the reference answer: $100 against $875."""
    return "$100" in posted.text and "$875" in posted.text


async def test_a_comparison_is_shown_to_everybody_and_goes_on_in_its_thread(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    answer = await office.slack.command(COMPARISON, channel)
    await office.settle()
    [first] = office.standin.seen_in(channel)
    assert (answer.status, answer.json) == (200, {"response_type": "in_channel"})
    assert first.only_for is None and first.thread_ts is None

    await office.slack.mention(FOLLOW_UP, channel, office.bot, thread_ts=first.ts)
    await office.settle()
    second = office.standin.seen_in(channel)[-1]
    assert answers_the_follow_up(second)
    assert second.thread_ts == first.ts and second.only_for is None
    assert office.standin.rejected == []


async def test_without_a_thread_a_question_takes_up_the_askers_last_comparison(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    await office.slack.command(COMPARISON, channel)
    await office.settle()
    await office.slack.command(FOLLOW_UP, channel)
    await office.settle()
    ts = await office.slack.mention(FOLLOW_UP, channel, office.bot)
    await office.settle()
    _, by_command, by_mention = office.standin.seen_in(channel)
    assert answers_the_follow_up(by_command) and answers_the_follow_up(by_mention)
    assert by_mention.thread_ts == ts


async def test_a_question_that_was_not_understood_leaves_the_last_comparison_in_place(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    for text in (COMPARISON, "gpt-9 ultra vs foobar", FOLLOW_UP):
        await office.slack.command(text, channel)
        await office.settle()
    assert answers_the_follow_up(office.standin.seen_in(channel)[-1])


async def test_a_comparison_with_one_name_unknown_is_gone_on_with(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    for text in ("gpt-5 vs o3", f"{COMPARISON} and gpt-9 ultra", FOLLOW_UP):
        await office.slack.command(text, channel)
        await office.settle()
    _, partly, followed = office.standin.seen_in(channel)
    assert partly.only_for == "U1" and "gpt-9 ultra" in partly.text
    assert answers_the_follow_up(followed)


async def test_nobody_takes_up_the_comparison_of_somebody_else(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    await office.slack.command(COMPARISON, channel, user="U1")
    await office.settle()
    await office.slack.command(FOLLOW_UP, channel, user="U2")
    await office.settle()
    reply = office.standin.seen_in(channel)[-1]
    assert reply.only_for == "U2" and "$875" not in reply.text


async def test_a_last_comparison_is_forgotten_after_an_hour(open_office: Open) -> None:
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    async with open_office(now=lambda: moment) as office:
        channel = office.standin.channel("D1", office.bot)
        await office.slack.direct("compare " + COMPARISON, channel, office.bot)
        await office.settle()
        moment += timedelta(minutes=59)
        await office.slack.direct(FOLLOW_UP, channel, office.bot)
        await office.settle()
        moment += timedelta(minutes=61)
        await office.slack.direct(FOLLOW_UP, channel, office.bot)
        await office.settle()
        _, within, after = office.standin.seen_in(channel)
        assert answers_the_follow_up(within)
        assert not answers_the_follow_up(after)


async def test_a_direct_message_is_answered_without_a_thread_unless_it_stands_in_one(office: Office) -> None:
    channel = office.standin.channel("D1", office.bot)
    await office.slack.direct("compare " + COMPARISON, channel, office.bot)
    await office.settle()
    [first] = office.standin.seen_in(channel)
    await office.slack.direct(FOLLOW_UP, channel, office.bot, thread_ts=first.ts)
    await office.settle()
    second = office.standin.seen_in(channel)[-1]
    assert first.thread_ts is None and first.only_for is None
    assert second.thread_ts == first.ts and answers_the_follow_up(second)


async def test_in_the_agent_view_each_message_is_answered_in_the_thread_that_it_begins(
    standin: StandIn, open_office: Open
) -> None:
    for installation in standin.installations.values():
        installation.scopes += ",assistant:write"
    async with open_office() as office:
        channel = office.standin.channel("D1", office.bot)
        first_root = await office.slack.direct("compare " + COMPARISON, channel, office.bot)
        second_root = await office.slack.direct(FOLLOW_UP, channel, office.bot)
        await office.settle()
        await office.slack.direct("gpt-5 vs o3", channel, office.bot)
        await office.slack.direct(FOLLOW_UP, channel, office.bot, thread_ts=first_root)
        await office.settle()
        first, second, _, in_the_first = office.standin.seen_in(channel)
        assert (first.thread_ts, second.thread_ts) == (first_root, second_root)
        assert answers_the_follow_up(second), "one conversation for 60 minutes, in whichever thread it goes on"
        assert in_the_first.thread_ts == first_root and answers_the_follow_up(in_the_first)


async def test_a_mention_is_answered_in_its_thread_which_is_then_remembered(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    root = await office.slack.mention("compare " + COMPARISON, channel, office.bot)
    await office.settle()
    await office.slack.mention(FOLLOW_UP, channel, office.bot, user="U2", thread_ts=root)
    await office.settle()
    first, second = office.standin.seen_in(channel)
    assert first.thread_ts == second.thread_ts == root
    assert answers_the_follow_up(second)


async def test_two_quick_messages_of_one_conversation_are_answered_in_turn(office: Office) -> None:
    channel = office.standin.channel("D1", office.bot)
    await office.slack.direct("compare " + COMPARISON, channel, office.bot)
    await office.slack.direct(FOLLOW_UP, channel, office.bot)
    await office.settle()
    assert any(answers_the_follow_up(posted) for posted in office.standin.seen_in(channel))


async def test_help_is_for_the_asker_alone(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    answer = await office.slack.command("help", channel)
    await office.settle()
    ts = await office.slack.mention("help", channel, office.bot, user="U2")
    await office.settle()
    by_command, by_mention = office.standin.seen_in(channel)
    assert answer.body == ""
    assert (by_command.only_for, by_command.by) == ("U1", "response_url")
    assert (by_mention.only_for, by_mention.thread_ts) == ("U2", None), f"nobody sees it in the thread of {ts} yet"


async def test_a_channel_can_have_its_answers_for_the_asker_alone(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    quiet = SettingsChange(visibility="asker")
    await office.edge.state.change_settings("T1", channel, quiet, by_user="U1", by_workspace="T1")
    answer = await office.slack.command(COMPARISON, channel)
    await office.settle()
    [reply] = office.standin.seen_in(channel)
    assert answer.body == "" and reply.only_for == "U1"


async def test_the_command_works_under_any_name_that_slack_calls_it_by(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    await office.slack.command(COMPARISON, channel, command="/llmcost")
    await office.settle()
    [reply] = office.standin.seen_in(channel)
    assert reply.only_for is None


async def test_every_text_names_the_command_as_it_is_called_here(open_office: Open) -> None:
    async with open_office(command="/llmcost") as office:
        channel = office.standin.channel("C1", office.bot)
        for question in ("help", "gpt-5.4", "-5M tokens", "claude", "what's the weather?", "/compare", "gpt-4.1"):
            await office.slack.command(question, channel, command="/llmcost")
            await office.slack.mention(question, channel, office.bot)
        await office.settle()
        posted = office.standin.seen_in(channel)
        shown = [each.text + "".join(texts(each.blocks)) for each in posted]
        assert not [each for each in shown if "/compare" in each]
        assert sum("/llmcost gpt" in each for each in shown) >= 4
        helping = next(each for each in posted if "Compare two models" in labels(each))
        await click(office, helping, labelled(helping, "Compare two models"))
        await office.settle()
        assert "GPT-4.1 Mini" in helping.text and office.standin.rejected == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Try `/compare a b` or (/compare).", "Try `/cost a b` or (/cost)."),
        ("*/compare*: see https://example.com/compare, ./compare, /compare-all", None),
    ],
)
def test_only_the_command_is_renamed(text: str, shown: str | None) -> None:
    assert renamed(text, "/cost") == (shown or "*/cost*: see https://example.com/compare, ./compare, /compare-all")
    assert renamed(text, "/compare") == text


async def test_where_the_bot_is_no_member_the_response_url_is_used_and_the_last_comparison_remembered(
    office: Office,
) -> None:
    channel = office.standin.channel("C1")
    await office.slack.command(COMPARISON, channel)
    await office.settle()
    await office.slack.command(FOLLOW_UP, channel)
    await office.settle()
    first, second = office.standin.seen_in(channel)
    assert first.by == second.by == "response_url"
    assert first.only_for is None and answers_the_follow_up(second)


async def test_every_kind_of_answer_is_one_that_slack_takes(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    questions = [
        "gpt-4.1-mini gpt-5.4 claude-opus-5.5 at 100M",
        "gpt-5.4 at 50M in and 5M out",
        "cheapest Anthropic model with 1M context",
        "models under $1 output with 1M context",
        "tell me about gpt-5.4",
        "which should I use for summarization, gpt-4.1-mini or gpt-5.4?",
        "has gpt-4.1-mini's price changed?",
        "something like gpt-5.4 but cheaper",
        "how far does $500 go on gpt-5.4?",
        "how do you calculate this?",
        "gpt-9 ultra",
        "claude",
        "<!channel> <@U1> & `x` *y* gpt-5.4 gpt-4.1-mini",
        "x" * 4000,
        "gpt-5.4 " * 400,
        "\u202egpt-5.4\u0000 \U0001f4a9",
        "'; DROP TABLE claims; --",
        "-5 tokens of gpt-5.4",
        "gpt-5.4 at 1e30 tokens",
    ]
    for question in questions:
        await office.slack.command(question, channel)
    await office.settle()
    assert office.standin.rejected == []
    assert len(office.standin.seen_in(channel)) == len(questions)
    assert not [posted for posted in office.standin.seen_in(channel) if "Reference:" in posted.text]


async def test_an_event_of_a_foreign_kind_is_taken_and_left_alone(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    for event in ({"type": "reaction_added", "user": "U1"}, {"type": "app_home_opened", "user": "U1", "tab": "home"}):
        assert (await office.slack.event(event, office.bot)).status == 200
    await office.settle()
    assert office.standin.seen_in(channel) == []
