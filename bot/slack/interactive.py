"""Everything that people do with the bot's messages and its compare modal, registered with the Bolt app."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.message.compare_modal import CALLBACK
from bot.message.controls import CSV, DELETE, FEEDBACK, PREFIX
from bot.slack.attend import Attendant, Declined
from bot.slack.clicks import Click, Clicks, read_click
from bot.slack.delivery import Refused
from bot.slack.files import NOT_A_MEMBER, send_file
from bot.slack.modal import asked_by_modal
from bot.slack.tasks import Tasks
from bot.slack.type_ahead import menu_of

ANYTHING = re.compile(".*", re.DOTALL)
OF_A_SCENARIO = re.compile(f"^{re.escape(PREFIX)}")
JSON: dict[str, str | Sequence[str]] = {"content-type": "application/json"}
CSV_NAME = "comparison.csv"
INVITE_FIRST = "I can send files only where I am a member. Please invite me to this channel, then click again."


@dataclass(frozen=True, slots=True)
class Interactive:
    """The listeners for clicks, type-ahead and the compare modal."""

    attendant: Attendant
    tasks: Tasks

    def register(self, app: AsyncApp) -> None:
        """Add the listeners."""
        app.action({"block_id": OF_A_SCENARIO, "action_id": ANYTHING})(self.click)
        app.options(ANYTHING)(self.suggest)
        app.view(CALLBACK)(self.submit)

    async def click(self, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """Take a click at once and do what it asks for."""
        click = read_click(body, context)
        if click is not None and context.client is not None:
            self.tasks.start(self._follow(context.client, click))
        return BoltResponse(status=200)

    async def suggest(self, body: Mapping[str, Any]) -> BoltResponse:
        """Offer models for what somebody has typed so far."""
        desk = self.attendant.desk
        menu = menu_of(desk.catalog.current(), desk.now().date())
        options = menu.options(str(body.get("value") or ""))
        return BoltResponse(status=200, body=orjson.dumps({"options": options}).decode(), headers=JSON)

    async def submit(self, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """Take a filled-in modal: say beside the fields what is wrong with them, or close it and answer."""
        desk = self.attendant.desk
        asked, filled = asked_by_modal(body, context, desk.catalog.current().offerings)
        if filled.errors:
            response = {"response_action": "errors", "errors": filled.errors}
            return BoltResponse(status=200, body=orjson.dumps(response).decode(), headers=JSON)
        if context.client is not None:
            self.tasks.start(self.attendant.attend(context.client, asked, lambda: desk.prepare(asked)))
        return BoltResponse(status=200)

    async def _follow(self, client: AsyncWebClient, click: Click) -> None:
        asked, clicks = click.asked, Clicks(self.attendant.desk)
        if click.action == FEEDBACK:
            await self.attendant.act(client, asked.once_per(FEEDBACK, click.key), lambda: self._judge(click))
        elif click.action == DELETE:
            await self.attendant.act(client, asked, lambda: self._delete(client, click, clicks))
        elif click.action == CSV:
            await self.attendant.act(client, asked, lambda: self._send_table(client, click, clicks))
        else:
            await self.attendant.attend(client, asked, lambda: clicks.prepare(click))

    async def _judge(self, click: Click) -> None:
        vote, _, kind = click.text.partition(":")
        await self.attendant.desk.state.count_feedback(click.asked.workspace, kind, vote == "up")

    async def _delete(self, client: AsyncWebClient, click: Click, clicks: Clicks) -> None:
        await clicks.check_may_delete(click)
        await self.attendant.post.delete(client, click.asked)

    async def _send_table(self, client: AsyncWebClient, click: Click, clicks: Clicks) -> None:
        table = await clicks.table(click)
        try:
            await send_file(client, self.attendant.post, click.asked, CSV_NAME, table)
        except Refused as refusal:
            if refusal.reason in NOT_A_MEMBER:
                raise Declined(INVITE_FIRST) from refusal
            raise
