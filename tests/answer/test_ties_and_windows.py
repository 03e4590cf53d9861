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


def test_what_flips_a_tie_is_on_the_side_where_the_other_gets_cheaper(say: Say) -> None:
    """Not on the side away from the asked share, which a tie has none of."""
    made = say("/compare cohere/c4ai-aya-expanse-32b gpt-4.1-mini at 10M")[0]
    flips = next(each for each in made.answer.sections if each.title == "What would flip it").lines
    assert "GPT-4.1 Mini becomes the cheaper when more than 50% of the tokens are input." in flips
    assert "GPT-4.1 Mini becomes the cheaper as soon as any of the input is cached." in flips


def test_asked_on_batch_the_standard_price_may_flip_it(say: Say) -> None:
    """It is a service tier like the others."""
    made = say("/compare google/gemini-3.8-flash x-ai/grok-4.20 at 10M on batch")[0]
    flips = next(each for each in made.answer.sections if each.title == "What would flip it").lines
    assert "On the standard tier Grok 4.20 is the cheaper." in flips
