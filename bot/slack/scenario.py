"""What a message of the bot shows, as the steps that led there: rendered anew, it shows the same at today's prices."""

import secrets
from datetime import date
from typing import Literal, TypeAlias

from bot.question.model import Frozen
from bot.question.thread import Thread
from bot.reply import Reply, reply
from catalog.lookup import Catalog

MOST_STEPS = 20

Place: TypeAlias = Literal["open", "alone", "direct"]


class Step(Frozen):
    """One turn: what was said before, the text, and for a click who clicked on what."""

    before: Thread
    text: str
    by: str = ""
    what: str = ""


class Scenario(Frozen):
    """The steps of one message; `place` says who sees it: everybody there, the asker alone, or a direct message."""

    asker: str
    place: Place
    steps: tuple[Step, ...]
    shared: tuple[str, ...] = ()
    """The texts that were shown to everybody already."""
    shared_by: str = ""
    """Who showed it to everybody, where it was for the asker alone at first."""
    counted: int = 0
    """How many tokens the message has whose cost is told; 0 where it is about no message."""

    def render(self, catalog: Catalog, today: date) -> Reply:
        """The reply that the message shows."""
        last = self.steps[-1]
        return reply(last.text, last.before, catalog, today)

    def after(self, step: Step) -> "Scenario":
        """The same with one more step; where there are many, the oldest but the first is forgotten."""
        first, *later = (*self.steps, step)
        return self.model_copy(update={"steps": (first, *later[1 - MOST_STEPS :])})

    def undone(self) -> "Scenario":
        """The same without its last step; the first one stays."""
        return self.model_copy(update={"steps": self.steps[:-1] or self.steps})

    @property
    def changes(self) -> tuple[str, ...]:
        """Who changed what, oldest first."""
        return tuple(f"{step.by}: {step.what}" for step in self.steps if step.what)

    def is_known_to(self, catalog: Catalog) -> bool:
        """Whether every model of it is still in the catalog."""
        question = self.steps[-1].before.question
        return question is None or all(each in catalog.offerings for each in question.models)


class Kept(Frozen):
    """A scenario under its key; `version` is the one that was read, 0 for a new one."""

    key: str
    workspace: str
    scenario: Scenario
    version: int = 0


def new_scenario(workspace: str, scenario: Scenario) -> Kept:
    """A scenario under a key that nobody can guess."""
    return Kept(key=secrets.token_urlsafe(12), workspace=workspace, scenario=scenario)
