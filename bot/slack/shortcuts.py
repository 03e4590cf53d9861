"""The shortcuts: what a message would cost as input, and the compare form from anywhere."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.manifest import COMPARE_SHORTCUT, ESTIMATE
from bot.message.elements import MOST_MODELS
from bot.message.estimate import NOTHING_TO_COUNT, estimate_question
from bot.reply import reply
from bot.slack.app import Attend
from bot.slack.asked import Asked
from bot.slack.desk import Desk, new_thread
from bot.slack.modal import open_compare_modal
from bot.slack.prepared import Prepared, prepared
from bot.slack.scenario import Scenario, Step, new_scenario
from bot.slack.scopes import granted
from bot.slack.tasks import Tasks
from bot.slack.visitor import Visitor, visitor_of
from bot.state import WorkspaceSettings
from bot.tokens import as_people_see, count_tokens
from catalog.lookup import Catalog

TRIO = ("openai/gpt-5.4", "anthropic/claude-sonnet-5", "google/gemini-3.8-flash")
"""What a message is priced for where a workspace has not chosen favourites."""


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """Listens to both shortcuts."""

    desk: Desk
    attend: Attend
    tasks: Tasks

    def register(self, app: AsyncApp) -> None:
        """Add the listeners to the app."""
        app.shortcut({"type": "message_action", "callback_id": ESTIMATE})(self.estimate)
        app.shortcut({"type": "shortcut", "callback_id": COMPARE_SHORTCUT})(self.compare)

    async def compare(self, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """Open the compare modal."""
        visitor = visitor_of(body, context)
        self.tasks.start(open_compare_modal(visitor.client, str(body["trigger_id"]), None))
        return BoltResponse(status=200)

    async def estimate(self, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """Tell the person alone what the message would cost as input."""
        visitor = visitor_of(body, context)
        message: Mapping[str, Any] = body.get("message") or {}
        asked = Asked(
            surface="command",
            key=f"shortcut:{body['trigger_id']}",
            workspace=visitor.workspace,
            actor_workspace=visitor.actor_workspace,
            user=visitor.user,
            channel=str((body.get("channel") or {}).get("id", "")),
            text="",
            thread_ts=message.get("thread_ts") or None,
            response_url=body.get("response_url") or None,
            scopes=granted(context),
        )
        text = as_people_see(str(message.get("text") or ""))
        self.tasks.start(self.attend(visitor.client, asked, lambda: self._estimated(asked, visitor, text)))
        return BoltResponse(status=200)

    async def _estimated(self, asked: Asked, visitor: Visitor, text: str) -> Prepared:
        tokens = await asyncio.to_thread(count_tokens, text)
        settings = await self.desk.settings_of(asked)
        catalog = self.desk.catalog.current()
        offerings = _priced_for(settings if visitor.is_member else WorkspaceSettings(), catalog)
        question = estimate_question(offerings, tokens) if tokens else "help"
        thread = new_thread(settings)
        step = Step(before=thread, text=question)
        scenario = Scenario(asker=asked.user, place="alone", steps=(step,), counted=tokens)
        answered = reply(question, thread, catalog, self.desk.now().date())
        made = prepared(asked, settings, answered, catalog, new_scenario(asked.workspace, scenario))
        if tokens:
            return made
        return replace(made, letter=replace(made.letter, text=NOTHING_TO_COUNT, blocks=[]))


def _priced_for(settings: WorkspaceSettings, catalog: Catalog) -> list[str]:
    """The workspace's favourites that there still are; with fewer than two, the usual three beside them."""
    favourites = [each for each in settings.favourites if each in catalog.offerings]
    usual = [each for each in TRIO if each in catalog.offerings]
    chosen = favourites if len(favourites) > 1 else [*favourites, *usual]
    return list(dict.fromkeys(chosen))[:MOST_MODELS]
