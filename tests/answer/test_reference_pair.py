"""The pair that the project started with: what the reference page says right, and what it says wrong."""

import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest

from bot.answer.model import Figure
from bot.reply import Reply
from tests.conftest import SHARED, Say

MINI, G54 = "openai/gpt-4.1-mini", "openai/gpt-5.4"
M = 10**6


def figure(made: Reply, name: str, *models: str, **keys: str) -> Figure:
    """The one figure of a reply with these models and keys."""
    found = [
        each
        for each in made.answer.figures
        if each.name == name
        and each.models == models
        and all(getattr(each, key) == value for key, value in keys.items())
        and ("tier" in keys or each.tier is None)
    ]
    assert len(found) == 1, (
        name,
        models,
        keys,
        [(each.models, each.value) for each in made.answer.figures if each.name == name],
    )
    return found[0]


def shown(made: Reply) -> str:
    """All that a reply says, without the JSON of its layout."""
    return json.dumps(made.message.blocks, ensure_ascii=False) + made.message.text


def test_the_comparison_says_all_that_matters_of_the_pair(say: Say) -> None:
    """Costs, ratios, retirement and its replacement, both grades and the votes against them, what flips, what is untested."""
    made = say("/compare gpt-4.1-mini gpt-5.4")[0]
    for volume, low, high in ((M, 1, "8.75"), (10 * M, 10, "87.5"), (100 * M, 100, 875)):
        assert figure(made, "monthly_cost", MINI, tokens=str(volume)).decimal == Decimal(low)
        assert figure(made, "monthly_cost", G54, tokens=str(volume)).decimal == Decimal(str(high))
    assert figure(made, "input_price_ratio", G54, MINI).decimal == Decimal("6.25")
    assert figure(made, "output_price_ratio", G54, MINI).decimal == Decimal("9.375")
    assert figure(made, "cost_ratio", G54, MINI, tokens=str(M)).decimal == Decimal("8.75")
    assert figure(made, "retires_on", MINI).value == "2027-01-14"
    assert figure(made, "replacement", MINI).value == "GPT-6 Luna"
    assert {figure(made, "overall_score", each).decimal for each in (MINI, G54)} == {Decimal("2.5")}
    assert made.answer.winner == MINI
    assert made.answer.picks["bulk"] == MINI
    assert made.answer.picks["coding"] == G54
    assert any("speed" in each for each in made.answer.untested)
    text = shown(made)
    for said in (
        "8.8 times as much",
        "8.75x",
        "24 of 24 categories",
        "Strong (2.50 of 3)",
        "2027-01-14",
        "GPT-6 Luna, $0.30",
        "1,475.2 (1,471.5 to 1,479)",
        "stays the cheaper at every split",
        "10.7 times as many output tokens",
        "$11.43",
        "7.8 more months",
        "625,000",
    ):
        assert said in text, said


def test_the_first_screen_is_verdict_retirement_and_table(say: Say) -> None:
    """The rest follows or is folded."""
    blocks = say("/compare gpt-4.1-mini gpt-5.4")[0].message.blocks
    assert [each["type"] for each in blocks[:3]] == ["section", "section", "table"]
    assert blocks[0]["text"]["text"].startswith("*Take GPT-4.1 Mini")
    assert blocks[1]["text"]["text"].startswith("GPT-4.1 Mini is switched off on 2027-01-14")
    folded = [each["title"]["text"] for each in blocks if each["type"] == "container"]
    assert {"FAQ", "Scores and their sources"} <= set(folded)
    assert all(each["default_collapsed"] for each in blocks if each["type"] == "container")
    assert blocks[-1]["type"] == "actions"


def test_half_a_million_output_tokens_a_day_are_201_dollars_a_month_apart(say: Say) -> None:
    """The page says over $2,000: ten times too much."""
    made = say("we do 500K output tokens daily. what would replacing gpt-5.4 with gpt-4.1-mini save us a month?")[0]
    assert figure(made, "monthly_saving", G54, MINI, tokens=str(15 * M)).decimal == Decimal(201)
    assert "$201 a month" in made.message.text


def test_the_four_questions_get_answers_that_agree_with_the_verdict(say: Say) -> None:
    """A tie by grade is a tie, the cheaper is the cheaper, and there is no reason to upgrade."""
    better, cheaper, differences, upgrade = (
        say(text)[0]
        for text in (
            "is gpt-5.4 better than gpt-4.1-mini?",
            "which is cheaper, gpt-5.4 or gpt-4.1-mini?",
            "main differences between gpt-4.1-mini and gpt-5.4",
            "should i upgrade from gpt-4.1-mini to gpt-5.4?",
        )
    )
    assert better.answer.winner is None
    assert "tie" in better.answer.headline
    assert "24 of 24" in shown(better)
    assert cheaper.answer.winner == MINI
    assert figure(differences, "context_window", G54).decimal == 1_050_000
    assert upgrade.answer.verdict == "no"


def test_mmlu_names_no_leader_where_no_source_has_tested_both(say: Say) -> None:
    """The page's own scores are shown as the page's, never as a finding; OpenAI's own figure stands beside them."""
    made = say("which scores higher on MMLU, gpt-4.1-mini or gpt-5.4?")[0]
    assert "nobody leads" in made.answer.headline
    assert made.answer.untested
    text = shown(made)
    assert "87.5%" in text
    assert "names no source for it" in text
    assert "82.1" not in made.message.text


def _claims() -> list[dict[str, Any]]:
    path = SHARED / "eval" / "seed_facts.json"
    own = [
        {
            "text": "GPT-4.1 Mini costs $1.60 per MTok output",
            "kind": "price",
            "models": [MINI],
            "value": "1.60",
            "status": "holds",
            "recomputed": "1.6",
        },
        {
            "text": "GPT-5.4 costs 6x more on input",
            "kind": "ratio",
            "models": [G54, MINI],
            "value": "6",
            "status": "holds",
            "recomputed": "6.25",
        },
        {
            "text": "over $2,000 monthly",
            "kind": "saving",
            "models": [G54, MINI],
            "value": "2000",
            "status": "contradicted",
            "recomputed": "201",
        },
    ]
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else own


CHECKED = [
    each
    for each in _claims()
    if each["kind"] in ("price", "cost", "ratio", "saving") and each["value"] and each["recomputed"]
]


@pytest.mark.parametrize("claim", CHECKED, ids=lambda claim: claim["text"][:60])
def test_every_claim_of_the_page_about_money_is_recomputed_from_the_catalog(say: Say, claim: dict[str, Any]) -> None:
    """With the status and the value that the claim list gives: our figures hold where it holds, and differ where it does not."""
    pair = say("/compare gpt-4.1-mini gpt-5.4")[0]
    saving = say("500K output tokens daily: what do we save from gpt-5.4 to gpt-4.1-mini?")[0]
    every = [
        each
        for made in (pair, saving)
        for each in made.answer.figures
        if each.unit.startswith("USD") or each.unit in ("ratio", "months")
    ]
    wanted = Decimal(claim["recomputed"])
    values = (
        {each.decimal for each in every}
        | {100 * each.decimal for each in every if each.unit == "ratio"}
        | {Decimal(100) / each.decimal for each in every if each.unit == "ratio" and each.decimal}
    )
    assert any(abs(value - wanted) <= abs(wanted) / 1000 for value in values), claim
    shown_as = Decimal(claim["value"])
    is_said = any(shown_as in (value, int(value), value.quantize(shown_as, ROUND_HALF_UP)) for value in values)
    if claim["status"] == "contradicted":
        assert abs(wanted - Decimal(claim["value"])) > Decimal("0.5") * (1 if wanted > 20 else Decimal("0.1")), claim
    else:
        assert is_said or abs(wanted - Decimal(claim["value"])) < Decimal("0.5"), claim


WRONG_SENTENCES = (
    "over $2,000",
    "10% of the price",
    "12% higher",
    "8% better",
    "3x the cost",
    "becomes $940",
    "10x the volume",
    "equally capable",
    "identical benchmark",
    "without sacrificing",
    "zero public data",
    "2x the output per dollar",
)


@pytest.mark.parametrize(
    "text",
    [
        "/compare gpt-4.1-mini gpt-5.4",
        "is gpt-5.4 better than gpt-4.1-mini?",
        "which should I use, gpt-4.1-mini or gpt-5.4?",
        "how far does $100 go on gpt-5.4?",
        "MMLU gpt-4.1-mini vs gpt-5.4",
        "is gpt-5.4 faster than gpt-4.1-mini?",
    ],
)
def test_none_of_the_pages_contradicted_claims_is_ever_asserted(say: Say, text: str) -> None:
    """Neither its sentences nor its wrong sums."""
    said = shown(say(text)[0])
    assert [each for each in WRONG_SENTENCES if each in said] == []
    assert "$2,000" not in said
    assert "$940" not in said


def test_what_the_difference_buys_is_exact(say: Say) -> None:
    """$100 of GPT-5.4 costs $11.43 on the Mini; a month's difference is 7.75 months of it; a dollar is 625,000 output tokens."""
    made = say("/compare gpt-4.1-mini gpt-5.4")[0]
    assert Fraction(figure(made, "months_of_cheaper", G54, MINI).value) == Fraction(31, 4)
    assert figure(made, "output_tokens_per_usd", MINI).value == "625000"
    assert figure(made, "output_tokens_per_usd", G54).value == "66666"
