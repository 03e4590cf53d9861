"""What people can do with a message: change it, ask on, show it to others, take it along. Every choice is a text that
the bot reads like any other; the blocks carry a key under which the edge keeps what the message shows."""

from collections import OrderedDict
from typing import NamedTuple

from bot.answer.model import Answer
from bot.message.elements import (
    CACHING_CHOICES,
    MOST_MODELS,
    SPLIT_CHOICES,
    VOLUME_CHOICES,
    Block,
    Choice,
    button,
    caching_choice,
    menu,
    plain,
    split_choice,
    tier_choice,
    volume_choice,
)
from bot.message.limits import ALL_TEXT
from bot.message.message import Message, fitting, size_of
from bot.question.model import Question
from catalog.lookup import Catalog
from catalog.models import STANDARD

PREFIX = "scenario:"
ADD, VOLUME, SPLIT, CACHING, TIER = "add", "volume", "split", "caching", "tier"
ASK, PROFILE = "ask", "profile"
SHARE, CSV, BACK, DELETE, FEEDBACK = "share", "csv", "back", "delete", "feedback"

SIDE_BY_SIDE = ("compare", "cheapest", "cost", "difference", "better", "performance", "choose")
GROWING = (*SIDE_BY_SIDE, "profile")
OF_TWO = ("savings", "upgrade")
WITH_VOLUME = ("compare", "cheapest", "cost", "savings")
WITH_USAGE = (*WITH_VOLUME, "budget", "breakeven")
PROFILED = (*SIDE_BY_SIDE, *OF_TWO, "budget", "breakeven", "alternatives")
OPEN = ("ambiguous_model", "unknown_host")
TIERS = (STANDARD, "batch", "flex", "priority", "fast")
MOST_OFFERS = 6
LINES_OF_CHANGES = 3
ANSWERS_KEPT = 256


class Standing(NamedTuple):
    """How a message stands in its conversation."""

    key: str
    """Under which the edge keeps what the message shows."""
    asker: str
    """A user id."""
    is_alone: bool = False
    """Whether the asker alone sees it."""
    may_be_shared: bool = False
    """Whether others may see what it says."""
    may_be_filed: bool = False
    """Whether files can be sent to its conversation."""
    changes: tuple[str, ...] = ()
    """Who changed what, oldest first."""
    can_go_back: bool = False
    shared_by: str = ""
    """Who showed it to everybody, where it was for one person at first."""
    edition: int = 0
    """Another one whenever the message is updated: Slack keeps what was chosen in a block whose id stays."""


def with_controls(
    message: Message, question: Question, answer: Answer, catalog: Catalog, standing: Standing
) -> list[Block]:
    """A message's blocks with all that can be done with it at the end."""
    shown = [block for block in message.blocks if block["type"] != "actions"]
    rows, size = _LATEST.of(question, answer, catalog)
    made = [_row(standing, name, elements) for name, elements in rows.items() if elements]
    own = [_row(standing, "more", more)] if (more := _more(answer, standing)) else []
    history = [f"Shared by {standing.shared_by}"] if standing.shared_by else []
    history += [_changes_line(standing.changes)] if standing.changes else []
    if history:
        own.append({"type": "context", "elements": [plain(each, 1000) for each in history]})
    if not standing.is_alone:
        own.append(_judging(question, standing))
    blocks = [*shown, *made, *own]
    return blocks if message.size + size + size_of(own) <= ALL_TEXT else fitting(blocks)


class _Latest:
    """The menus and suggestions of the latest answers: the same for everybody who gets one of them again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[Answer, Catalog, dict[str, list[Block]], int]] = OrderedDict()

    def of(self, question: Question, answer: Answer, catalog: Catalog) -> tuple[dict[str, list[Block]], int]:
        """Return the rows by their names, not to be changed, and how many characters they show."""
        kept = self._kept.get(id(answer))
        if kept is not None and kept[0] is answer and kept[1] is catalog:
            return kept[2:]
        changing = [] if any(each.kind in OPEN for each in answer.problems) else _changing(question, answer, catalog)
        made = {"change": changing, "ask": _asking(question, answer, catalog, has_others=bool(changing))}
        size = sum(map(size_of, made.values()))
        self._kept[id(answer)] = (answer, catalog, made, size)
        if len(self._kept) > ANSWERS_KEPT:
            self._kept.popitem(last=False)
        return made, size


_LATEST = _Latest()


def key_of(block_id: str) -> str | None:
    """The key that a block carries; None for a block of something else."""
    return block_id.removeprefix(PREFIX).partition(":")[0] if block_id.startswith(PREFIX) else None


def _row(standing: Standing, name: str, elements: list[Block]) -> Block:
    return {"type": "actions", "block_id": _block_id(standing, name), "elements": elements}


def _block_id(standing: Standing, name: str) -> str:
    return f"{PREFIX}{standing.key}:{standing.edition}:{name}"


def _changing(question: Question, answer: Answer, catalog: Catalog) -> list[Block]:
    made: list[Block] = []
    load, count = question.workload, len(question.models)
    if (question.kind in GROWING and 0 < count < MOST_MODELS) or (question.kind in OF_TWO and count == 1):
        made.append(
            {
                "type": "external_select",
                "action_id": ADD,
                "placeholder": plain("+ Add a model", 150),
                "min_query_length": 0,
            }
        )
    if not answer.figures:
        return made
    if question.kind in WITH_VOLUME:
        current = volume_choice(load.tokens) if load.tokens else None
        made.append(_menu(VOLUME, "Volume", VOLUME_CHOICES, current))
    if question.kind in WITH_USAGE:
        is_input_alone = load.request_input_tokens is not None and load.request_output_tokens == 0
        if not is_input_alone:  # a split would make a part of that input output
            made.append(_menu(SPLIT, "Split", SPLIT_CHOICES, split_choice(load.input_share)))
        made.append(_menu(CACHING, "Caching", CACHING_CHOICES, caching_choice(load.cached_share)))
        sold = {tier for each in question.models for tier in catalog.offerings[each].tiers} | {STANDARD, load.tier}
        if len(sold) > 1:
            tiers = tuple(tier_choice(each) for each in TIERS if each in sold)
            made.append(_menu(TIER, "Service tier", tiers, tier_choice(load.tier)))
    return made


def _menu(action_id: str, placeholder: str, usual: tuple[Choice, ...], current: Choice | None) -> Block:
    choices = usual if current is None or current in usual else (current, *usual)
    return menu(action_id, placeholder, choices, current)


def _asking(question: Question, answer: Answer, catalog: Catalog, *, has_others: bool) -> list[Block]:
    is_full = len(question.models) >= MOST_MODELS
    offers = [each for each in answer.offers if not (is_full and each.text.startswith("add "))]
    made = [button(offer.label, f"{ASK}:{number}", offer.text) for number, offer in enumerate(offers[:MOST_OFFERS])]
    if question.kind in PROFILED and (has_others or answer.figures):
        for number, each in enumerate(question.models):
            name = catalog.display_name(catalog.offerings[each])
            made.append(button(f"Full profile: {name}", f"{PROFILE}:{number}", each))
    return made


def _more(answer: Answer, standing: Standing) -> list[Block]:
    made = []
    if standing.is_alone and standing.may_be_shared:
        made.append(
            button("Share here", SHARE)
            | {
                "confirm": {
                    "title": plain("Share this answer?", 100),
                    "text": plain(
                        f"Everybody in this conversation will see: {answer.headline[:170]} "
                        "People of other organisations see it too, where there are any.",
                        300,
                    ),
                    "confirm": plain("Share", 30),
                    "deny": plain("Cancel", 30),
                }
            }
        )
    if standing.may_be_filed and any(part.table for part in answer.sections):
        made.append(button("Table as CSV", CSV))
    if standing.can_go_back:
        made.append(button("Back", BACK) | {"accessibility_label": "Back: undo the last change"})
    return made


def _changes_line(changes: tuple[str, ...]) -> str:
    earlier = len(changes) - LINES_OF_CHANGES
    lines = [each[:200] for each in changes[-LINES_OF_CHANGES:]]
    return "Changed by " + " · ".join([*(["…"] if earlier > 0 else []), *lines])


def _judging(question: Question, standing: Standing) -> Block:
    judge: Block = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": {"text": plain("Helpful", 75), "value": f"up:{question.kind}"},
        "negative_button": {"text": plain("Not helpful", 75), "value": f"down:{question.kind}"},
    }
    remove: Block = {
        "type": "icon_button",
        "icon": "trash",
        "text": plain("Delete", 75),
        "action_id": DELETE,
        "visible_to_user_ids": [standing.asker],
        "confirm": {
            "title": plain("Delete this answer?", 100),
            "text": plain("It will be gone for everybody here.", 300),
            "confirm": plain("Delete", 30),
            "deny": plain("Keep", 30),
        },
    }
    elements = [judge, *([remove] if standing.asker else [])]
    return {"type": "context_actions", "block_id": _block_id(standing, "judge"), "elements": elements}
