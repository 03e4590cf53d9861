"""Each message of a person gets at most one reply, whatever Slack delivers, and others get none."""

import asyncio

from tests.slack.client import Json, message_event, signed
from tests.slack.conftest import ON_BOTH, Office, Open

COMPARISON = "compare gpt-4.1-mini gpt-5.4"


@ON_BOTH
async def test_an_event_delivered_three_times_gets_one_reply(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    event = _mention(office, channel)
    for number in range(3):
        assert (await office.slack.event(event, office.bot, event_id="Ev77", retry=number)).status == 200
    await office.settle()
    await office.slack.event(event, office.bot, event_id="Ev77")
    await office.settle()
    assert len(office.standin.seen_in(channel)) == 1


async def test_a_message_delivered_as_mention_and_as_message_gets_one_reply(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    event = _mention(office, channel)
    as_message = event | {"type": "message", "channel_type": "channel"}
    await asyncio.gather(office.slack.event(event, office.bot), office.slack.event(as_message, office.bot))
    await office.settle()
    assert len(office.standin.seen_in(channel)) == 1


async def test_a_direct_message_delivered_under_two_event_ids_gets_one_reply(office: Office) -> None:
    channel = office.standin.channel("D1", office.bot)
    event = message_event(office.standin, COMPARISON, channel, "U1", "T1") | {"channel_type": "im"}
    await asyncio.gather(*(office.slack.event(event, office.bot) for _ in range(5)))
    await office.settle()
    assert len(office.standin.seen_in(channel)) == 1


@ON_BOTH
async def test_two_processes_with_one_state_give_one_reply(open_office: Open) -> None:
    async with open_office() as one, open_office() as other:
        channel = one.standin.channel("C1", one.bot)
        event = _mention(one, channel)
        await asyncio.gather(one.slack.event(event, one.bot), other.slack.event(event, one.bot))
        await one.settle()
        await other.settle()
        assert len(one.standin.seen_in(channel)) == 1


async def test_the_same_trigger_gets_one_reply(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    for _ in range(2):
        await office.slack.command("gpt-4.1-mini gpt-5.4", channel, trigger_id="trigger.same")
    await office.settle()
    assert len(office.standin.seen_in(channel)) == 1


async def test_what_no_person_has_just_said_is_taken_and_gets_no_reply(office: Office) -> None:
    changes: list[Json] = [
        {"bot_id": "BOTHER"},
        {"bot_id": "BT1", "user": "UBOTT1"},
        {"user": "UBOTT1"},
        {"subtype": "bot_message"},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "message_deleted", "hidden": True},
        {"edited": {"user": "U1", "ts": "1764000000.000200"}},
        {"subtype": "channel_join"},
        {"user": None},
        {"channel": None},
        {"ts": None},
    ]
    for kind, channel in (("app_mention", "C1"), ("message", "D1")):
        office.standin.channel(channel, office.bot)
        for change in changes:
            event = _mention(office, channel) | {"type": kind, "channel_type": "im"} | change
            assert (await office.slack.event(event, office.bot)).status == 200
            await office.settle()
            assert office.standin.seen_in(channel) == [], change


async def test_a_message_without_text_is_answered_like_an_empty_one(office: Office) -> None:
    channel = office.standin.channel("D1", office.bot)
    event = message_event(office.standin, "", channel, "U1", "T1") | {"channel_type": "im", "text": None}
    await office.slack.event(event, office.bot)
    await office.settle()
    assert len(office.standin.seen_in(channel)) == 1


async def test_a_message_in_a_channel_that_does_not_mention_the_bot_gets_no_reply(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    event = message_event(office.standin, COMPARISON, channel, "U1", "T1") | {"channel_type": "channel"}
    await office.slack.event(event, office.bot)
    await office.settle()
    assert office.standin.seen_in(channel) == []


async def test_a_redelivery_that_is_the_first_to_arrive_is_answered(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    body = office.slack.event_body(_mention(office, channel), office.bot)
    headers = signed(body.encode()) | {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    assert (await office.slack.post(body, "application/json", headers)).status == 200
    await office.settle()
    assert len(office.standin.seen_in(channel)) == 1


def _mention(office: Office, channel: str) -> Json:
    event = message_event(office.standin, f"<@{office.bot.bot_user}> {COMPARISON}", channel, "U1", "T1")
    return event | {"type": "app_mention"}
