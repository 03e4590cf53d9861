"""Turns what was asked into what will be sent: the thread it belongs to, the reply, and who may see it."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.catalog_file import CatalogFile
from bot.question.thread import Thread
from bot.reply import Reply, reply
from bot.slack.asked import Asked
from bot.slack.delivery import Letter
from bot.slack.sharing import with_note
from bot.state import State, WorkspaceSettings, settings_for_actor

CONVERSATION = timedelta(minutes=60)
SETTINGS_KEPT_SECONDS = 10.0
SETTINGS_KEPT = 4096
SAMPLE = "/compare gpt-4.1-mini gpt-5.4"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reply, ready to go."""

    reply: Reply
    letter: Letter


@dataclass(slots=True)
class Desk:
    """Answers questions from the catalog and the workspace's own state; `now` is the clock."""

    catalog: CatalogFile
    state: State
    now: Callable[[], datetime]
    _settings: OrderedDict[tuple[str, str], tuple[float, WorkspaceSettings]] = field(default_factory=OrderedDict)

    async def prepare(self, asked: Asked) -> Prepared:
        """Answer what was asked; raise StateUnavailable where that needs a state that cannot be reached."""
        settings = settings_for_actor(
            await self._settings_of(asked.workspace, asked.channel), asked.workspace, asked.actor_workspace
        )
        answered = await self._reply(asked)
        alone = answered.for_asker_alone or settings.visibility == "asker"
        letter = Letter(answered.message.text, answered.message.blocks, alone)
        private = alone or asked.surface == "direct"
        return Prepared(answered, with_note(letter, settings.private_note) if private else letter)

    async def remember(self, asked: Asked, answered: Reply) -> None:
        """Keep the conversation for follow-ups: under its thread, and as this person's last one in the channel."""
        if answered.thread.is_empty:
            return
        kept = answered.thread.model_dump_json()
        if asked.root is not None:
            await self.state.save_thread(asked.workspace, asked.channel, asked.root, asked.user, kept)
        await self.state.save_last(asked.workspace, asked.channel, asked.user, kept)

    async def remember_answer(self, asked: Asked, answered: Reply, ts: str) -> None:
        """Keep the conversation under the bot's own message, whose thread people may go on in."""
        if not answered.thread.is_empty:
            kept = answered.thread.model_dump_json()
            await self.state.save_thread(asked.workspace, asked.channel, ts, asked.user, kept)

    async def _reply(self, asked: Asked) -> Reply:
        catalog, today = self.catalog.current(), self.now().date()
        thread = await self._thread(asked)
        answered = reply(asked.text, thread, catalog, today)
        if asked.thread_ts is None and asked.surface != "direct" and not answered.question.models:
            last = await self._last(asked)
            if last is not None:
                return reply(asked.text, last.taken_up(), catalog, today)
        return answered

    async def _thread(self, asked: Asked) -> Thread:
        if asked.thread_ts is not None:
            kept = await self.state.thread(asked.channel, asked.thread_ts, workspace=asked.workspace)
            return Thread() if kept is None else Thread.model_validate_json(kept)
        if asked.surface == "direct":
            return await self._last(asked) or Thread()
        return Thread()

    async def _last(self, asked: Asked) -> Thread | None:
        kept = await self.state.last_comparison(asked.channel, asked.user, CONVERSATION, workspace=asked.workspace)
        return None if kept is None else Thread.model_validate_json(kept)

    async def _settings_of(self, workspace: str, channel: str) -> WorkspaceSettings:
        """Return the channel's settings, at most SETTINGS_KEPT_SECONDS old."""
        key, moment = (workspace, channel), time.monotonic()
        kept = self._settings.get(key)
        if kept is not None and moment - kept[0] < SETTINGS_KEPT_SECONDS:
            return kept[1]
        settings = await self.state.settings(workspace, channel)
        self._settings[key] = (moment, settings)
        self._settings.move_to_end(key)
        if len(self._settings) > SETTINGS_KEPT:
            self._settings.popitem(last=False)
        return settings


def warm_up(catalog: CatalogFile, today: date) -> None:
    """Answer something, so that the first person does not wait for what is made at first use."""
    reply(SAMPLE, Thread(), catalog.current(), today)
