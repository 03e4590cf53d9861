"""The small parts that messages and views are made of, and what their menus offer: each choice is a piece of text that
the bot reads like any other."""

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from bot.message.limits import BUTTON, OPTION, PLACEHOLDER
from bot.question.model import Question, exact
from bot.wording import percent
from bot.wording import tokens as shown_tokens
from catalog.models import STANDARD

Block = dict[str, Any]
MOST_MODELS = 6
VOLUMES = (10**6, 10**7, 5 * 10**7, 10**8, 5 * 10**8, 10**9, 10**10)
"""Tokens a month."""
INPUT_SHARES = tuple(Fraction(percent, 100) for percent in (10, 25, 50, 75, 80, 90, 95))
CACHED_SHARES = tuple(Fraction(percent, 100) for percent in (0, 25, 50, 75, 90))


class Choice(NamedTuple):
    """One line of a menu: what people read, and the text that says the same to the bot."""

    label: str
    text: str


@lru_cache(maxsize=1024)
def volume_choice(tokens_per_month: int) -> Choice:
    """So many tokens a month."""
    return Choice(f"{shown_tokens(tokens_per_month)} tokens a month", f"at {tokens_per_month} tokens a month")


@lru_cache(maxsize=1024)
def split_choice(input_share: Fraction) -> Choice:
    """This share of all tokens is input."""
    if input_share == Fraction(1, 2):
        return Choice("Half input, half output", "50% input")
    shown = f"{percent(input_share)} input, {percent(1 - input_share)} output"
    return Choice(shown, f"{exact(input_share * 100)}% input")


@lru_cache(maxsize=1024)
def caching_choice(cached_share: Fraction) -> Choice:
    """This share of the input comes from the prompt cache."""
    if not cached_share:
        return Choice("Nothing cached", "0% cached")
    return Choice(f"{percent(cached_share)} of input cached", f"{exact(cached_share * 100)}% cached")


@lru_cache(maxsize=1024)
def tier_choice(tier: str) -> Choice:
    """This service tier."""
    return Choice(f"{tier.capitalize()} tier", f"on {tier}")


VOLUME_CHOICES = tuple(map(volume_choice, VOLUMES))
SPLIT_CHOICES = tuple(map(split_choice, INPUT_SHARES))
CACHING_CHOICES = tuple(map(caching_choice, CACHED_SHARES))


def usage_of(question: Question) -> list[Choice]:
    """The usage that a question states."""
    load = question.workload
    stated = [
        volume_choice(load.tokens) if load.tokens else None,
        split_choice(load.input_share) if "split" not in load.assumed else None,
        caching_choice(load.cached_share) if load.cached_share else None,
        tier_choice(load.tier) if load.tier != STANDARD else None,
    ]
    return [each for each in stated if each is not None]


def asked_again(question: Question) -> str:
    """A text that asks for a comparison of the same models at the same usage, whatever was said before."""
    return ", ".join(["/compare " + " ".join(question.models), *(each.text for each in usage_of(question))])


def plain(text: str, most: int) -> Block:
    """A plain text of at most so many characters."""
    return {"type": "plain_text", "text": text if len(text) <= most else text[: most - 1] + "…"}


def option(choice: Choice, description: str = "") -> Block:
    """A line of a menu."""
    made: Block = {"text": plain(choice.label, OPTION), "value": choice.text}
    return made | {"description": plain(description, OPTION)} if description else made


def model_option(model: Choice) -> Block:
    """A line of a menu of models (name and offering id): the same wherever it is shown, or Slack would not know it."""
    return option(model, model.text)


def button(label: str, action_id: str, value: str = "") -> Block:
    """A button."""
    made: Block = {"type": "button", "text": plain(label, BUTTON), "action_id": action_id}
    return made | {"value": value} if value else made


def menu(action_id: str, placeholder: str, choices: Iterable[Choice], current: Choice | None = None) -> Block:
    """A menu with a fixed list; the current choice, where there is one, is shown as chosen. Not to be changed."""
    return _menu(action_id, placeholder, tuple(choices), current)


@lru_cache(maxsize=1024)
def _menu(action_id: str, placeholder: str, choices: tuple[Choice, ...], current: Choice | None) -> Block:
    made: Block = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER),
        "options": [option(each) for each in choices],
    }
    return made | {"initial_option": option(current)} if current else made


def field(name: str, label: str, element: Block, *, hint: str = "", is_optional: bool = True) -> Block:
    """A field of a modal; it and its block carry the same name."""
    made: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, 2000),
        "element": element | {"action_id": name},
        "optional": is_optional,
    }
    return made | {"hint": plain(hint, 2000)} if hint else made


def entry(placeholder: str, initial: str = "") -> Block:
    """A one-line text to fill in."""
    made: Block = {"type": "plain_text_input", "placeholder": plain(placeholder, PLACEHOLDER), "max_length": 100}
    return made | {"initial_value": initial} if initial else made


def models_menu(placeholder: str, chosen: Iterable[Choice] = ()) -> Block:
    """A menu of up to six models (name and offering id) with type-ahead."""
    made: Block = {
        "type": "multi_external_select",
        "placeholder": plain(placeholder, PLACEHOLDER),
        "min_query_length": 0,
        "max_selected_items": MOST_MODELS,
    }
    options = [model_option(each) for each in chosen]
    return made | {"initial_options": options} if options else made
