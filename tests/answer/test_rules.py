"""Each rule of the verdict, on a pair that it decides, and at the edge where the next one takes over."""

import re
from datetime import date

import pytest

from catalog.lookup import Catalog
from tests.conftest import AS_OF, Say

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


@pytest.mark.parametrize(
    ("names", "start", "also"),
    [
        (
            "gpt-4.1-mini gpt-5.4 gpt-4-turbo",
            "Take GPT-4.1 Mini unless quality decides: GPT-5.4 costs 8.8 times",
            "; GPT-4 Turbo has been switched off.",
        ),
        (
            "gpt-4.1-mini claude-sonnet-5.5 gpt-5.4",
            "Take GPT-4.1 Mini unless quality decides: Claude Sonnet 5.5 costs 6.0 times",
            "is graded best",
        ),
        (
            "gpt-4-turbo glm-4.6 gpt-5.4-mini for images",
            "Take GPT-5.4 Mini: GPT-4 Turbo has been switched off and GLM-4.6 has no vision; it costs $2.63",
            "",
        ),
        ("glm-5.3 glm-4.6 glm-4.5 for images", "None of them has vision.", ""),
        (f"o3 gpt-4o glm-4.6 {LONG}", "None of them: ", "cannot hold requests of 300K input and 1K output tokens."),
        ("gpt-4-turbo mistral-small-latest claude-opus-4-1", "None of them: all have been switched off.", ""),
    ],
)
def test_of_three_those_that_are_out_are_left_out_and_the_cheapest_is_weighed_against_the_best_graded(
    say: Say, names: str, start: str, also: str
) -> None:
    """The dearest of them counts for nothing by being that."""
    headline = say(f"/compare {names}")[0].answer.headline
    assert headline.startswith(start), headline
    assert also in headline


def test_where_no_model_can_take_images_that_is_said_and_neither_is_taken(say: Say) -> None:
    """Asked for vision; without it the same two are weighed as ever."""
    headline = say("/compare glm-5.3 glm-4.6 for vision")[0].answer.headline
    assert headline.startswith("Neither has vision; GLM-5.3 costs 2.1 times as much")
    assert "vision" not in say("/compare glm-5.3 glm-4.6")[0].answer.headline


def test_a_model_that_is_out_for_one_reason_does_not_recommend_one_that_is_out_for_another(say: Say) -> None:
    """Switched off against too small."""
    headline = say(f"/compare gpt-4-turbo o3 {LONG}")[0].answer.headline
    assert headline.startswith("Neither: GPT-4 Turbo has been switched off and o3 cannot hold requests")


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("claude-sonnet-5.5 gpt-4o", "GPT-4o costs 4.2% more ($6.25 against $6.00"),
        ("gpt-5.6-luna gpt-5.4-nano", "GPT-5.4 Nano costs 3.6% more ($0.73 against $0.70"),
        ("minimax-m2.5-highspeed minimax-m2.7-highspeed at 37% input, 12% cached", "0.1% more (both about $1.71"),
    ],
)
def test_a_cost_that_is_hardly_more_is_said_in_percent(say: Say, pair: str, said: str) -> None:
    """Never "1.0 times as much"."""
    made = say(f"/compare {pair}")[0]
    assert said in made.answer.headline
    assert "1.0 times" not in made.message.text


def test_a_grade_that_decides_is_shown_with_the_digits_that_decide(say: Say, catalog: Catalog) -> None:
    """Two scores that differ are never written alike."""
    graded = sorted(
        (each for each in catalog.scope(AS_OF) if each.model in catalog.arena_means),
        key=lambda each: catalog.arena_means[each.model],
    )
    seen = 0
    for first, second in zip(graded[::3], graded[1::3], strict=False):
        headline = say(f"/compare {first.id} {second.id}")[0].answer.headline
        found = re.search(r"graded better, (\w+ \([\d.]+ of 3\)) against (\w+ \([\d.]+ of 3\))", headline)
        if found:
            assert found[1] != found[2], headline
            seen += 1
    assert seen >= 20


@pytest.mark.parametrize(("day", "left"), [(12, "in 2 days"), (13, "in 1 day;")])
def test_one_day_is_a_day(say: Say, day: int, left: str) -> None:
    """GPT-4.1 Mini is switched off on 2027-01-14."""
    assert left in say("/compare gpt-4.1-mini gpt-5.4", on=date(2027, 1, day))[0].message.text


def test_two_offerings_of_one_name_are_told_apart_by_their_ids(say: Say) -> None:
    """Wherever they are named; not one that stands alone."""
    made = say("/compare openai/gpt-4o-2024-05-13 openai/gpt-4o")[0]
    assert made.answer.headline.startswith("Take GPT-4o: GPT-4o (gpt-4o-2024-05-13) has been switched off")
    assert "GPT-4o (" not in say("/compare openai/gpt-4o gpt-5.4")[0].message.text


def test_among_three_of_which_the_two_cheapest_tie_none_wins_on_cost(say: Say) -> None:
    """Their third costs more."""
    made = say("/compare gpt-5, gpt-5.1, gpt-5.4 at 10M")[0]
    assert made.answer.winner is None
    assert made.answer.headline.startswith("Take GPT-5.1 unless quality decides: GPT-5.4 costs 1.6 times")


@pytest.mark.parametrize(
    ("names", "start", "pick"),
    [
        ("GLM-5.3 or gpt-5.4", "For vision take GPT-5.4: GLM-5.3 has no vision.", "openai/gpt-5.4"),
        ("GLM-5.3, gpt-5.4 or o3", "For vision take GPT-5.4: it leads in LMArena vision", "openai/gpt-5.4"),
        ("GLM-5.3 or glm-4.6", "There is no pick for vision: neither has vision.", None),
        ("gpt-4-turbo or glm-4.6", "There is no pick for vision: GPT-4 Turbo has been switched off and GLM-4.6", None),
    ],
)
def test_a_model_without_the_ability_is_no_pick_for_it(say: Say, names: str, start: str, pick: str | None) -> None:
    """Nor is it offered as the cheapest of them; for other needs it stays one."""
    made = say(f"which should I use for vision, {names}?")[0]
    assert made.answer.headline.startswith(start)
    assert made.answer.picks.get("vision") == pick
    assert made.answer.picks["bulk"].startswith("zai/")


def test_what_cannot_be_used_is_not_chosen_without_a_need_either(say: Say) -> None:
    """It would be the cheapest or the best."""
    made = say("which should I choose, gpt-4-turbo or glm-4.6?")[0]
    assert made.answer.headline == "Take GLM-4.6: GPT-4 Turbo has been switched off."
