"""Prices of another day: before a model's release there are none, and a day that is asked for is the one that counts."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.answer.answer import answer
from bot.message.message import source_lines, to_message
from bot.question.model import Question
from bot.reply import Reply
from catalog.lookup import Catalog
from tests.conftest import AS_OF, Say

BEFORE = date(2025, 1, 1)
LATE = "GPT-5.4 was not released until 2026-03-05, so it has no price on 2025-01-01"
On = Callable[[str, str], Reply]


@pytest.fixture
def on(say: Say, catalog: Catalog) -> On:
    """The reply to a text as if it had asked for the prices of a day or month."""

    def ask(text: str, day: str) -> Reply:
        made = say(text)[0]
        question = made.question.model_copy(update={"on": day})
        return made.model_copy(update={"question": question, "answer": answer(question, catalog)})

    return ask


def costs(made: Reply) -> dict[str, tuple[str, str | None]]:
    """The cost of each model in an answer, and the day that it is of."""
    return {each.models[0]: (each.value, each.on) for each in made.answer.figures if each.name == "monthly_cost"}


@pytest.mark.parametrize(
    "text",
    [
        "cost of gpt-5.4 at 10M",
        "price of gpt-5.4",
        "tell me about gpt-5.4",
        "how far does $500 go on gpt-5.4",
        "gpt-5.4 vs gpt-4o",
        "should i upgrade from gpt-4o to gpt-5.4?",
        "something like gpt-5.4 but cheaper",
        "has gpt-5.4's price changed?",
    ],
)
def test_before_its_release_a_model_has_no_price_and_the_reply_says_so(say: Say, text: str) -> None:
    """Whatever is asked."""
    made = say(text, on=BEFORE)[0]
    assert LATE in made.message.text
    assert made.message.text.count(LATE) == 1
    assert not any(each.unit.startswith("USD") and "openai/gpt-5.4" in each.models for each in made.answer.figures)


def test_nothing_that_is_not_out_yet_is_among_the_cheapest(say: Say, catalog: Catalog) -> None:
    """Nor in any list."""
    for text in ("cheapest model", "models under $1 output"):
        made = say(text, on=BEFORE)[0]
        assert made.answer.models
        assert all(catalog.is_released(catalog.offerings[each], BEFORE) for each in made.answer.models)


def test_a_release_without_a_day_counts_from_the_first_of_its_month(catalog: Catalog) -> None:
    """So that no price is withheld that may have been in force."""
    partial = next(each for each in catalog.offerings.values() if len(catalog.release(each)) == len("2026-11"))
    year, month = map(int, catalog.release(partial).split("-"))
    assert catalog.is_released(partial, date(year, month, 1))
    assert not catalog.is_released(partial, date(year - 1, month, 28))


@pytest.mark.parametrize(
    ("text", "day", "value", "used"),
    [
        ("cost of gpt-5.6-sol at 10M", "2026-07-15", "175", "2026-07-15"),
        ("cost of gpt-5.6-sol at 10M", "2026-07", "175", "2026-07-31"),
        ("cost of gpt-5.6-sol at 10M", "2026-11", "120", None),
        ("which is cheaper at 10M: gpt-5.6-sol or gpt-5.4?", "2026-07-15", "175", "2026-07-15"),
        ("cost of gemini-4-argon at 10M", "2026-12", "120", "2026-12-01"),
    ],
)
def test_the_prices_are_those_of_the_day_that_was_asked_for(
    on: On, text: str, day: str, value: str, used: str | None
) -> None:
    """A month is its last day as far as it has come, its first where it is ahead; figures of another day name it."""
    made = on(text, day)
    assert costs(made)[made.question.models[0]] == (value, used)
    assert any("as asked." in line and str(used) in line for line in made.answer.more) == (used is not None)


def test_the_day_of_the_prices_stands_at_the_source_and_retirement_counts_from_today(on: On, catalog: Catalog) -> None:
    """Two days, each for its own."""
    made = on("gpt-4.1-mini vs gpt-5.4", "2026-07-15")
    assert "in force on 2026-07-15." in source_lines(made.question, made.answer, catalog)[0]
    assert any("is switched off on 2027-01-14, in 53 days" in line for line in made.answer.more)


def test_what_is_switched_off_by_the_day_that_was_asked_for_is_in_the_text(on: On, catalog: Catalog) -> None:
    """Beside the day itself."""
    made = on("cost of gpt-4.1-mini at 10M", "2027-06-01")
    text = to_message(made.question, made.answer, catalog).text
    assert "At the prices of 2027-06-01 as far as they are announced, as asked." in text
    assert "is switched off on 2027-01-14" in text


def test_history_looks_at_a_day_itself(catalog: Catalog) -> None:
    """Its prices are then and now."""
    question = Question(kind="history", models=("openai/gpt-5.6-sol",), on="2026-07", as_of=AS_OF.isoformat())
    made = answer(question, catalog)
    assert {(each.value, each.on) for each in made.figures if each.name == "input_price"} >= {("4", None)}
    assert "as asked" not in " ".join(made.more)


def test_a_standard_price_that_stands_in_for_one_of_a_tier_carries_no_tier(say: Say) -> None:
    """Its evidence is the standard row."""
    made = say("/compare google/gemini-3-flash-preview gpt-4o-mini at 10M on batch")[0]
    for each in made.answer.figures:
        if each.name.endswith("_price"):
            assert (each.tier or "standard") == each.evidence[0].split("|")[3]
