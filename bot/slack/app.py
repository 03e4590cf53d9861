"""The Bolt app: which request is what. Slack is answered at once; replies follow as tasks of our own."""

import asyncio
import os
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, cast

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import FAILURES, REDELIVERIES
from bot.slack.asked import Asked, asked_by_command, asked_by_event, installed_in
from bot.slack.attend import BROKEN, Declined, Prepare
from bot.slack.logs import LOGGER, new_reference, quieten_libraries, where
from bot.slack.modal import open_compare_modal
from bot.slack.prepared import Prepared
from bot.slack.sharing import FindSibling, is_for, sibling_mentioned
from bot.slack.tasks import Tasks

PATIENCE_BEFORE_ACK = 1.0  # seconds, of the three that Slack waits
NOT_INSTALLED = (
    "This workspace's installation of the app is gone or incomplete. Please ask an administrator to install it again."
)
BARE = "/compare"  # a command without a text
NOT_OPENED = (
    "The form could not be opened. Please type /compare again, or name the models: `/compare gpt-4.1-mini gpt-5.4`"
)
ANYTHING = re.compile(".*", re.DOTALL)

Attend = Callable[[AsyncWebClient, Asked, Prepare], Coroutine[Any, Any, None]]
Forget = Callable[[str, Mapping[str, Any]], Awaitable[None]]
_AuthorizeFunction = Callable[..., Awaitable[AuthorizeResult]]


@dataclass(frozen=True, slots=True)
class Listeners:
    """What happens for each kind of request."""

    at_once: Callable[[Asked], Prepared | None]
    prepare: Callable[[Asked], Coroutine[Any, Any, Prepared]]
    attend: Attend
    tasks: Tasks
    find_sibling: FindSibling
    forget: Forget  # called with a workspace and the event that says it uninstalled the app

    async def command(self, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """Answer a slash command; where everybody will see the answer, everybody sees the command too."""
        asked = asked_by_command(body, context)
        trigger = str(body.get("trigger_id") or "")
        if asked.text == BARE and trigger:
            self.tasks.start(self._open_modal(_client(context), asked, trigger))
            return BoltResponse(status=200)
        prepared = self.at_once(asked)
        if prepared is None:
            preparing = self.tasks.start(self.prepare(asked))
            await asyncio.wait({preparing}, timeout=PATIENCE_BEFORE_ACK)
            self.tasks.start(self.attend(_client(context), asked, lambda: preparing))
            is_public = _is_public(preparing)
        else:
            self.tasks.start(self.attend(_client(context), asked, lambda: _given(prepared)))
            is_public = not prepared.letter.alone
        return BoltResponse(status=200, body={"response_type": "in_channel"} if is_public else "")

    async def event(self, body: Mapping[str, Any], context: AsyncBoltContext, request: AsyncBoltRequest) -> None:
        """Answer a mention or a direct message, forget a workspace that leaves, and let every other event be."""
        if "x-slack-retry-num" in request.headers:
            REDELIVERIES.inc()
        event = body["event"]
        if event["type"] == "app_uninstalled" or (
            event["type"] == "tokens_revoked" and event.get("tokens", {}).get("bot")
        ):
            self.tasks.start(self._forget(installed_in(context), body))
            return
        asked = asked_by_event(body, context)
        if asked is not None:
            self.tasks.start(self._attend_event(asked, context))

    async def interaction(self) -> BoltResponse:
        """Take a click that nothing answers."""
        return BoltResponse(status=200)

    async def failure(self, error: Exception, context: AsyncBoltContext, body: Mapping[str, Any]) -> BoltResponse:
        """Tell the asker, and the log, that a request could not even be begun; Slack need not send it again."""
        reference = new_reference()
        FAILURES.labels("broken").inc()
        LOGGER.error("no answer: reference=%s type=%s (%s)", reference, body.get("type", "command"), where(error))
        if "command" in body:
            return BoltResponse(
                status=200, body={"response_type": "ephemeral", "text": f"{BROKEN} (Reference: {reference})"}
            )
        return BoltResponse(status=200)

    async def _open_modal(self, client: AsyncWebClient, asked: Asked, trigger: str) -> None:
        """Open the compare modal; where Slack does not, as when that is too late, say so."""
        if not await open_compare_modal(client, trigger, asked.channel):
            await self.attend(client, asked, _not_opened)

    async def _attend_event(self, asked: Asked, context: AsyncBoltContext) -> None:
        client = _client(context)
        if asked.surface == "mention" and not is_for(context.bot_user_id, asked.text):
            sibling = await sibling_mentioned(asked.text, self.find_sibling)
            if sibling is None:
                return
            client.token = sibling.token
            asked = replace(asked, workspace=sibling.workspace)
        await self.attend(client, asked, lambda: self.prepare(asked))

    async def _forget(self, workspace: str, body: Mapping[str, Any]) -> None:
        try:
            await self.forget(workspace, body)
        except ConnectionError as error:
            LOGGER.error("workspace=%s uninstalled the app, but could not be forgotten (%s)", workspace, where(error))


def build_app(
    listeners: Listeners,
    client: AsyncWebClient,
    authorize: AsyncAuthorize,
    signing_secret: str,
    oauth_flow: AsyncOAuthFlow | None = None,
    surfaces: Sequence[Callable[[AsyncApp], None]] = (),
) -> AsyncApp:
    """Return the Bolt app; `client` has the API's address and session, but no token.

    What each of `surfaces` registers comes before the listeners for everything else.
    """
    with _settings_hidden_from_bolt():
        app = AsyncApp(
            name="comparebot",
            signing_secret=signing_secret,
            client=client,
            authorize=cast(_AuthorizeFunction, authorize),  # Bolt takes AsyncAuthorize objects but does not declare it
            oauth_flow=oauth_flow,
            process_before_response=True,
            attaching_conversation_kwargs_enabled=False,
            user_facing_authorize_error_message=NOT_INSTALLED,
        )
    app.command(ANYTHING)(listeners.command)  # first: Bolt tries one listener after the other, which costs time
    for add_to in surfaces:
        add_to(app)
    app.event(ANYTHING)(listeners.event)
    for register in (app.action, app.options, app.view, app.shortcut):
        register(ANYTHING)(listeners.interaction)
    app.error(listeners.failure)
    quieten_libraries()
    return app


@contextmanager
def _settings_hidden_from_bolt() -> Iterator[None]:
    """Bolt reads these on its own and would switch on an OAuth of its own that keeps tokens in plain files."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _client(context: AsyncBoltContext) -> AsyncWebClient:
    if context.client is None:
        raise RuntimeError("Bolt made no client for this request")
    return context.client


async def _not_opened() -> Prepared:
    raise Declined(NOT_OPENED)


async def _given(prepared: Prepared) -> Prepared:
    return prepared


def _is_public(preparing: asyncio.Task[Prepared]) -> bool:
    if not preparing.done() or preparing.cancelled() or preparing.exception() is not None:
        return False
    return not preparing.result().letter.alone
