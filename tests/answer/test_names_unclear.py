"""What is said where a name is not clear, beside what can be answered."""

import pytest

from tests.conftest import Say


@pytest.mark.parametrize("follow_up", ["and gpt-5.9?", "add claude opus 7"])
def test_a_name_that_is_not_known_is_said_once(say: Say, follow_up: str) -> None:
    """In the line that also names the closest."""
    text = say("gpt-5.4 cost at 10M", follow_up)[-1].message.text
    assert text.count("I don't know") == 1
    assert "Closest: " in text


def test_a_second_model_is_asked_for_after_the_one_that_is_not_known(say: Say) -> None:
    """Not "and which other?", as one was named."""
    headline = say("is zephyrion-70b better than sonnet 5.5")[0].answer.headline
    assert headline.startswith("I don't know a model called “zephyrion-70b”. Name another one to set beside")


def test_choices_are_named_where_only_one_of_two_is_clear(say: Say) -> None:
    """On a screen reader there are no buttons beside the text."""
    headline = say("savings if we go from opus to sonnet 5.5 at 30M?")[0].answer.headline
    assert "“opus” can be several models (Claude Opus 5.5, Claude Opus 5 or Claude Opus 4.8)" in headline
