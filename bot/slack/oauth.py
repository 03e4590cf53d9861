"""Installing in many workspaces: the install flow, its pages, and who we are in each request."""

import logging
import re
import secrets
from collections.abc import Sequence

import aiohttp
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.install_pages import failure_page, install_page, success_page
from bot.slack.installations import Installations
from bot.slack.installed import InstalledAuthorize
from bot.state import BadKey, State, StateUnavailable

HEADERS: dict[str, str | Sequence[str]] = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
log = logging.getLogger(__name__)


class OAuthStates(AsyncOAuthStateStore):
    """States of the install flow in our State: each holds once, for 10 minutes, in whichever process."""

    def __init__(self, state: State) -> None:
        """Over an open State."""
        self._state = state

    @property
    def logger(self) -> logging.Logger:
        """Where Bolt's base class expects one."""
        return log

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """A new state that nobody can guess. StateUnavailable."""
        issued = secrets.token_urlsafe(32)
        await self._state.issue_oauth_state(issued)
        return issued

    async def async_consume(self, state: str) -> bool:
        """Whether the state is ours, young and unused; it is used now. StateUnavailable."""
        return state.isascii() and state.isprintable() and await self._state.consume_oauth_state(state)


class InstallFlow(AsyncOAuthFlow):
    """Bolt's flow, with our pages, and with a page instead of a traceback when Slack or the store fails."""

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        """The page with the button."""
        return install_page(url)

    async def handle_installation(self, request: AsyncBoltRequest) -> BoltResponse:
        """GET /slack/install."""
        try:
            response = await super().handle_installation(request)
        except StateUnavailable as error:
            return _unavailable(error)
        return BoltResponse(status=response.status, body=response.body, headers=response.headers | HEADERS)

    async def handle_callback(self, request: AsyncBoltRequest) -> BoltResponse:
        """GET /slack/oauth_redirect."""
        try:
            return await super().handle_callback(request)
        except StateUnavailable as error:
            return _unavailable(error)

    async def run_installation(self, code: str) -> Installation | None:
        """Exchanges the code for tokens; None when Slack refuses or cannot be reached."""
        try:
            return await super().run_installation(code)
        except (aiohttp.ClientError, TimeoutError, SlackClientError, ValueError) as error:
            log.warning("Slack could not be asked for the tokens of an installation: %s", type(error).__name__)
            return None

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Stores the installation; BoltError, which becomes a page, when it cannot."""
        try:
            await super().store_installation(request, installation)
        except (StateUnavailable, BadKey, ValueError) as error:
            log.error("An installation could not be stored: %s", error)  # noqa: TRY400 - the traceback holds tokens
            raise BoltError("the installation could not be stored") from None


def install_flow(
    *,
    state: State,
    client: AsyncWebClient,
    client_id: str,
    client_secret: str,
    scopes: Sequence[str],
    redirect_uri: str | None = None,
    authorization_url: str | None = None,
    command: str = "/compare",
) -> tuple[InstallFlow, InstalledAuthorize]:
    """The flow for `AsyncApp(oauth_flow=…)`, and the authorization that the app takes from it.

    `client` carries Slack's base URL and no token. The authorization wants `evict` on uninstall, `close` at shutdown.
    """
    authorize = InstalledAuthorize(state, client, client_id, client_secret)

    async def success(args: AsyncSuccessArgs) -> BoltResponse:
        clear: dict[str, str | Sequence[str]] = {
            "Set-Cookie": args.settings.state_utils.build_set_cookie_for_deletion()
        }
        return BoltResponse(status=200, body=success_page(args.installation, command), headers=HEADERS | clear)

    async def failure(args: AsyncFailureArgs) -> BoltResponse:
        log.warning("An installation failed: %s", re.sub(r"\W", "_", args.reason)[:40])
        return BoltResponse(status=args.suggested_status_code, body=failure_page(args.reason), headers=HEADERS)

    settings = AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=list(scopes),
        user_scopes=[],
        redirect_uri=redirect_uri,
        authorization_url=authorization_url,
        installation_store=Installations(state),
        installation_store_bot_only=True,
        state_store=OAuthStates(state),
        callback_options=AsyncCallbackOptions(success=success, failure=failure),
    )
    settings.authorize = authorize
    quiet = logging.getLogger(f"{__name__}.flow")
    quiet.addFilter(_without_code)
    return InstallFlow(client=client, logger=quiet, settings=settings), authorize


def _unavailable(error: StateUnavailable) -> BoltResponse:
    log.error("%s", error)
    return BoltResponse(status=503, body=failure_page("storage_error"), headers=HEADERS)


def _without_code(record: logging.LogRecord) -> bool:
    """Bolt logs the one-time code of a failed installation; we do not."""
    record.msg = re.sub(r"(with code: )\S+", r"\1…", str(record.msg))
    return True
