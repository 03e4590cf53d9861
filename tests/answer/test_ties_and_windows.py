"""Among several: who wins when the first cost the same, and what is said when no window is large enough."""

from tests.conftest import Say


def test_two_that_cost_least_together_leave_no_winner_among_three(say: Say) -> None:
    """And both are named, in whatever order they were asked."""
    for names in ("gpt-5, gpt-5.1, gpt-5.4", "gpt-5.4, gpt-5.1, gpt-5"):
        made = say(f"{names} at 10M")[0]
        assert made.answer.winner is None
        assert "GPT-5 and GPT-5.1 cost the same: $56.25 a month at 10M tokens." in made.answer.more
        faq = next(each for each in made.answer.sections if each.title == "FAQ")
        assert "GPT-5 and GPT-5.1: $56.25 against $87.50 a month at 10M tokens." in faq.lines[1]


def test_neither_is_recommended_when_both_windows_are_too_small(say: Say) -> None:
    """Before one that is too small is held against the other."""
    made = say("/compare gpt-4o gpt-4o-mini, 100 requests a day, 300k in / 5k out")[0]
    assert made.answer.headline.startswith("Neither: GPT-4o Mini and GPT-4o cannot hold requests of 300K input and 5K")


def test_moving_between_two_that_are_both_too_small_is_no_yes(say: Say) -> None:
    """Nothing is gained by it."""
    made = say("should i upgrade from gpt-4o-mini to gpt-4o? 100 requests a day, 300k in / 5k out")[0]
    assert made.answer.verdict != "yes"
