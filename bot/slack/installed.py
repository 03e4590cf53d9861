"""Who we are in a request when many workspaces have installed us: looked up, kept for a minute, tokens kept fresh.

Slack is never asked (`auth.test`): everything it would say was stored at installation.
"""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.installations import SECRET, to_installation, workspace_of
from bot.state import BadKey, Installed, State, StateUnavailable

CACHED = timedelta(seconds=60)  # how long another process may not notice an uninstall
REFRESH_BEFORE = timedelta(hours=2)
WAIT_SECONDS = 2.0  # Slack wants its answer within three
POLL_SECONDS = 0.2
_ANY_AGE_MINUTES = 10**6
log = logging.getLogger(__name__)


class InstalledAuthorize(AsyncAuthorize):
    """Bolt's `authorize` over our installations. It raises StateUnavailable; None means not installed."""

    def __init__(self, state: State, client: AsyncWebClient, client_id: str, client_secret: str) -> None:
        """`client` carries Slack's base URL and no token; it is used for refreshing tokens only."""
        self._state = state
        self._rotator = AsyncTokenRotator(client_id=client_id, client_secret=client_secret, client=client)
        self._cache: dict[str, tuple[AuthorizeResult, datetime]] = {}
        self._evictions = 0
        self._refreshes: dict[str, asyncio.Task[None]] = {}

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """The installation that this request came through."""
        workspace = workspace_of(enterprise_id, team_id, context.is_enterprise_install)
        return await self.installed(workspace) if workspace else None

    async def installed(self, workspace: str) -> AuthorizeResult | None:
        """The bot and its token in a workspace; None when it is not installed there, or its token cannot be renewed."""
        result, until = self._cache.get(workspace, (None, self._state.now()))
        if result is not None and self._state.now() < until:
            return result
        self._cache.pop(workspace, None)
        evictions = self._evictions
        try:
            found = await self._fresh(workspace)
        except BadKey as error:
            log.error("%s", error)  # noqa: TRY400 - one line says it
            return None
        if found is None:
            return None
        result = _result(found)
        # A token that is due is looked up again, to find the new one; one evicted meanwhile may be gone already.
        if not self._is_due(found) and evictions == self._evictions:
            self._cache[workspace] = (result, self._state.now() + CACHED)
        return result

    def evict(self, workspace: str) -> None:
        """Forgets what is cached: on uninstall, and when Slack says that the token is revoked."""
        self._cache.pop(workspace, None)
        self._evictions += 1

    async def close(self) -> None:
        """Lets running refreshes finish: Slack takes each refresh token once, so a broken one would lock us out."""
        await asyncio.gather(*self._refreshes.values(), return_exceptions=True)

    async def _fresh(self, workspace: str) -> Installed | None:
        """The installation with a token that holds; waits for a refresh only where the token has run out."""
        found = await self._state.installation(workspace)
        if found is None or not self._is_due(found):
            return found
        refresh = self._refreshes.get(workspace) or self._start_refresh(workspace)
        if self._holds(found):
            return found
        await asyncio.wait({refresh}, timeout=WAIT_SECONDS)
        found = await self._state.installation(workspace)
        return found if found and self._holds(found) else None

    def _start_refresh(self, workspace: str) -> asyncio.Task[None]:
        refresh = asyncio.create_task(self._refresh(workspace), name=f"refresh {workspace}")
        self._refreshes[workspace] = refresh
        refresh.add_done_callback(lambda _: self._refreshes.pop(workspace, None))
        return refresh

    async def _refresh(self, workspace: str) -> None:
        """Renews the tokens, or waits for the process that does. A failed try keeps the lease: 30 s until the next."""
        try:
            lease, found = await self._lease(workspace)
            if lease is None or found is None or not self._is_due(found):
                return
            renewed = await self._rotator.perform_bot_token_rotation(
                bot=to_installation(found).to_bot(), minutes_before_expiration=_ANY_AGE_MINUTES
            )
        except (SlackClientError, aiohttp.ClientError, TimeoutError, StateUnavailable, BadKey) as error:
            log.warning("The token of workspace %s could not be refreshed: %s", workspace, type(error).__name__)
            return
        if renewed is None:
            log.warning("The token of workspace %s was not refreshed: Slack gave none", workspace)
            return
        tokens = {name: value for name, value in vars(renewed).items() if name in SECRET}
        await self._keep(found, {**found.secrets, **tokens})

    async def _lease(self, workspace: str) -> tuple[str | None, Installed | None]:
        """The right to refresh, and what to refresh; waits for another process while the token is of no use."""
        while True:
            lease = await self._state.lease_refresh(workspace)
            found = await self._state.installation(workspace)
            if lease or found is None or self._holds(found):
                return lease, found
            await asyncio.sleep(POLL_SECONDS)

    async def _keep(self, replaced: Installed, tokens: dict[str, Any]) -> None:
        """Stores renewed tokens, trying for half a minute: Slack would not give them again."""
        for pause in (0.1, 1, 5, 20, 0):
            try:
                kept = await self._state.save_refreshed(replaced, tokens)
            except StateUnavailable as error:
                log.warning("The refreshed token of workspace %s is not stored yet: %s", replaced.workspace, error)
                await asyncio.sleep(pause)
                continue
            if not kept:
                log.warning(
                    "The refreshed token of workspace %s was dropped: uninstalled meanwhile", replaced.workspace
                )
            return
        log.error(
            "The refreshed token of workspace %s is lost; the app must be installed there again", replaced.workspace
        )

    def _is_due(self, found: Installed) -> bool:
        expires = _expires(found)
        if expires is None or not found.secrets["bot_refresh_token"]:
            return False
        return expires - self._state.now() < REFRESH_BEFORE

    def _holds(self, found: Installed) -> bool:
        expires = _expires(found)
        return expires is None or expires > self._state.now()


def _expires(found: Installed) -> datetime | None:
    seconds: int | None = found.secrets["bot_token_expires_at"]
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None


def _result(found: Installed) -> AuthorizeResult:
    installation = to_installation(found)
    return AuthorizeResult(
        enterprise_id=installation.enterprise_id,
        team_id=installation.team_id,
        team=installation.team_name,
        bot_id=installation.bot_id,
        bot_user_id=installation.bot_user_id,
        bot_token=installation.bot_token,
        bot_scopes=installation.bot_scopes,
    )
