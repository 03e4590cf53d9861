"""The Home tab: what the bot does, how to begin, what was compared lately, the workspace's settings. Pure."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from bot.message.elements import Block, button, plain, split_choice
from bot.message.message import escaped
from bot.wording import listed
from bot.wording import tokens as shown_tokens

COMPARE, FAVOURITES, AGAIN, SETTINGS = "home:compare", "home:favourites", "home:again:", "home:settings"
WHAT_IT_DOES = "I compare language models on real prices, limits and benchmarks, and say where every number comes from."
NO_RECENT = "Nothing yet. Your comparisons, and those of public channels, will stand here."
WHO_SEES = (
    "You see your own comparisons and those of public channels; others see yours only where they stand in one. "
    "Asked again, the answer comes as a message from me."
)
NO_STATE = "I cannot reach my own storage just now, so recent comparisons and settings are missing here."
TITLE_LENGTH = 200
EDITORS_SHOWN = 10


class Lately(NamedTuple):
    """A comparison of the last 90 days; `query` asks it again, `number` tells its button from the others."""

    title: str
    query: str
    day: str
    is_own: bool


class Settled(NamedTuple):
    """The workspace's settings, as a member sees them."""

    is_for_all: bool  # whether answers from list prices are seen by the whole channel
    input_share: Fraction
    volumes: tuple[int, ...]  # tokens a month
    favourites: tuple[str, ...]  # names of models
    may_change: bool
    editors: tuple[str, ...] = ()  # user ids; nobody named: every member


class Home(NamedTuple):
    """What a person's Home tab shows; None where the state cannot be reached."""

    command: str
    prices: str  # the line that says where the prices come from and of what date
    recent: Sequence[Lately] | None
    settled: Settled | None  # also None for somebody of another organisation, who has no recent comparisons here


def home_view(home: Home, metadata: str = "") -> Block:
    """The view as Slack publishes it."""
    begin = [button("Compare models", COMPARE) | {"style": "primary"}]
    if home.settled and len(home.settled.favourites) > 1:
        begin.append(button("Compare the favourites", FAVOURITES))
    blocks = [
        _header("What does a model cost, and is it worth it?"),
        _section(f"{WHAT_IT_DOES}\nType `{home.command} gpt-4.1-mini gpt-5.4 at 100M`, mention me, or write to me."),
        {"type": "actions", "block_id": "begin", "elements": begin},
    ]
    if home.settled or home.recent is None:
        blocks += [{"type": "divider"}, _header("Recent comparisons"), *_recent(home.recent)]
    if home.settled:
        blocks += [{"type": "divider"}, _header("Settings of this workspace"), *_settled(home.settled)]
    blocks += [{"type": "divider"}, _note(home.prices)]
    return {"type": "home", "callback_id": "home", "private_metadata": metadata, "blocks": blocks}


def _recent(recent: Sequence[Lately] | None) -> list[Block]:
    if recent is None:
        return [_section(NO_STATE)]
    if not recent:
        return [_section(NO_RECENT)]
    rows = [
        _section(
            f"*{escaped(each.title[:TITLE_LENGTH])}*\n{each.day} · {'you' if each.is_own else 'in a public channel'}"
        )
        | {
            "block_id": f"again:{number}",
            "accessory": button("Ask again", f"{AGAIN}{number}", each.query)
            | {"accessibility_label": plain(f"Ask again: {each.title}", 75)["text"]},
        }
        for number, each in enumerate(recent)
    ]
    return [*rows, _note(WHO_SEES)]


def _settled(settled: Settled) -> list[Block]:
    seen = "by the whole channel" if settled.is_for_all else "by the asker alone"
    names = listed([escaped(each) for each in settled.favourites]) or "none chosen"
    lines = (
        f"*Answers from list prices are seen:* {seen}",
        f"*Where no split is stated:* {split_choice(settled.input_share).label.lower()}",
        f"*Where no volume is stated:* {listed([shown_tokens(each) for each in settled.volumes])} tokens a month",
        f"*Favourite models:* {names}",
    )
    block = _section("\n".join(lines)) | {"block_id": "settings"}
    if settled.may_change:
        return [block | {"accessory": button("Change settings", SETTINGS)}]
    return [block, _editors(settled.editors)]


def _editors(users: Sequence[str]) -> Block:
    """Who may change the settings; a view shows names for ids in rich text, and tells nobody."""
    named = [{"type": "user", "user_id": each} for each in users[:EDITORS_SHOWN]]
    between: list[Block] = [{"type": "text", "text": ", "}] * len(named)
    listing = [part for pair in zip(between, named, strict=True) for part in pair][1:]
    more = len(users) - len(named)
    parts: list[Block] = [
        {"type": "text", "text": "Only the editors may change these: "},
        *listing,
        {"type": "text", "text": f"{f' and {more} more' if more else ''}. Ask one of them to make you an editor."},
    ]
    return {"type": "rich_text", "block_id": "editors", "elements": [{"type": "rich_text_section", "elements": parts}]}


def notice_view(title: str, text: str) -> Block:
    """A modal that says one thing."""
    return {
        "type": "modal",
        "callback_id": "notice",
        "title": plain(title, 24),
        "close": plain("Close", 24),
        "blocks": [_section(escaped(text))],
    }


def _header(text: str) -> Block:
    return {"type": "header", "text": plain(text, 150)}


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _note(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": escaped(text)}]}
