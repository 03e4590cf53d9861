"""The modal with a workspace's settings: its view, and what somebody filled in. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from bot.message.elements import INPUT_SHARES, Block, Choice, entry, field, menu, models_menu, plain, split_choice
from bot.question.amounts import read_amounts
from bot.question.model import MOST_TOKENS
from bot.question.text import plain as as_read
from bot.wording import tokens as shown_tokens

CALLBACK = "settings"
SEEN, SPLIT, VOLUMES, FAVOURITES = "seen", "split", "volumes", "favourites"
CHANNEL, EDITORS = "channel", "editors"
BY_CHANNEL = Choice("The whole channel", "channel")
BY_ASKER = Choice("The asker alone, who can share it", "asker")
MOST_VOLUMES = 5
BETWEEN_VOLUMES = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|;|\band\b")  # a comma within a number is no end of it
TOO_MANY = f"At most {MOST_VOLUMES} volumes."
NO_VOLUMES = "Name at least one volume, as in: 1M, 10M, 100M"


class Filled(NamedTuple):
    """A filled-in settings modal, and what is wrong by field."""

    visibility: str
    input_share: Decimal
    volumes: tuple[int, ...]
    favourites: tuple[str, ...]
    channel: str | None
    """The one channel that the settings are for; None for the whole workspace."""
    editors: tuple[str, ...]
    errors: dict[str, str]


def settings_view(
    visibility: str,
    input_share: Fraction,
    volumes: Sequence[int],
    favourites: Iterable[Choice],
    editors: Sequence[str],
    metadata: str = "",
) -> Block:
    """The modal, filled in with what holds now; `favourites` are names and offering ids."""
    seen = BY_ASKER if visibility == BY_ASKER.text else BY_CHANNEL
    one_channel: Block = {
        "type": "conversations_select",
        "placeholder": plain("The whole workspace", 150),
        "filter": {"include": ["public", "private"]},
    }
    people: Block = {"type": "multi_users_select", "placeholder": plain("Every member of this workspace", 150)}
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": metadata,
        "title": plain("Settings", 24),
        "submit": plain("Save", 24),
        "close": plain("Cancel", 24),
        "blocks": [
            field(SEEN, "Who sees answers from list prices", menu(SEEN, "Choose", (BY_CHANNEL, BY_ASKER), seen),
                  is_optional=False, hint="Help, errors and questions back are always for the asker alone."),
            field(SPLIT, "Split where none is stated",
                  menu(SPLIT, "Choose", _splits(input_share), split_choice(input_share)), is_optional=False),
            field(VOLUMES, "Tokens a month where no volume is stated",
                  entry("1M, 10M, 100M", ", ".join(map(_typed, volumes))), is_optional=False,
                  hint=f"Up to {MOST_VOLUMES}, smallest first. Answers say that these are this workspace's."),
            field(FAVOURITES, "Favourite models", models_menu("Type a name, such as 4.1 mini", favourites),
                  hint="“What would this cost?” is answered for these, and Home has a button that compares them."),
            field(CHANNEL, "Only for one channel", one_channel,
                  hint="Empty: all of this holds for the workspace, wherever a channel has no settings of its own."),
            field(EDITORS, "Who may change these settings",
                  people | ({"initial_users": list(editors)} if editors else {}),
                  hint="Nobody named: every member may. This is always for the whole workspace."),
        ],
    }  # fmt: skip


def read_settings(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Filled:
    """What somebody filled in; `values` is the view's state as Slack sends it."""

    def of(name: str) -> Mapping[str, Any]:
        return values.get(name, {}).get(name, {})

    errors: dict[str, str] = {}
    volumes = _volumes(str(of(VOLUMES).get("value") or ""), errors)
    split = str((of(SPLIT).get("selected_option") or {}).get("value", "50% input"))
    return Filled(
        visibility=str((of(SEEN).get("selected_option") or {}).get("value", BY_CHANNEL.text)),
        input_share=Decimal(split.partition("%")[0]) / 100,
        volumes=volumes,
        favourites=tuple(each["value"] for each in of(FAVOURITES).get("selected_options") or ()),
        channel=of(CHANNEL).get("selected_conversation") or None,
        editors=tuple(of(EDITORS).get("selected_users") or ()),
        errors=errors,
    )


def _typed(volume: int) -> str:
    """A volume as somebody would type it; a trillion has no letter that is read."""
    return shown_tokens(volume) if volume < 10**12 else f"{volume:,}"


def _splits(current: Fraction) -> list[Choice]:
    return [split_choice(each) for each in sorted({*INPUT_SHARES, current})]


def _volumes(typed: str, errors: dict[str, str]) -> tuple[int, ...]:
    """The volumes in "1M, 10M and 1,000,000,000", smallest first."""
    parts = [part.strip() for part in BETWEEN_VOLUMES.split(typed) if part.strip()]
    read = [(part, read_amounts(as_read(f"at {part} tokens")).said.total) for part in parts]
    for part, tokens in read:
        if tokens is None or tokens.denominator != 1 or not 0 < tokens <= MOST_TOKENS:
            errors[VOLUMES] = f"“{part[:60]}” is no number of tokens a month; write it as in: 1M, 10M, 100M"
            return ()
    if not 0 < len(read) <= MOST_VOLUMES:
        errors[VOLUMES] = TOO_MANY if read else NO_VOLUMES
    return tuple(sorted({int(tokens) for _, tokens in read if tokens is not None}))
