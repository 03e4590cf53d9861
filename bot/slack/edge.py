"""Everything that a running bot consists of, put together and taken apart again."""

import asyncio
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

import aiohttp
import orjson
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.catalog_file import CatalogFile
from bot.manifest import BOT_SCOPES
from bot.metrics import LOST
from bot.settings import BadSettings, Settings
from bot.slack.app import Forget, Listeners, build_app
from bot.slack.attend import Attendant
from bot.slack.delivery import Post
from bot.slack.desk import Desk, warm_up
from bot.slack.home import HomeTab
from bot.slack.interactive import Interactive
from bot.slack.logs import LOGGER
from bot.slack.oauth import install_flow
from bot.slack.one_workspace import OneWorkspace
from bot.slack.sharing import FindSibling, Sibling
from bot.slack.shortcuts import Shortcuts
from bot.slack.tasks import Tasks, pause
from bot.slack.workflow import WorkflowStep
from bot.state import BadKey, State, StateUnavailable, utc_now
from bot.state.errors import BadStateUrl

SLACK_TIMEOUT = 30  # seconds for one call of Slack's API
READY_TIMEOUT = 2.0  # seconds until a store that does not answer counts as unreachable
SECONDS_BETWEEN_CLEANINGS = 3600.0


@dataclass(slots=True)
class Edge:
    """A running bot: its app and what the app stands on."""

    app: AsyncApp
    catalog: CatalogFile
    state: State
    tasks: Tasks
    session: aiohttp.ClientSession
    upkeep: list[asyncio.Task[None]]
    closing: asyncio.Event
    verifier: SignatureVerifier
    _finish_refreshes: Callable[[], Awaitable[None]]

    @classmethod
    async def start(
        cls, settings: Settings, *, now: Callable[[], datetime] = utc_now, catalog: CatalogFile | None = None
    ) -> Self:
        """Start the bot; raise BadSettings or OSError with one line when something that it needs is missing.

        `catalog` is the one in use already, where there is one.
        """
        catalog = catalog or CatalogFile(settings.catalog, settings.dropped_sources)
        await asyncio.to_thread(warm_up, catalog, now().date())
        try:
            state = await State.open(settings.state_url, keys=settings.encryption_keys, now=now)
        except (BadKey, BadStateUrl) as error:
            raise BadSettings(str(error)) from None
        session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=SLACK_TIMEOUT), json_serialize=_json, trust_env=True
        )
        try:
            return await cls._assemble(settings, catalog, state, session, now)
        except BaseException:
            await session.close()
            await state.close()
            raise

    @classmethod
    async def _assemble(
        cls,
        settings: Settings,
        catalog: CatalogFile,
        state: State,
        session: aiohttp.ClientSession,
        now: Callable[[], datetime],
    ) -> Self:
        # The SDK's own retries would post a message twice when a connection breaks after Slack took it.
        client = AsyncWebClient(base_url=settings.api_url, session=session, timeout=SLACK_TIMEOUT, retry_handlers=[])
        tasks = Tasks()
        closing = asyncio.Event()
        upkeep: list[asyncio.Task[None]] = []
        if settings.is_one_workspace:
            who = await _one_workspace(settings, client, state, upkeep, closing)
        else:
            who = _many_workspaces(settings, client, state)
        owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        desk = Desk(catalog, state, now)
        attendant = Attendant(desk, Post(session, settings.command), owner, who.evict)
        # Socket Mode signs nothing, but Bolt wants a secret: one that nobody knows.
        signing = settings.signing_secret
        secret = secrets.token_hex(32) if signing is None else signing.get_secret_value()
        listeners = Listeners(
            desk.at_once, desk.prepare, attendant.attend, tasks, who.find_sibling, _forgetting(state, who.evict)
        )
        home = HomeTab(desk, attendant.attend, tasks, settings.command)
        shortcuts = Shortcuts(desk, attendant.attend, tasks)
        step = WorkflowStep(desk, tasks, settings.command)
        interactive = Interactive(attendant, tasks)
        surfaces = [home.register, shortcuts.register, step.register, interactive.register]
        app = build_app(listeners, client, who.authorize, secret, who.flow, surfaces)
        upkeep.append(asyncio.create_task(_clean(state, closing)))
        return cls(app, catalog, state, tasks, session, upkeep, closing, SignatureVerifier(secret), who.close)

    async def faults(self) -> list[str]:
        """Return why the bot is not ready, one line each; nothing when it is."""
        if self.closing.is_set():
            return ["the server is shutting down"]
        faults = []
        try:
            async with asyncio.timeout(READY_TIMEOUT):
                await self.state.ping()
        except (StateUnavailable, TimeoutError):
            faults.append("the state store cannot be reached")
        try:
            self.catalog.current()
        except (OSError, ValueError):
            faults.append("the catalog cannot be read")
        return faults

    async def update_metrics(self) -> None:
        """Read the counters that live in the state."""
        try:
            async with asyncio.timeout(READY_TIMEOUT):
                LOST.set(await self.state.lost_replies())
        except (StateUnavailable, TimeoutError):
            pass

    async def close(self, patience: float = 10.0) -> None:
        """Finish what is in flight, for at most `patience` seconds, and let go of everything."""
        self.closing.set()
        await asyncio.gather(*self.upkeep, return_exceptions=True)
        late = await self.tasks.drain(patience)
        if late:
            LOGGER.warning("%d replies were given up because the server had to stop", late)
        await self._finish_refreshes()
        await self.session.close()
        await self.state.close()


@dataclass(frozen=True, slots=True)
class _Who:
    """How the bot knows who it is, for one workspace or for many."""

    authorize: AsyncAuthorize
    flow: AsyncOAuthFlow | None
    evict: Callable[[str], None]
    find_sibling: FindSibling
    close: Callable[[], Awaitable[None]]


async def _one_workspace(
    settings: Settings,
    client: AsyncWebClient,
    state: State,
    upkeep: list[asyncio.Task[None]],
    closing: asyncio.Event,
) -> _Who:
    token = settings.bot_token.get_secret_value() if settings.bot_token is not None else ""
    authorize = OneWorkspace(client, token)
    if await authorize.identify():
        await state.installed(authorize.workspace or "")
    else:
        LOGGER.warning("Slack cannot be reached at %s; trying again", settings.api_url)
        upkeep.append(asyncio.create_task(authorize.identify_later(closing)))

    async def no_sibling(_: str) -> None:
        return None

    async def nothing_to_finish() -> None:
        return None

    return _Who(authorize, None, lambda _: None, no_sibling, nothing_to_finish)


def _many_workspaces(settings: Settings, client: AsyncWebClient, state: State) -> _Who:
    secret = settings.client_secret.get_secret_value() if settings.client_secret is not None else ""
    flow, authorize = install_flow(
        state=state,
        client=client,
        client_id=settings.client_id or "",
        client_secret=secret,
        scopes=BOT_SCOPES,
        command=settings.command,
    )

    async def find_sibling(bot_user: str) -> Sibling | None:
        installed = await state.installation_of_bot(bot_user)
        known = None if installed is None else await authorize.installed(installed.workspace)
        if installed is None or known is None or known.bot_token is None:
            return None
        return Sibling(installed.workspace, known.bot_token)

    return _Who(authorize, flow, authorize.evict, find_sibling, authorize.close)


def _forgetting(state: State, evict: Callable[[str], None]) -> Forget:
    async def forget(workspace: str, body: Mapping[str, Any]) -> None:
        evict(workspace)
        second = body.get("event_time")  # the whole second that it happened in
        at = datetime.fromtimestamp(second + 1, UTC) if isinstance(second, int) else None
        is_forgotten = await state.forget_workspace(workspace, uninstalled_at=at)
        evict(workspace)  # a request in between may have read it once more, or be reading it
        if is_forgotten:
            LOGGER.info("workspace=%s uninstalled the app; everything of it was deleted", workspace)

    return forget


async def _clean(state: State, closing: asyncio.Event) -> None:
    while not closing.is_set():
        try:
            await state.expire()
        except StateUnavailable:
            LOGGER.warning("old entries could not be deleted from the state store; trying again in an hour")
        await pause(closing, SECONDS_BETWEEN_CLEANINGS)


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
