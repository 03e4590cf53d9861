"""Each rule of the verdict, on a pair that it decides, and at the edge where the next one takes over."""

from datetime import date

import pytest

from tests.conftest import Say

LONG = "at 100 requests a month, 300k in and 1k out each"
IMAGES = "for images"


@pytest.mark.parametrize(
    ("pair", "usage", "start", "also"),
    [
        ("gpt-4-turbo mistral-small-latest", "", "Neither: both have been switched off", ""),
        ("magistral-small glm-5.3", "", "Take GLM-5.3: Magistral Small has been switched off", "costs 2.9 times"),
        ("claude-opus-4-1 gpt-5.6-sol", "", "Take GPT-5.6 Sol: Claude Opus 4.1 has been switched off", ""),
        ("o3 claude-opus-5.5", LONG, "Take Claude Opus 5.5: o3 cannot hold requests", "costs 2.0 times"),
        ("claude-haiku-4.5 gemini-3.5-flash-lite", LONG, "Take Gemini 3.5 Flash-Lite: Claude Haiku 4.5 cannot", ""),
        ("glm-5.3 gpt-5.4", IMAGES, "Take GPT-5.4: GLM-5.3 has no vision", "costs 3.0 times"),
        ("glm-5.3 gpt-5.4-nano", IMAGES, "Take GPT-5.4 Nano: GLM-5.3 has no vision", ""),
        ("kimi-k2-0905-preview kimi-k2-0711-preview", "", "Neither is cheaper: both cost $1.55", "nobody has graded"),
        ("glm-4.5 glm-4.6", "", "Take GLM-4.6: it is graded better", "for the same cost"),
        ("claude-opus-4-6 claude-opus-4-7", "", "Take Claude Opus 4.6: it is graded better", "both cost $15.00"),
        ("gpt-4.1-mini gpt-5.4", "", "Take GPT-4.1 Mini: GPT-5.4 costs 8.8 times", "both are graded Strong"),
        ("gemini-3.8-flash claude-sonnet-4.6", "", "Take Gemini 3.8 Flash: it is cheaper and graded better", ""),
        ("gpt-6-sol claude-sonnet-4.6", "", "Take Claude Sonnet 4.6: it is graded better", "for 1.5 times the cost"),
        ("gpt-5.4-nano claude-sonnet-4.6", "", "Take GPT-5.4 Nano unless quality decides", "12.4 times"),
        ("o3-pro r1-1776", "", "Take r1-1776 on cost: o3-pro costs 10.0 times", "nobody has graded both"),
    ],
)
def test_each_rule_decides_its_pair_whichever_comes_first(
    say: Say, pair: str, usage: str, start: str, also: str
) -> None:
    """One sentence: what to take, why, and the price of it."""
    first, second = pair.split()
    for names in (f"{first} {second}", f"{second} {first}"):
        headline = say(f"/compare {names} {usage}")[0].answer.headline
        assert headline.startswith(start), headline
        assert also in headline


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"gpt-4-turbo gpt-5.4 {LONG}", "GPT-4 Turbo has been switched off"),
        (f"glm-4.6 gpt-5.4 for images {LONG}", "GLM-4.6 cannot hold requests"),
        ("glm-5.3 gpt-5.4-mini for images", "GLM-5.3 has no vision"),
    ],
)
def test_what_cannot_be_used_is_out_before_grades_and_the_graver_reason_is_named(
    say: Say, text: str, reason: str
) -> None:
    """Switched off before too small, too small before missing an ability, and all of these before grades and cost."""
    headline = say(f"/compare {text}")[0].answer.headline
    assert reason in headline
    assert "graded" not in headline


@pytest.mark.parametrize(
    ("share", "start"),
    [
        (51, "Take GPT-6.1 Sol: it is graded better"),
        (50, "Take GPT-6.1 Sol: it is graded better"),
        (49, "Take Grok 4.5 unless quality decides"),
    ],
)
def test_half_as_much_again_is_the_most_that_a_better_grade_is_worth(say: Say, share: int, start: str) -> None:
    """$2 and $10 against $2 and $6: exactly one and a half times at half input and half output."""
    assert say(f"/compare grok-4.5 gpt-6.1-sol, {share}% input")[0].answer.headline.startswith(start)


@pytest.mark.parametrize(("made", "fits"), [(1000, True), (1001, False)])
def test_a_request_that_just_fills_the_window_with_its_reply_fits(say: Say, made: int, fits: bool) -> None:
    """o3 holds 200,000 tokens: 199,000 in and 1,000 out."""
    text = f"/compare o3 claude-opus-5.5, 100 requests a month, 199000 in and {made} out each"
    assert ("cannot hold" not in say(text)[0].answer.headline) == fits


@pytest.mark.parametrize(("day", "is_off"), [(13, False), (14, True)])
def test_a_model_is_switched_off_from_its_day_on(say: Say, day: int, is_off: bool) -> None:
    """GPT-4.1 Mini, on 2027-01-14."""
    made = say("/compare gpt-4.1-mini gpt-5.4", on=date(2027, 1, day))[0]
    assert ("has been switched off" in made.answer.headline) == is_off
    assert made.answer.winner == "openai/gpt-4.1-mini"
