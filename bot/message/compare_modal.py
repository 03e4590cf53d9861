"""The modal that a bare /compare opens: models by type-ahead, usage, and where to post. Pure: view and its reading."""

from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from bot.message.amount_fields import is_likely_millions, is_requests, is_split, is_volume, request_words, volume_words
from bot.message.elements import (
    CACHED_SHARES,
    INPUT_SHARES,
    Block,
    Choice,
    caching_choice,
    entry,
    field,
    menu,
    models_menu,
    plain,
    split_choice,
    tier_choice,
)

CALLBACK = "compare"
SPLIT_ALREADY = "What you typed says already what is input and what is output. Clear this, or type one number."
MODELS, VOLUME, REQUESTS, SIZE = "models", "volume", "requests", "size"
SPLIT, CACHING, TIER, WHERE = "split", "caching", "tier", "where"
TIERS = ("standard", "batch", "flex", "priority", "fast")


class Filled(NamedTuple):
    """A filled-in modal: the question that it asks, the conversation to post in (None: to the person alone) and what
    is wrong, by field."""

    text: str
    channel: str | None
    errors: dict[str, str]


def compare_view(models: Iterable[Choice] = (), metadata: str = "") -> Block:
    """The modal; `models` (name and offering id) are chosen already."""
    where: Block = {
        "type": "conversations_select",
        "placeholder": plain("Only to me", 150),
        "default_to_current_conversation": True,
        "response_url_enabled": True,
        "filter": {"include": ["public", "private", "im", "mpim"]},
    }
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": metadata,
        "title": plain("Compare models", 24),
        "submit": plain("Compare", 24),
        "close": plain("Cancel", 24),
        "blocks": [
            field(MODELS, "Models", models_menu("Type a name, such as 4.1 mini", models), is_optional=False,
                  hint="One to six. One alone gives its profile."),
            field(VOLUME, "Tokens a month", entry("100M"),
                  hint="Input and output together, or apart: 30M in, 5M out."),
            field(REQUESTS, "Or: requests", entry("10k a day")),
            field(SIZE, "Tokens of one request", entry("2k in, 500 out")),
            field(SPLIT, "Split", menu(SPLIT, "Half input, half output", map(split_choice, INPUT_SHARES))),
            field(CACHING, "Caching",
                  menu(CACHING, "Nothing cached", map(caching_choice, CACHED_SHARES))),
            field(TIER, "Service tier", menu(TIER, "Standard tier", map(tier_choice, TIERS)),
                  hint="Where a model does not sell a tier, its standard price is used, and the answer says so."),
            field(WHERE, "Where to post", where, hint="Leave it empty to get the answer as a message from me."),
        ],
    }  # fmt: skip


def read_filled(values: Mapping[str, Mapping[str, Mapping[str, Any]]], known: Container[str]) -> Filled:
    """The question that the fields ask for, in words; `values` is the view's state as Slack sends it.

    `known` are the ids of offerings.
    """
    models = [each["value"] for each in _element(values, MODELS).get("selected_options") or ()]
    volume, requests, size = (_typed(values, name) for name in (VOLUME, REQUESTS, SIZE))
    errors = _errors(models, volume, requests, size, known)
    stated = request_words(requests, size) if requests and size else volume_words(volume) if volume else ""
    usage = [stated, *(_chosen(values, name) for name in (SPLIT, CACHING, TIER))]
    if not errors and _chosen(values, SPLIT) and is_split(stated):
        errors[SPLIT] = SPLIT_ALREADY
    text = ", ".join(["/compare " + " ".join(models), *filter(None, usage)])
    where = _element(values, WHERE).get("selected_conversation")
    return Filled(text, where, errors)


def _errors(models: list[str], volume: str, requests: str, size: str, known: Container[str]) -> dict[str, str]:
    errors = {}
    if not models:
        errors[MODELS] = "Choose at least one model."
    elif not all(each in known for each in models):
        errors[MODELS] = "One of these is no longer in my price data. Please choose again."
    if volume and requests:
        errors[VOLUME] = "Give either a volume or requests, not both."
    elif volume and not is_volume(volume_words(volume)):
        errors[VOLUME] = "I cannot use this amount. Try one like 100M, or 30M in, 5M out"
    elif volume and is_likely_millions(volume):
        errors[VOLUME] = f"That is very little for a month. Did you mean {volume}M? If not, write: {volume} tokens"
    if size and not requests:
        errors[REQUESTS] = "Say how many requests there are, as in: 10k a day"
    elif requests and not is_requests(requests):
        errors[REQUESTS] = "I cannot use this. Try something like 10k a day"
    elif requests and not size:
        errors[SIZE] = "Say how large one request is, as in: 2k in, 500 out"
    elif requests and not is_volume(request_words(requests, size)):
        errors[SIZE] = "I cannot use this size. Try one like 2k in, 500 out"
    return errors


def _element(values: Mapping[str, Mapping[str, Mapping[str, Any]]], name: str) -> Mapping[str, Any]:
    return values.get(name, {}).get(name, {})


def _typed(values: Mapping[str, Mapping[str, Mapping[str, Any]]], name: str) -> str:
    return " ".join(str(_element(values, name).get("value") or "").split())


def _chosen(values: Mapping[str, Mapping[str, Mapping[str, Any]]], name: str) -> str:
    selected = _element(values, name).get("selected_option")
    return str(selected["value"]) if selected else ""
