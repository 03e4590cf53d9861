"""What a model cost and will cost: past changes, announced ones and those of long-context prices, each told apart."""

import pytest

from bot.answer.answer import answer
from bot.answer.model import Answer
from bot.question.model import Question
from catalog.lookup import Catalog
from tests.conftest import AS_OF, Say

ARGON = "google/gemini-4-argon"


def ahead(catalog: Catalog, on: str, model: str = ARGON) -> Answer:
    """What is said of a day or month to come."""
    return answer(Question(kind="history", models=(model,), on=on, as_of=AS_OF.isoformat()), catalog)


@pytest.mark.parametrize("on", ["2026-12-05", "2026-12"])
def test_an_announced_price_is_said_with_its_first_day_beside_todays(catalog: Catalog, on: str) -> None:
    """It is neither what was paid then nor as today."""
    made = ahead(catalog, on)
    assert made.headline == (
        "From 2026-12-01 Gemini 4 Argon will cost $4.00 input and $20.00 output per MTok, as announced; "
        "today it costs $2.00 input and $10.00 output."
    )
    assert made.more == ()
    assert {(each.value, each.on) for each in made.figures if each.name == "input_price"} == {
        ("2", None),
        ("4", "2026-12-01"),
    }
    assert not any(each.name == "price_changed_on" for each in made.figures)


def test_for_a_day_before_the_announced_one_no_other_price_is_announced(catalog: Catalog) -> None:
    """Nor for a model with nothing announced."""
    for on, model in (("2026-11-25", ARGON), ("2027-01", "openai/gpt-5.4")):
        assert ahead(catalog, on, model).headline.startswith("No other price of")


def test_where_only_the_long_context_price_changed_the_base_price_did_not(say: Say) -> None:
    """And no change from a price to itself is claimed."""
    made = say("opus 4.6 price history")[0]
    assert "There is no change on record for the base price of Claude Opus 4.6: $5.00" in made.message.text
    assert (
        "long-context price changed on 2026-03-13: from $10.00 input and $37.50 output over 200K" in made.message.text
    )


def test_every_model_that_was_asked_about_is_in_the_text(say: Say) -> None:
    """The notification is all that some people read."""
    text = say("has gpt-5.6-sol and gpt-5.4's price changed?")[0].message.text
    assert "GPT-5.6 Sol changed on 2026-08-21" in text
    assert "no change on record for GPT-5.4" in text


def test_a_month_before_the_release_had_no_price(catalog: Catalog) -> None:
    """In it, not on it."""
    assert "had no price in 2026-06: it was released on" in ahead(catalog, "2026-06", "openai/gpt-5.6-terra").headline
