"""Random pairs of the whole catalog: always a true and useful answer, the same whichever comes first."""

import random
from fractions import Fraction

import pytest

from bot.answer.grades import grades
from bot.message.limits import faults
from bot.question.thread import Thread
from bot.reply import Reply, reply
from catalog.lookup import Catalog
from tests.conftest import AS_OF, Say
from tests.sourced import strays

PAIRS = 300


@pytest.fixture(scope="module")
def pairs(catalog: Catalog) -> list[tuple[str, str]]:
    """Pairs of offerings, most of them of the makers' own, with every kind of oddity among them."""
    chance = random.Random(300)
    own = [each.id for each in catalog.offerings.values() if catalog.is_own(each)]
    every = sorted(catalog.offerings)
    return [
        (chance.choice(own if chance.random() < 0.7 else every), chance.choice(own if chance.random() < 0.7 else every))
        for _ in range(PAIRS)
    ]


def ask(catalog: Catalog, text: str) -> Reply:
    """One reply without a thread."""
    return reply(text, Thread(), catalog, AS_OF)


def names_in(catalog: Catalog) -> set[str]:
    """What models are called in messages."""
    return {catalog.display_name(each) for each in catalog.offerings.values()} | {
        each.name for each in catalog.models.values()
    }


def test_every_pair_gets_a_valid_message_with_a_source_for_each_number(
    catalog: Catalog, pairs: list[tuple[str, str]]
) -> None:
    """No exception, nothing that Slack would refuse, no number from nowhere."""
    names = names_in(catalog)
    for first, second in pairs:
        made = ask(catalog, f"/compare {first} {second}")
        assert faults(made.message.blocks, made.message.text) == [], (first, second)
        assert strays(made, f"{first} {second}", names) == [], (first, second)


def test_the_winner_is_the_same_when_the_order_is_swapped(catalog: Catalog, pairs: list[tuple[str, str]]) -> None:
    """For `better` as for cost."""
    for first, second in pairs[:100]:
        for text in ("is {} better than {}?", "/compare {} {}"):
            one, other = ask(catalog, text.format(first, second)), ask(catalog, text.format(second, first))
            assert one.answer.winner == other.answer.winner, (first, second, text)


def test_no_faq_answer_contradicts_the_verdict(catalog: Catalog, pairs: list[tuple[str, str]]) -> None:
    """Who is cheaper, who is graded better and whether to upgrade are said from the same facts."""
    checked = 0
    for first, second in pairs:
        made = ask(catalog, f"/compare {first} {second}")
        faq = next((each for each in made.answer.sections if each.title == "FAQ"), None)
        if faq is None:
            continue
        checked += 1
        cheaper, better, upgrade = faq.lines[1], faq.lines[0], faq.lines[3]
        offerings = [catalog.offerings[each] for each in made.question.models]
        if made.answer.winner:
            assert catalog.display_name(catalog.offerings[made.answer.winner]) in cheaper
        else:
            assert "Neither" in cheaper
        found = grades(catalog, offerings)
        if len(found.scores) == 2 and len(set(found.scores.values())) == 2:
            best = max(found.scores, key=lambda each: found.scores[each])
            assert ("Yes" in better) == (best != made.answer.winner or made.answer.winner is None) or "No" in better
            assert not ("Yes:" in upgrade and best == made.answer.winner)
        else:
            assert "Yes:" not in better
    assert checked > 100


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("/compare text-embedding-3-small text-embedding-3-large", "no output price"),
        ("/compare gpt-audio gpt-5.4", "GPT-5.4"),
        ("/compare whisper-large-v3 gpt-5.4", "GPT-5.4"),
        ("/compare claude-v1 gpt-5.4", "GPT-5.4"),
        ("mistral ocr 4.1 vs mistral ocr 4.0 at 5M", "no price"),
        ("is mistral-nemo:free cheaper than gpt-5.4?", "GPT-5.4"),
    ],
)
def test_models_without_prices_or_results_get_a_true_answer(say: Say, text: str, wanted: str) -> None:
    """Speech, embedding, retired and free models; never $0 for what is not known."""
    made = say(text)[0]
    said = f"{made.message.text} {made.message.blocks}"
    assert wanted in said
    assert "$0.00" not in said


def test_a_model_that_has_been_switched_off_is_not_recommended(say: Say) -> None:
    """It may be the cheaper one on paper; the verdict and the picks are for one that runs."""
    made = say("/compare gemini 2.5 flash gpt-5.4")[0]
    assert made.answer.winner == "google/gemini-2.5-flash"
    assert made.answer.headline.startswith("Take GPT-5.4: Gemini 2.5 Flash has been switched off")
    assert set(made.answer.picks.values()) == {"openai/gpt-5.4"}


def test_six_models_fit_and_a_seventh_is_named_as_left_out(say: Say) -> None:
    """The first six are answered."""
    made = say("compare gpt-5.4, opus 5.5, sonnet 5.5, haiku 5.5, grok 4.5, kimi k3, gpt-6-sol")[0]
    assert len(made.answer.models) == 6
    assert [each.text for each in made.answer.problems if each.kind == "too_many_models"] == ["GPT-6 Sol"]
    assert faults(made.message.blocks, made.message.text) == []


def test_flip_points_are_where_the_costs_are_equal(catalog: Catalog, say: Say) -> None:
    """At the share that is named, both cost the same, to the last digit that it is given to."""
    made = say("/compare gpt-5 o3")[0]
    share = next(each for each in made.answer.figures if each.name == "flip_input_share")
    prices = {
        word: {each: catalog.price(catalog.offerings[each], word, AS_OF) for each in share.models}
        for word in ("input", "output")
    }

    def cost(model: str) -> Fraction:
        given, output = prices["input"][model], prices["output"][model]
        assert given is not None
        assert output is not None
        return share.fraction * Fraction(given.base) + (1 - share.fraction) * Fraction(output.base)

    first, second = (cost(each) for each in share.models)
    assert abs(first - second) < Fraction(1, 10**9)
