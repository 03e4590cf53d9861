"""What becomes of a reply when Slack, the network or the bot's own storage does not play along."""

import logging
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.slack.conftest import Office, Open
from tests.slack.standin import Fault, Posted

COMPARISON = "gpt-4.1-mini gpt-5.4"
REFERENCE = re.compile(r"\(Reference: ([0-9a-f]{8})\)")


async def asked(office: Office, fault: Fault, method: str = "chat.postMessage") -> list[Posted]:
    """Ask for a comparison while a method fails, and return what people saw."""
    channel = office.standin.channel("C1", office.bot)
    office.standin.fail(method, fault)
    assert (await office.slack.command(COMPARISON, channel)).status == 200
    await office.settle()
    return office.standin.seen_in(channel)


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_blocks_too_long"])
async def test_a_message_whose_blocks_are_rejected_goes_out_again_as_text(office: Office, error: str) -> None:
    [reply] = await asked(office, Fault(error=error))
    first, second = office.standin.bodies("chat.postMessage")
    assert first["blocks"] and "blocks" not in second
    assert second["text"] == first["text"] == reply.text


async def test_blocks_rejected_by_a_response_url_go_out_again_as_text(office: Office) -> None:
    channel = office.standin.channel("C1")
    office.standin.fail("response_url", Fault(status=404, error="invalid_blocks"))
    await office.slack.command(COMPARISON, channel)
    await office.settle()
    [reply] = office.standin.seen_in(channel)
    assert reply.blocks == [] and reply.only_for is None


async def test_a_limit_is_waited_for_and_the_reply_sent_once(office: Office) -> None:
    [reply] = await asked(office, Fault(status=429, error="ratelimited", retry_after=1))
    assert reply.by == office.bot.token
    assert len(office.standin.bodies("chat.postMessage")) == 2


async def test_a_limit_longer_than_anybody_waits_sends_the_reply_another_way(office: Office) -> None:
    [reply] = await asked(office, Fault(status=429, error="ratelimited", retry_after=3600))
    assert (reply.by, reply.only_for) == ("response_url", None)


async def test_a_limit_that_does_not_end_is_told_to_the_asker_of_a_mention(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    office.standin.fail("chat.postMessage", Fault(status=429, error="ratelimited", retry_after=0, left=9))
    await office.slack.mention("compare " + COMPARISON, channel, office.bot)
    await office.settle()
    [reply] = office.standin.seen_in(channel)
    assert reply.only_for == "U1" and "Slack did not take my answer" in reply.text


async def test_a_reply_that_slack_may_have_taken_is_not_sent_again(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    for number, fault in enumerate(
        [
            Fault(status=500, is_posted=True),
            Fault(status=503, error="service_unavailable", is_posted=True),
            Fault(error="internal_error", is_posted=True),
            Fault(hangs_up=True, is_posted=True),
        ]
    ):
        channel = office.standin.channel(f"C{number}", office.bot)
        office.standin.fail("chat.postMessage", fault)
        await office.slack.command(COMPARISON, channel)
        await office.settle()
        answers = [posted for posted in office.standin.seen_in(channel) if posted.only_for is None]
        [notice] = [posted for posted in office.standin.seen_in(channel) if posted.only_for == "U1"]
        assert len(answers) == 1 and "did not confirm" in notice.text
        _same_reference(notice, caplog)


async def test_when_slack_fails_the_asker_is_told_once(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    [notice] = await asked(office, Fault(status=500))
    assert notice.only_for == "U1"
    _same_reference(notice, caplog)


async def test_a_revoked_token_still_lets_a_command_be_answered(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    office.bot.is_revoked = True
    await office.slack.command(COMPARISON, channel)
    await office.slack.mention("compare " + COMPARISON, channel, office.bot)
    await office.settle()
    [reply] = office.standin.seen_in(channel)
    assert (reply.by, reply.only_for) == ("response_url", None)


async def test_when_every_way_is_closed_the_log_says_so_without_the_text(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.standin.channel("C1")
    dead = office.standin.response_url("C1", "U1", status=404)
    await office.slack.command(COMPARISON, "C1", response_url=dead)
    await office.settle()
    assert office.standin.seen_in("C1") == []
    assert "the asker could not be told either" in caplog.text
    assert "gpt-5.4" not in caplog.text and "xoxb" not in caplog.text


async def test_a_private_reply_whose_response_url_is_dead_goes_out_as_an_ephemeral_message(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    await office.slack.command("help", channel, response_url=office.standin.response_url(channel, "U1", status=410))
    await office.settle()
    [reply] = office.standin.seen_in(channel)
    assert (reply.by, reply.only_for) == (office.bot.token, "U1")


async def test_an_address_that_nobody_answers_at_ends_in_one_log_line(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.standin.channel("C1")
    for url in ("not a url", "ftp://127.0.0.1/", ""):
        caplog.clear()
        await office.slack.command(COMPARISON, "C1", response_url=url)
        await office.settle()
        assert "no answer" in caplog.text and "Traceback" not in caplog.text, url


async def test_without_its_storage_the_bot_says_so_to_the_asker_and_to_readyz(
    open_office: Open, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_office() as office:
        channel = office.standin.channel("C1", office.bot)
        _lose_state(tmp_path)
        assert (await office.slack.get("/readyz")).status == 503
        assert (await office.slack.get("/healthz")).status == 200
        assert (await office.slack.get("/metrics")).status == 200
        await office.slack.command(COMPARISON, channel)
        ts = await office.slack.mention("compare " + COMPARISON, channel, office.bot)
        event = {"ts": ts, "event_ts": ts}
        await office.slack.mention("compare " + COMPARISON, channel, office.bot, **event)
        await office.settle()
        notices = office.standin.seen_in(channel)
        assert [notice.only_for for notice in notices] == ["U1", "U1"]
        for notice in notices:
            assert "cannot reach my own storage" in notice.text
            _same_reference(notice, caplog)


async def test_a_locked_database_is_said_and_works_again_once_it_is_free(open_office: Open, state_url: str) -> None:
    async with open_office(stated_state_url=SecretStr(state_url + "?timeout=0.2")) as office:
        channel = office.standin.channel("C1", office.bot)
        with closing(sqlite3.connect(state_url.removeprefix("sqlite+aiosqlite:///"), isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            started = time.monotonic()
            assert (await office.slack.command(COMPARISON, channel)).status == 200
            assert time.monotonic() - started < 2.5
            await office.settle()
            holder.execute("ROLLBACK")
        await office.slack.command(COMPARISON, channel)
        await office.settle()
        refused, answered = office.standin.seen_in(channel)
        assert "cannot reach my own storage" in refused.text and refused.only_for == "U1"
        assert answered.only_for is None


async def test_a_broken_answer_is_one_sentence_and_one_line(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    channel = office.standin.channel("C1", office.bot)
    root = office.standin.next_ts()
    await office.edge.state.save_thread("T1", channel, root, "U1", '{"not a": "thread"')
    await office.slack.mention("which is cheaper?", channel, office.bot, thread_ts=root)
    await office.settle()
    [notice] = office.standin.seen_in(channel)
    assert (notice.only_for, notice.thread_ts) == ("U1", root)
    assert "Traceback" not in notice.text and "JSON" not in notice.text
    _same_reference(notice, caplog)
    assert "not a" not in caplog.text


async def test_nothing_that_people_wrote_is_logged(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    channel = office.standin.channel("C1", office.bot)
    for text in ("projectbluebird gpt-5.4", "help projectbluebird"):
        await office.slack.command(text, channel)
        await office.slack.mention(text, channel, office.bot)
    await office.slack.post(b"text=projectbluebird", headers={"X-Slack-Signature": "v0=0"})
    await office.settle()
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("asyncio", "aiosqlite"))]
    assert not [line for line in ours if "projectbluebird" in line or "xoxb" in line]


def _same_reference(notice: Posted, caplog: pytest.LogCaptureFixture) -> None:
    found = REFERENCE.search(notice.text)
    assert found is not None and found[1] in caplog.text


def _lose_state(folder: Path) -> None:
    for file in folder.glob("state.sqlite*"):
        file.unlink()
