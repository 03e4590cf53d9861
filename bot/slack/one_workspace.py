"""Who we are where one bot token serves one workspace: asked of Slack once, at the start."""

import asyncio

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import BadSettings
from bot.slack.logs import LOGGER
from bot.slack.scopes import stated
from bot.slack.tasks import pause

SECONDS_BETWEEN_TRIES = 5.0
REFUSALS = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "no_permission"}
)


class OneWorkspace(AsyncAuthorize):
    """Authorises every request with the one token; never asks Slack on a request."""

    def __init__(self, client: AsyncWebClient, token: str) -> None:
        """Use `identify` before serving; until Slack answered, the bot does not know its own user id."""
        self._client = client
        self._token = token
        self._known: AuthorizeResult | None = None

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
    ) -> AuthorizeResult:
        """Return the one authorisation."""
        return self._known or AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=self._token)

    @property
    def workspace(self) -> str | None:
        """The team id; None as long as Slack could not be reached."""
        return None if self._known is None else self._known.team_id

    async def identify(self) -> bool:
        """Ask Slack who we are; False when it cannot be reached now. BadSettings when it refuses the token."""
        try:
            response = await self._client.auth_test(token=self._token)
        except SlackApiError as error:
            reason = error.response.get("error") if isinstance(error.response.data, dict) else None
            if reason in REFUSALS:
                raise BadSettings(f"SLACK_BOT_TOKEN: Slack does not accept it ({reason})") from None
            return False
        except (aiohttp.ClientError, TimeoutError):
            return False
        self._known = AuthorizeResult(
            enterprise_id=response.get("enterprise_id"),
            team_id=response.get("team_id"),
            bot_id=response.get("bot_id"),
            bot_user_id=response.get("user_id"),
            bot_token=self._token,
            bot_scopes=stated(response.headers),
        )
        return True

    async def identify_later(self, closing: asyncio.Event) -> None:
        """Keep asking until Slack answers, or until the bot closes."""
        while self._known is None and not closing.is_set():
            await pause(closing, SECONDS_BETWEEN_TRIES)
            try:
                await self.identify()
            except BadSettings as refusal:
                LOGGER.error("%s", refusal)
                return
