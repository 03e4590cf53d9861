"""Which bot and token a request gets: cached, refreshed once, gone at once after an uninstall."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.installations import Installations
from bot.slack.installed import InstalledAuthorize
from bot.slack.oauth import install_flow
from bot.state import State
from tests.state.conftest import Clock, OpenState
from tests.state.slack_web import SlackWeb

# slack_sdk 3.48 still logs in with a class that aiohttp 3.14 has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

Authorizes = Callable[[State], InstalledAuthorize]
HOUR = 3600


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[SlackWeb]:
    """Slack's Web API on loopback, which grants a fresh bot token for twelve hours."""
    async with SlackWeb() as slack:
        slack.grant = {
            "ok": True,
            "token_type": "bot",
            "access_token": "xoxe.xoxb-2-SECRET",
            "refresh_token": "xoxe-2-SECRET",
            "expires_in": 12 * HOUR,
        }
        yield slack


@pytest_asyncio.fixture
async def authorizes(slack: SlackWeb) -> AsyncIterator[Authorizes]:
    """Makes what another process would have over its own store."""
    made: list[InstalledAuthorize] = []

    def another(state: State) -> InstalledAuthorize:
        made.append(InstalledAuthorize(state, _client(slack), "1.2", "client-SECRET"))
        return made[-1]

    yield another
    for authorize in made:
        await authorize.close()


@pytest.fixture
def authorize(authorizes: Authorizes, state: State) -> InstalledAuthorize:
    """This process's."""
    return authorizes(state)


async def test_a_request_gets_the_bot_of_its_workspace_and_slack_is_never_asked(
    authorize: InstalledAuthorize, state: State, slack: SlackWeb
) -> None:
    await _install(state)
    for _ in range(3):
        result = await _ask(authorize, team_id="T1")
        assert result is not None
        assert (result.bot_token, result.bot_user_id, result.bot_id) == ("xoxb-1-SECRET", "UB1", "B1")
    assert await _ask(authorize, team_id="T2") is None
    assert await _ask(authorize, team_id=None) is None
    assert slack.calls == []


async def test_a_request_of_an_org_wide_install_gets_the_organisations_bot(
    authorize: InstalledAuthorize, state: State
) -> None:
    await _install(state, enterprise_id="E1", team_id=None, is_enterprise_install=True)
    result = await _ask(authorize, team_id="T7", enterprise_id="E1", org_wide=True)
    assert result is not None
    assert result.enterprise_id == "E1"


async def test_an_uninstall_counts_at_once_here_and_within_a_minute_elsewhere(
    authorizes: Authorizes, authorize: InstalledAuthorize, open_state: OpenState, state: State, clock: Clock
) -> None:
    elsewhere = authorizes(await open_state())
    await _install(state)
    assert await _ask(authorize, team_id="T1")
    assert await _ask(elsewhere, team_id="T1")
    await state.forget_workspace("T1")
    authorize.evict("T1")
    assert await _ask(authorize, team_id="T1") is None
    clock.forward(seconds=60)
    assert await _ask(elsewhere, team_id="T1") is None


async def test_what_was_evicted_while_a_request_looked_it_up_is_not_kept(
    authorize: InstalledAuthorize, state: State
) -> None:
    await _install(state)
    looking_up = asyncio.create_task(authorize.installed("T1"))
    await asyncio.sleep(0)
    authorize.evict("T1")
    assert await looking_up
    await state.forget_workspace("T1")
    assert await authorize.installed("T1") is None


async def test_a_token_near_its_end_is_used_at_once_and_refreshed_once_behind_many_requests(
    authorizes: Authorizes, authorize: InstalledAuthorize, open_state: OpenState, slack: SlackWeb, clock: Clock
) -> None:
    state = await open_state()
    elsewhere = authorizes(await open_state())
    await _install(state, expires=clock() + timedelta(hours=1))
    slack.seconds = 0.3
    before = time.perf_counter()
    results = await asyncio.gather(*(_ask(one, team_id="T1") for one in (authorize, elsewhere) for _ in range(10)))
    assert time.perf_counter() - before < 0.3, "nobody waits for Slack while the token holds"
    assert {result.bot_token for result in results if result} == {"xoxb-1-SECRET"}
    await asyncio.gather(authorize.close(), elsewhere.close())
    assert slack.count("oauth.v2.access") == 1
    assert slack.calls[0][1]["refresh_token"] == "xoxe-1-SECRET"
    assert await _token(authorize) == "xoxe.xoxb-2-SECRET"


async def test_a_token_past_its_end_is_refreshed_once_for_all_processes_and_everybody_gets_the_new_one(
    authorizes: Authorizes, authorize: InstalledAuthorize, open_state: OpenState, slack: SlackWeb, clock: Clock
) -> None:
    state = await open_state()
    elsewhere = authorizes(await open_state())
    await _install(state, expires=clock() - timedelta(hours=1))
    slack.seconds = 0.3
    results = await asyncio.gather(*(_ask(one, team_id="T1") for one in (authorize, elsewhere) for _ in range(10)))
    assert [result and result.bot_token for result in results] == ["xoxe.xoxb-2-SECRET"] * 20
    assert slack.count("oauth.v2.access") == 1


async def test_when_slack_refuses_a_refresh_the_token_is_used_while_it_holds_and_slack_is_left_alone(
    authorize: InstalledAuthorize,
    state: State,
    slack: SlackWeb,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await _install(state, expires=clock() + timedelta(minutes=10))
    slack.grant = {"ok": False, "error": "invalid_refresh_token"}
    for _ in range(3):
        assert await _token(authorize) == "xoxb-1-SECRET"
        await authorize.close()
        authorize.evict("T1")
    assert slack.count("oauth.v2.access") == 1
    clock.forward(seconds=31)
    assert await _token(authorize) == "xoxb-1-SECRET"
    await authorize.close()
    assert slack.count("oauth.v2.access") == 2
    assert "could not be refreshed" in caplog.text
    assert "SECRET" not in caplog.text


async def test_when_the_token_has_run_out_and_slack_fails_the_workspace_counts_as_not_installed(
    authorize: InstalledAuthorize, state: State, slack: SlackWeb, clock: Clock
) -> None:
    await _install(state, expires=clock() - timedelta(minutes=1))
    slack.status = 500
    assert await _ask(authorize, team_id="T1") is None


async def test_a_refresh_that_ends_after_the_uninstall_stores_nothing(
    authorize: InstalledAuthorize, state: State, slack: SlackWeb, clock: Clock
) -> None:
    await _install(state, expires=clock() + timedelta(hours=1))
    slack.seconds = 0.2
    assert await _token(authorize) == "xoxb-1-SECRET"
    await asyncio.sleep(0.1)
    await state.forget_workspace("T1")
    await authorize.close()
    assert slack.count("oauth.v2.access") == 1
    assert await state.installation("T1") is None


async def test_a_refresh_that_ends_after_a_new_installation_leaves_its_tokens_alone(
    authorize: InstalledAuthorize, state: State, slack: SlackWeb, clock: Clock
) -> None:
    await _install(state, expires=clock() + timedelta(hours=1))
    slack.seconds = 0.2
    assert await _token(authorize) == "xoxb-1-SECRET"
    await asyncio.sleep(0.1)
    await _install(state, bot_token="xoxb-9-SECRET")
    await authorize.close()
    assert await _token(authorize) == "xoxb-9-SECRET"


async def test_a_refreshed_token_survives_a_store_that_is_away_for_a_moment(
    authorizes: Authorizes, slack: SlackWeb, clock: Clock, key: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    state = await State.open(f"sqlite:///{home / 'state.sqlite'}", keys=[key], now=clock)
    authorize = authorizes(state)
    await _install(state, expires=clock() + timedelta(hours=1))
    slack.seconds = 0.2
    assert await _token(authorize) == "xoxb-1-SECRET"
    await asyncio.sleep(0.1)
    home.rename(tmp_path / "away")
    await asyncio.sleep(0.3)
    (tmp_path / "away").rename(home)
    await authorize.close()
    assert await _token(authorize) == "xoxe.xoxb-2-SECRET"
    await state.close()


async def test_in_a_bolt_app_a_command_is_authorised_without_asking_slack_and_both_uninstall_events_clean_up(
    state: State, slack: SlackWeb
) -> None:
    await _install(state)
    app, authorize = _app(state, slack)
    assert (await app.async_dispatch(_command())).body == "xoxb-1-SECRET"
    await state.save_thread("T1", "C1", "1.0", "U1", "{}")
    events: list[dict[str, object]] = [
        {"type": "tokens_revoked", "tokens": {"bot": ["UB1"]}},
        {"type": "app_uninstalled"},
    ]
    for event in events:
        assert (await app.async_dispatch(_event(event))).status == 200
    authorize.evict("T1")
    assert await state.installation("T1") is None
    assert await state.thread("C1", "1.0") is None
    assert (await app.async_dispatch(_command())).body != "xoxb-1-SECRET"
    assert slack.calls == []


def _app(state: State, slack: SlackWeb) -> tuple[AsyncApp, InstalledAuthorize]:
    flow, authorize = install_flow(
        state=state, client=_client(slack), client_id="1.2", client_secret="client-SECRET", scopes=["commands"]
    )
    app = AsyncApp(
        signing_secret="signing",
        client=_client(slack),
        oauth_flow=flow,
        process_before_response=True,
        logger=logging.getLogger("quiet"),
    )

    async def compare(ack: AsyncAck, context: AsyncBoltContext) -> None:
        await ack(context.bot_token or "")

    app.command("/compare")(compare)
    app.enable_token_revocation_listeners()
    return app, authorize


def _client(slack: SlackWeb) -> AsyncWebClient:
    return AsyncWebClient(base_url=slack.url, logger=logging.getLogger("quiet"))


async def _install(state: State, expires: datetime | None = None, **changed: str | bool | None) -> None:
    fields = {"team_id": "T1", "bot_token": "xoxb-1-SECRET", "bot_refresh_token": "xoxe-1-SECRET", **changed}
    installation = Installation(user_id="U1", bot_id="B1", bot_user_id="UB1", bot_scopes="commands")
    for name, value in fields.items():
        setattr(installation, name, value)
    installation.bot_token_expires_at = int(expires.timestamp()) if expires else None
    await Installations(state).async_save(installation)


async def _token(authorize: InstalledAuthorize) -> str | None:
    result = await _ask(authorize, team_id="T1")
    return result.bot_token if result else None


def _ask(
    authorize: InstalledAuthorize, team_id: str | None, enterprise_id: str | None = None, org_wide: bool = False
) -> Awaitable[AuthorizeResult | None]:
    context = AsyncBoltContext({"is_enterprise_install": org_wide})
    return authorize(context=context, enterprise_id=enterprise_id, team_id=team_id, user_id="U1")


def _command() -> AsyncBoltRequest:
    fields = {"command": "/compare", "text": "a b", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
    return _signed(urlencode(fields), "application/x-www-form-urlencoded")


def _event(event: dict[str, object]) -> AsyncBoltRequest:
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}
    return _signed(json.dumps(body), "application/json")


def _signed(body: str, content_type: str) -> AsyncBoltRequest:
    now = str(int(time.time()))
    signature = SignatureVerifier("signing").generate_signature(timestamp=now, body=body)
    return AsyncBoltRequest(
        body=body,
        headers={
            "content-type": content_type,
            "x-slack-request-timestamp": now,
            "x-slack-signature": signature or "",
        },
    )
