"""What happens when somebody clicks on a message of the bot: the same message changes, or something is said beside it.

A click is authorised by the clicking person and their own workspace, whatever the message says about itself.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.message.controls import ADD, BACK, PROFILE, SHARE, key_of
from bot.message.csv_file import csv_of
from bot.reply import Reply, reply
from bot.slack.asked import Asked, clicking_workspace, installed_in
from bot.slack.attend import Declined
from bot.slack.desk import Desk, new_thread
from bot.slack.prepared import Prepared, prepared
from bot.slack.scenario import Kept, Scenario, Step, new_scenario
from bot.slack.scopes import granted
from bot.state import WorkspaceSettings

TOO_OLD = "I no longer know what this message was about, so its buttons do nothing. Please ask again."
GONE_MODEL = "A model of this message is no longer in my price data. Please ask again."
NOT_YOURS = "Only the person who asked can do that."
NOTHING_TO_SHARE = "There is nothing in this message to share."
SHARED_ALREADY = "You have shared this already."
NO_TABLE = "There is no table in this message."
THERE_ALREADY = "{} is in this message already."
ADDING = "add "  # how a text begins that adds a model


@dataclass(frozen=True, slots=True)
class Click:
    """One click of one person on one control of a message."""

    asked: Asked
    key: str  # of the scenario
    action: str  # which control
    text: str = field(repr=False)  # what it says to the bot
    label: str = field(repr=False)  # what the person read on it
    by: str = field(repr=False)  # what the person is called


def read_click(body: Mapping[str, Any], context: AsyncBoltContext) -> Click | None:
    """Read a click on a message's control; None when it is on something else."""
    action = (body.get("actions") or [{}])[0]
    key = key_of(str(action.get("block_id") or ""))
    container = body.get("container") or {}
    user, channel = body.get("user") or {}, body.get("channel") or {}
    if key is None or container.get("type") != "message":
        return None
    chosen = action.get("selected_option") or {}
    label = (chosen.get("text") or action.get("text") or {}).get("text", "")
    value = str(chosen.get("value") or action.get("value") or "")
    name = str(action.get("action_id") or "").partition(":")[0]
    asked = Asked(
        surface="click",
        key=f"click:{body.get('trigger_id') or uuid.uuid4()}",
        workspace=installed_in(context),
        actor_workspace=clicking_workspace(body, context),
        user=str(user.get("id", "")),
        channel=str(container.get("channel_id") or channel.get("id") or ""),
        text=value,
        ts=None if container.get("is_ephemeral") else str(container.get("message_ts") or "") or None,
        thread_ts=container.get("thread_ts") or None,
        response_url=body.get("response_url") or None,
        scopes=granted(context),
    )
    return Click(
        asked,
        key,
        name,
        text=f"{ADDING}{value}" if name == ADD else f"/model {value}" if name == PROFILE else value,
        label=f"+ {label}" if name == ADD else str(label),
        by=str(user.get("name") or user.get("username") or "somebody"),
    )


@dataclass(frozen=True, slots=True)
class Clicks:
    """Answers clicks from the scenarios of the messages."""

    desk: Desk

    async def prepare(self, click: Click) -> Prepared:
        """What a click leads to; Declined where it leads nowhere."""
        kept, shown = await self.shown(click)
        settings = await self.desk.settings_of(click.asked)
        lead: Callable[[Click, Kept, Reply, WorkspaceSettings], Prepared] = {
            BACK: self._back,
            SHARE: self._share,
            PROFILE: self._profile,
        }.get(click.action, self._change)
        return lead(click, kept, shown, settings)

    async def shown(self, click: Click) -> tuple[Kept, Reply]:
        """What the message clicked on shows, at today's prices."""
        found = await self.desk.state.scenario(click.key)
        if found is None:
            raise Declined(TOO_OLD)
        scenario = Scenario.model_validate_json(found.scenario)
        if scenario.place != "open" and scenario.asker != click.asked.user:
            raise Declined(NOT_YOURS)
        kept = Kept(key=click.key, workspace=found.workspace, scenario=scenario, version=found.version)
        return kept, self._rendered(scenario)

    def _rendered(self, scenario: Scenario) -> Reply:
        """What a scenario shows; Declined where a model of it is gone."""
        catalog = self.desk.catalog.current()
        if not scenario.is_known_to(catalog):
            raise Declined(GONE_MODEL)
        shown = scenario.render(catalog, self._today)
        if shown.for_asker_alone and scenario.place == "open":
            raise Declined(GONE_MODEL)
        return shown

    async def table(self, click: Click) -> str:
        """The table of the message as a CSV file's content."""
        kept, shown = await self.shown(click)
        table = csv_of(shown.answer)
        if table is None or kept.scenario.place == "alone":
            raise Declined(NO_TABLE)
        return table

    async def check_may_delete(self, click: Click) -> None:
        """Declined for anybody but the person who asked."""
        found = await self.desk.state.scenario(click.key)
        if found is None:
            raise Declined(TOO_OLD)
        if Scenario.model_validate_json(found.scenario).asker != click.asked.user:
            raise Declined(NOT_YOURS)

    def _change(self, click: Click, kept: Kept, shown: Reply, settings: WorkspaceSettings) -> Prepared:
        """The message with one thing changed; a click that changes nothing is no step."""
        catalog, scenario = self.desk.catalog.current(), kept.scenario
        answered = reply(click.text, shown.thread, catalog, self._today)
        step = Step(before=shown.thread, text=click.text, by=click.by, what=click.label)
        if answered.for_asker_alone and scenario.place == "open":
            return self._aside(click, settings, answered, step)
        if answered.question == shown.question:
            same = prepared(click.asked, settings, shown, catalog, kept, replaces=True)
            is_there = click.text.startswith(ADDING)
            return replace(same, also=THERE_ALREADY.format(click.label.removeprefix("+ "))) if is_there else same
        changed = kept.model_copy(update={"scenario": scenario.after(step)})
        return prepared(click.asked, settings, answered, catalog, changed, replaces=True)

    def _back(self, click: Click, kept: Kept, _: Reply, settings: WorkspaceSettings) -> Prepared:
        undone = kept.scenario.undone()
        answered = self._rendered(undone)
        earlier = kept.model_copy(update={"scenario": undone})
        return prepared(click.asked, settings, answered, self.desk.catalog.current(), earlier, replaces=True)

    def _profile(self, click: Click, _: Kept, __: Reply, settings: WorkspaceSettings) -> Prepared:
        """A model's whole profile, beside the message and for the person who clicked."""
        before = new_thread(settings)
        answered = reply(click.text, before, self.desk.catalog.current(), self._today)
        return self._aside(click, settings, answered, Step(before=before, text=click.text))

    def _aside(self, click: Click, settings: WorkspaceSettings, answered: Reply, step: Step) -> Prepared:
        scenario = Scenario(asker=click.asked.user, place="alone", steps=(step.model_copy(update={"what": ""}),))
        kept = new_scenario(click.asked.workspace, scenario)
        made = prepared(click.asked, settings, answered, self.desk.catalog.current(), kept)
        return Prepared(made.reply, made.letter, made.kept, is_aside=True)

    def _share(self, click: Click, kept: Kept, shown: Reply, settings: WorkspaceSettings) -> Prepared:
        """What the asker alone sees, for everybody there: made anew, and so without anything of the workspace's own."""
        scenario, catalog = kept.scenario, self.desk.catalog.current()
        text = scenario.steps[-1].text
        if scenario.place != "alone" or shown.for_asker_alone:
            raise Declined(NOTHING_TO_SHARE)
        if text in scenario.shared:
            raise Declined(SHARED_ALREADY)
        first = scenario.steps[-1].model_copy(update={"by": "", "what": ""})
        begun = {"place": "open", "steps": (first,), "shared": (), "shared_by": click.by}
        public = new_scenario(kept.workspace, scenario.model_copy(update=begun))
        noted = kept.model_copy(update={"scenario": scenario.model_copy(update={"shared": (*scenario.shared, text)})})
        made = prepared(click.asked, settings, shown, catalog, public)
        return Prepared(made.reply, made.letter, (noted, public))

    @property
    def _today(self) -> date:
        return self.desk.now().date()
