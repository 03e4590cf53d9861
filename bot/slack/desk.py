"""Turns what was asked into what will be sent: the thread it belongs to, the reply, and who may see it."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from bot.catalog_file import CatalogFile
from bot.message.elements import asked_again, usage_of
from bot.question.model import Defaults
from bot.question.thread import Thread
from bot.reply import Reply, reply
from bot.slack.asked import Asked
from bot.slack.prepared import Prepared, prepared
from bot.slack.scenario import Kept, Place, Scenario, Step, new_scenario
from bot.slack.type_ahead import menu_of
from bot.state import State, WorkspaceSettings, settings_for_actor
from catalog.lookup import Catalog

CONVERSATION = timedelta(minutes=60)
SETTINGS_KEPT_SECONDS = 10.0
SETTINGS_KEPT = 4096
REPLIES_KEPT = 256
LONGEST_KEPT = 200  # characters of a question
NEW = Thread()
COMPARING = ("compare", "cheapest", "cost", "savings", "difference", "better", "upgrade", "choose", "performance")
SAMPLE = "/compare gpt-4.1-mini gpt-5.4"


class Replies:
    """The latest replies to questions that start afresh: from public prices alone, and so the same for everybody."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Reply] = OrderedDict()
        self._stand: tuple[Catalog, date] | None = None

    def to(self, text: str, thread: Thread, catalog: Catalog, today: date) -> Reply:
        """Return the reply, from memory where the same was asked of the same catalog on the same day."""
        if (thread is not NEW and thread != NEW) or len(text) > LONGEST_KEPT:
            return reply(text, thread, catalog, today)
        if self._stand is None or self._stand[0] is not catalog or self._stand[1] != today:
            self._kept.clear()
            self._stand = (catalog, today)
        kept = self._kept.get(text)
        if kept is None:
            kept = self._kept[text] = reply(text, thread, catalog, today)
            if len(self._kept) > REPLIES_KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(text)
        return kept


@dataclass(slots=True)
class Desk:
    """Answers questions from the catalog and the workspace's own state; `now` is the clock."""

    catalog: CatalogFile
    state: State
    now: Callable[[], datetime]
    _settings: OrderedDict[tuple[str, str], tuple[float, WorkspaceSettings]] = field(default_factory=OrderedDict)
    _replies: Replies = field(default_factory=Replies)

    def at_once(self, asked: Asked) -> Prepared | None:
        """Answer a question that starts afresh where nothing of the state is needed for it; else None."""
        kept = self._kept_settings(asked)
        if kept is None or asked.surface != "command":
            return None
        thread, catalog = new_thread(kept), self.catalog.current()
        answered = self._replies.to(asked.text, thread, catalog, self.now().date())
        return self._prepared(asked, kept, thread, answered, catalog) if answered.question.models else None

    async def prepare(self, asked: Asked) -> Prepared:
        """Answer what was asked; raise StateUnavailable where that needs a state that cannot be reached."""
        settings = await self.settings_of(asked)
        thread, answered = await self._reply(asked, settings)
        return self._prepared(asked, settings, thread, answered, self.catalog.current())

    async def remember(self, asked: Asked, made: Prepared) -> bool:
        """Keep what the message shows, and the conversation for follow-ups: under its thread, and as this person's last
        one in the channel. False, and nothing else is kept, where somebody else changed the same message meanwhile.

        What was not understood at all does not take the place of this person's last comparison, unless it is being asked
        back.
        """
        for each in made.kept:
            scenario = each.scenario.model_dump_json()
            if not await self.state.save_scenario(each.workspace, each.key, scenario, each.version):
                return False
        answered = made.reply
        if answered.thread.is_empty or made.is_aside:
            return True
        kept = _to_keep(answered)
        if asked.root is not None:
            await self.state.save_thread(asked.workspace, asked.channel, asked.root, asked.user, kept)
        is_asked_back = any(problem.kind == "ambiguous_model" for problem in answered.answer.problems)
        if asked.surface == "direct" or is_asked_back or answered.answer.figures or not answered.for_asker_alone:
            await self.state.save_last(asked.workspace, asked.channel, asked.user, kept)
        if answered.question.kind in COMPARING and len(answered.question.models) > 1 and answered.answer.figures:
            await self._note_for_home(asked, answered, made.kept[-1])
        return True

    async def remember_answer(self, asked: Asked, answered: Reply, ts: str, channel: str) -> None:
        """Keep the conversation under the bot's own message, whose thread people may go on in.

        `channel` is where Slack put it: what is sent to a person goes to the direct messages with them.
        """
        if answered.thread.is_empty:
            return
        kept = _to_keep(answered)
        await self.state.save_thread(asked.workspace, channel, ts, asked.user, kept)
        if channel != asked.channel:
            await self.state.save_last(asked.workspace, channel, asked.user, kept)

    def settings_changed(self, workspace: str) -> None:
        """Read the settings of a workspace anew at the next question."""
        for place in [place for place in self._settings if place[0] == workspace]:
            del self._settings[place]

    async def settings_of(self, asked: Asked) -> WorkspaceSettings:
        """Return the channel's settings, at most SETTINGS_KEPT_SECONDS old."""
        return self._kept_settings(asked) or await self._settings_of(asked)

    async def _note_for_home(self, asked: Asked, answered: Reply, shown: Kept) -> None:
        """Note a comparison under the person who asked for it, whoever changed it: one for each message."""
        catalog, question = self.catalog.current(), answered.question
        names = [catalog.display_name(catalog.offerings[each]) for each in question.models]
        title = " · ".join([" or ".join(names), *(each.label for each in usage_of(question))])
        is_public = asked.is_public and shown.scenario.place == "open"
        await self.state.save_recent(
            asked.workspace,
            asked.channel,
            is_public,
            shown.scenario.asker,
            title,
            asked_again(question),
            message=shown.key,
        )

    def _prepared(
        self, asked: Asked, settings: WorkspaceSettings, thread: Thread, answered: Reply, catalog: Catalog
    ) -> Prepared:
        visible = settings_for_actor(settings, asked.workspace, asked.actor_workspace)
        is_alone = answered.for_asker_alone or visible.visibility == "asker"
        place: Place = "direct" if asked.surface == "direct" else "alone" if is_alone else "open"
        scenario = Scenario(asker=asked.user, place=place, steps=(Step(before=thread, text=asked.text),))
        kept = new_scenario(asked.workspace, scenario)
        return prepared(asked, settings, answered, catalog, kept)

    async def _reply(self, asked: Asked, settings: WorkspaceSettings) -> tuple[Thread, Reply]:
        catalog, today = self.catalog.current(), self.now().date()
        thread = await self._thread(asked) or new_thread(settings)
        answered = self._replies.to(asked.text, thread, catalog, today)
        if asked.thread_ts is None and asked.surface != "direct" and not answered.question.models:
            last = await self._last(asked)
            if last is not None:
                return last.taken_up(), reply(asked.text, last.taken_up(), catalog, today)
        return thread, answered

    async def _thread(self, asked: Asked) -> Thread | None:
        if asked.thread_ts is not None:
            kept = await self.state.thread(asked.channel, asked.thread_ts, workspace=asked.workspace)
            return None if kept is None else Thread.model_validate_json(kept)
        return await self._last(asked) if asked.surface == "direct" else None

    async def _last(self, asked: Asked) -> Thread | None:
        kept = await self.state.last_comparison(asked.channel, asked.user, CONVERSATION, workspace=asked.workspace)
        return None if kept is None else Thread.model_validate_json(kept)

    def _kept_settings(self, asked: Asked) -> WorkspaceSettings | None:
        """Return the channel's settings where they were read within the last SETTINGS_KEPT_SECONDS."""
        read_at, settings = self._settings.get((asked.workspace, asked.channel), (0.0, None))
        return settings if time.monotonic() - read_at < SETTINGS_KEPT_SECONDS else None

    async def _settings_of(self, asked: Asked) -> WorkspaceSettings:
        settings = await self.state.settings(asked.workspace, asked.channel)
        self._settings[asked.workspace, asked.channel] = (time.monotonic(), settings)
        self._settings.move_to_end((asked.workspace, asked.channel))
        if len(self._settings) > SETTINGS_KEPT:
            self._settings.popitem(last=False)
        return settings


def new_thread(settings: WorkspaceSettings) -> Thread:
    """A conversation that begins, with what the workspace takes for granted."""
    return _thread_with(settings.input_share, tuple(settings.volumes))


@lru_cache(maxsize=1024)
def _thread_with(input_share: Decimal, volumes: tuple[int, ...]) -> Thread:
    made = Thread(defaults=Defaults(input_share=Fraction(input_share), volumes=tuple(sorted(volumes))))
    return NEW if made == NEW else made


def _to_keep(answered: Reply) -> str:
    """Return the thread for later turns, which will be in it and need not be told that it was taken up."""
    return answered.thread.model_copy(update={"is_taken_up": False}).model_dump_json()


def warm_up(catalog: CatalogFile, today: date) -> None:
    """Answer something, so that the first person does not wait for what is made at first use."""
    reply(SAMPLE, Thread(), catalog.current(), today)
    menu_of(catalog.current(), today)
