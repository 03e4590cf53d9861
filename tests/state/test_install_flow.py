"""Installing from the browser: one use, ten minutes, one browser, and a page that says what to do next."""

import logging
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.oauth import InstallFlow, install_flow
from bot.state import State
from tests.state.conftest import Clock, OpenState
from tests.state.slack_web import SlackWeb

# slack_sdk 3.48 still logs in with a class that aiohttp 3.14 has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

GRANT = {
    "ok": True,
    "app_id": "A1",
    "access_token": "xoxb-SECRET",
    "token_type": "bot",
    "scope": "chat:write,commands",
    "bot_user_id": "UB1",
    "team": {"id": "T1", "name": "Team <One>"},
    "authed_user": {"id": "U1"},
}


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[SlackWeb]:
    """Slack's Web API on loopback, which grants an installation in T1."""
    async with SlackWeb() as slack:
        slack.grant = GRANT
        yield slack


@pytest.fixture
def flow(state: State, slack: SlackWeb) -> InstallFlow:
    """The install flow of an app with client id 1.2."""
    return _flow(state, slack)


async def test_an_installation_ends_with_tokens_stored_and_a_page_that_names_the_next_step(
    flow: InstallFlow, state: State, slack: SlackWeb
) -> None:
    page = await flow.handle_installation(_request(""))
    assert page.status == 200
    link = re.search(r'href="([^"]+)"', page.body)
    assert link is not None
    asked = parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)
    assert (asked["client_id"], asked["scope"]) == (["1.2"], ["chat:write,commands"])

    done = await flow.handle_callback(_request(f"code=c0de&state={asked['state'][0]}", _cookie(page)))
    assert done.status == 200
    assert "installed in Team &lt;One&gt;" in done.body
    assert "/compare gpt-4.1-mini gpt-5.4" in done.body
    assert slack.calls[0][1]["code"] == "c0de"
    installed = await state.installation("T1")
    assert installed is not None
    assert installed.secrets["bot_token"] == "xoxb-SECRET"
    assert "SECRET" not in done.body


async def test_an_org_wide_installation_is_kept_under_the_organisation(
    flow: InstallFlow, state: State, slack: SlackWeb
) -> None:
    slack.grant = {**GRANT, "team": None, "enterprise": {"id": "E1", "name": "Org"}, "is_enterprise_install": True}
    done = await _install(flow)
    assert "installed in Org" in done.body
    assert await state.installation("E1") is not None


async def test_a_state_holds_once(flow: InstallFlow) -> None:
    page = await flow.handle_installation(_request(""))
    assert (await _callback(flow, page)).status == 200
    again = await _callback(flow, page)
    assert again.status == 401
    assert "used before" in again.body


async def test_a_state_holds_for_ten_minutes(flow: InstallFlow, clock: Clock) -> None:
    page = await flow.handle_installation(_request(""))
    clock.forward(minutes=10, seconds=1)
    late = await _callback(flow, page)
    assert late.status == 401
    assert "ten minutes" in late.body


async def test_a_state_made_in_one_process_holds_in_another(
    open_state: OpenState, flow: InstallFlow, slack: SlackWeb
) -> None:
    page = await flow.handle_installation(_request(""))
    assert (await _callback(_flow(await open_state(), slack), page)).status == 200


async def test_expired_states_are_swept(flow: InstallFlow, state: State, clock: Clock) -> None:
    page = await flow.handle_installation(_request(""))
    clock.forward(minutes=11)
    await state.expire()
    clock.forward(minutes=-11)
    assert (await _callback(flow, page)).status == 401


async def test_another_browser_cannot_finish_an_installation(flow: InstallFlow, state: State) -> None:
    page = await flow.handle_installation(_request(""))
    stolen = await flow.handle_callback(_request(f"code=c&state={_state(page)}"))
    assert stolen.status == 400
    assert "another browser" in stolen.body
    assert await state.installation("T1") is None


async def test_a_cancelled_installation_says_that_nothing_was_changed(flow: InstallFlow) -> None:
    cancelled = await flow.handle_callback(_request("error=access_denied"))
    assert cancelled.status == 200
    assert "Nothing was changed" in cancelled.body


async def test_what_comes_in_the_address_is_never_shown(flow: InstallFlow) -> None:
    page = await flow.handle_callback(_request("error=%3Cscript%3Ealert(1)%3C/script%3E"))
    assert "alert" not in page.body
    assert "Start the installation again" in page.body


async def test_a_state_with_odd_characters_is_just_wrong(flow: InstallFlow) -> None:
    odd = "\x00é"
    cookie: dict[str, str | Sequence[str]] = {"cookie": f"slack-app-oauth-state={odd}"}
    query: dict[str, str] = {"code": "c", "state": odd}
    response = await flow.handle_callback(AsyncBoltRequest(body="", query=query, headers=cookie))
    assert response.status == 401


@pytest.mark.parametrize("trouble", ["refuses", "fails", "is gone"])
async def test_when_slack_does_not_confirm_there_is_a_page_and_no_secret_in_the_log(
    flow: InstallFlow, state: State, slack: SlackWeb, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = await flow.handle_installation(_request(""))
    slack.grant = {"ok": False, "error": "invalid_code"}
    slack.status = 500 if trouble == "fails" else 200
    if trouble == "is gone":
        await slack.__aexit__(None, None, None)
    failed = await _callback(flow, page)
    assert failed.status == 401
    assert "Slack did not confirm" in failed.body
    assert "invalid_code" not in failed.body
    assert "c0de" not in caplog.text
    assert "client-SECRET" not in caplog.text
    assert caplog.text
    assert await state.installation("T1") is None


async def test_when_the_store_is_gone_there_is_a_page_and_one_log_line_without_a_token(
    tmp_path: Path, key: str, slack: SlackWeb, caplog: pytest.LogCaptureFixture
) -> None:
    home = tmp_path / "home"
    state = await State.open(f"sqlite:///{home / 'state.sqlite'}", keys=[key])
    flow = _flow(state, slack)
    page = await flow.handle_installation(_request(""))
    home.rename(tmp_path / "away")
    for response in (await flow.handle_installation(_request("")), await _callback(flow, page)):
        assert response.status == 503
        assert "could not be stored" in response.body
        assert "sqlite" not in response.body
    assert "cannot be used" in caplog.text
    await state.close()


async def test_without_a_key_the_installation_fails_with_a_page(
    open_state: OpenState, slack: SlackWeb, caplog: pytest.LogCaptureFixture
) -> None:
    failed = await _install(_flow(await open_state(keys=[]), slack))
    assert failed.status == 500
    assert "could not be stored" in failed.body
    assert "need an encryption key" in caplog.text
    assert "SECRET" not in caplog.text


async def test_pages_are_not_cached_framed_or_sent_on(flow: InstallFlow) -> None:
    responses = [await flow.handle_installation(_request("")), await flow.handle_callback(_request("error=x"))]
    for response in responses:
        headers = {name: values[0] for name, values in response.headers.items()}
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def _flow(state: State, slack: SlackWeb) -> InstallFlow:
    client = AsyncWebClient(base_url=slack.url, logger=logging.getLogger("quiet"))
    flow, _ = install_flow(
        state=state,
        client=client,
        client_id="1.2",
        client_secret="client-SECRET",
        scopes=["chat:write", "commands"],
    )
    return flow


async def _install(flow: InstallFlow) -> BoltResponse:
    return await _callback(flow, await flow.handle_installation(_request("")))


async def _callback(flow: InstallFlow, page: BoltResponse) -> BoltResponse:
    return await flow.handle_callback(_request(f"code=c0de&state={_state(page)}", _cookie(page)))


def _state(page: BoltResponse) -> str:
    return _cookie(page).partition("=")[2]


def _cookie(page: BoltResponse) -> str:
    [header] = page.headers["set-cookie"]
    return str(header).partition(";")[0]


def _request(query: str, cookie: str = "") -> AsyncBoltRequest:
    return AsyncBoltRequest(body="", query=query, headers={"cookie": cookie} if cookie else {})
