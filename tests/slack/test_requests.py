"""What the server lets in, what it turns away, and what it says about itself."""

import io
import json
import socket
import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
from pydantic import SecretStr

from bot.server import serve
from bot.settings import BadSettings, Settings
from tests.slack.client import FORM, JSON, Json, command_payload, signed
from tests.slack.conftest import Office, Open
from tests.slack.standin import Fault


async def test_a_command_with_the_word_payload_is_answered(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    for text in ("which payload is cheaper", "payload", "gpt-4.1-mini gpt-5.4 payload=1"):
        assert (await office.slack.command(text, channel)).status == 200
        await office.settle()
    assert len(office.standin.seen_in(channel)) == 3


async def test_a_request_that_slack_did_not_sign_just_now_is_refused(office: Office) -> None:
    form, broken = b"command=%2Fcompare&text=hi", b'{"type": "event_callback"'
    now = str(int(time.time()))
    for body, content_type in ((form, FORM), (broken, JSON)):
        forgeries = [
            {},
            {"X-Slack-Signature": "v0=0"},
            {"X-Slack-Request-Timestamp": now},
            {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=0"},
            {"X-Slack-Request-Timestamp": "", "X-Slack-Signature": "v0=0"},
            {"X-Slack-Request-Timestamp": "-1", "X-Slack-Signature": "v0=0"},
            {"X-Slack-Request-Timestamp": "1.764e9", "X-Slack-Signature": "v0=0"},
            {"X-Slack-Request-Timestamp": "\u00b2", "X-Slack-Signature": "v0=0"},
            {"X-Slack-Request-Timestamp": "9" * 400, "X-Slack-Signature": "v0=0"},
            {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": "v0=\u00e9"},
            signed(b"another body"),
            signed(body, at=time.time() - 302),
            signed(body, at=time.time() + 302),
            signed(body, secret="another secret"),
        ]
        for headers in forgeries:
            assert (await office.slack.post(body, content_type, headers)).status == 401, headers
    await office.settle()
    assert [method for method, _ in office.standin.calls if method != "auth.test"] == []


async def test_a_signed_body_that_makes_no_sense_does_no_harm(office: Office) -> None:
    event: Json = {"type": "event_callback"}
    inners: list[object] = [None, 1, "x", [], {}, {"type": None}, {"type": []}]
    nonsense = ["", "{", "[1]", '"text"', "1", "null", "payload=%7B", "payload=1", "{" * 100_000, "\ud800", "a=\x00"]
    nonsense += [json.dumps(event | {"event": inner}) for inner in inners]
    nonsense += [json.dumps(event | {"event": {"type": "app_mention", "text": 1, "user": 2, "channel": [], "ts": {}}})]
    nonsense += [json.dumps(event | {"authorizations": 1, "event": {"type": "message"}, "team_id": {}})]
    for body in nonsense:
        for content_type in (JSON, FORM):
            answer = await office.slack.post(body.encode("utf-8", "surrogatepass"), content_type)
            assert answer.status in (200, 400, 401), body[:80]
            assert "Traceback" not in answer.body and "rror" not in answer.body
    assert (await office.slack.command("help", "C1")).status == 200


async def test_a_body_over_one_mebibyte_is_refused(office: Office) -> None:
    url = f"{office.slack.bot_url}/slack/events"
    huge = io.BytesIO(b"x" * (1024 * 1024 + 1))
    async with office.slack.session.post(url, data=huge, headers={"Content-Type": FORM} | signed(b"")) as response:
        assert response.status == 413

    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100_000

    headers = {"Content-Type": FORM} | signed(b"")
    async with office.slack.session.post(url, data=in_pieces(), headers=headers) as response:
        assert response.status == 413
    assert (await office.slack.get("/healthz")).status == 200


async def test_slack_can_verify_the_address_and_check_the_certificate(office: Office) -> None:
    answer = await office.slack.post(json.dumps({"type": "url_verification", "challenge": "abc"}), JSON)
    assert (answer.status, answer.json) == (200, {"challenge": "abc"})
    assert (await office.slack.post("ssl_check=1&token=deprecated")).status == 200


async def test_a_click_and_a_shortcut_that_nothing_answers_are_taken(office: Office) -> None:
    user = {"id": "U1", "team_id": "T1"}
    for payload in (
        {"type": "block_actions", "team": {"id": "T1"}, "user": user, "actions": [{"action_id": "x", "block_id": "y"}]},
        {"type": "shortcut", "team": {"id": "T1"}, "user": user, "callback_id": "x"},
        {"type": "view_submission", "team": {"id": "T1"}, "user": user, "view": {"callback_id": "x"}},
        {"type": "workflow_step_edit", "team": {"id": "T1"}, "user": user, "callback_id": "x"},
    ):
        assert (await office.slack.post(urlencode({"payload": json.dumps(payload)}))).status == 200


async def test_the_server_says_how_it_is(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    await office.slack.command("gpt-4.1-mini gpt-5.4", channel)
    await office.settle()
    health, ready, metrics = [await office.slack.get(path) for path in ("/healthz", "/readyz", "/metrics")]
    assert (health.status, ready.status, metrics.status) == (200, 200, 200)
    assert 'comparebot_replies_total{route="chat.postMessage",surface="command"}' in metrics.body
    assert "comparebot_lost_replies 0.0" in metrics.body


async def test_every_other_page_is_not_found(office: Office) -> None:
    for path in ("/", "/slack/events", "/slack/install", "/slack/oauth_redirect", "/docs", "/healthz/"):
        assert (await office.slack.get(path)).status == 404, path


async def test_the_install_page_is_there_for_many_workspaces(open_office: Open) -> None:
    async with open_office(bot_token=None) as office:
        page = await office.slack.get("/slack/install")
        assert page.status == 200 and "oauth/v2/authorize" in page.body
        assert (await office.slack.get("/slack/oauth_redirect?code=x&state=forged")).status in (400, 401)


async def test_a_command_is_acknowledged_while_slack_is_slow_to_take_the_reply(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    office.standin.fail("chat.postMessage", Fault(seconds=0.5))
    started = time.monotonic()
    await office.slack.command("gpt-4.1-mini gpt-5.4", channel)
    assert time.monotonic() - started < 0.4
    await office.settle()
    assert len(office.standin.seen_in(channel)) == 1


async def test_a_command_that_misses_most_fields_is_still_taken(office: Office) -> None:
    payload = command_payload(office.standin, "gpt-4.1-mini gpt-5.4", "C1")
    bare = {name: payload[name] for name in ("command", "text", "response_url")}
    assert (await office.slack.post(urlencode(bare))).status == 200
    await office.settle()
    assert len(office.standin.seen_in("C1")) == 1


async def test_slacks_absence_does_not_stop_the_start(open_office: Open, caplog: pytest.LogCaptureFixture) -> None:
    async with open_office(api_url="http://127.0.0.1:9/api/") as office:
        for path in ("/healthz", "/readyz"):
            assert (await office.slack.get(path)).status == 200
        assert "Slack cannot be reached" in caplog.text
        channel = office.standin.channel("C1")
        await office.slack.command("gpt-4.1-mini gpt-5.4", channel)
        await office.settle()
        assert [posted.by for posted in office.standin.seen_in(channel)] == ["response_url"]


async def test_a_token_that_slack_refuses_stops_the_start_with_one_line(open_office: Open) -> None:
    with pytest.raises(BadSettings, match="SLACK_BOT_TOKEN") as error:
        async with open_office(bot_token=SecretStr("xoxb-nobody-knows")):
            pass
    assert "nobody-knows" not in str(error.value)


@pytest.mark.usefixtures("no_settings")
def test_a_port_that_is_taken_stops_the_start_with_one_line() -> None:
    settings = Settings(signing_secret=SecretStr("secret"), bot_token=SecretStr("xoxb-1"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=f"port {port}: Address already in use") as error:
            serve(settings, port=port)
    assert "\n" not in str(error.value)


async def test_a_state_that_cannot_be_opened_stops_the_start_with_one_line(open_office: Open) -> None:
    for url in ("sqlite+aiosqlite:////dev/null/state.sqlite", "postgresql://bot:password@127.0.0.1:9/state"):
        with pytest.raises((OSError, BadSettings)) as error:
            async with open_office(stated_state_url=SecretStr(url)):
                pass
        assert "\n" not in str(error.value) and "password" not in str(error.value)
