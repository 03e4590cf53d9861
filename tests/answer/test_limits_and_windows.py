"""Edges in time, price, tier and length: what counts up to which day, dollar, tier and character."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.answer.model import Answer, Section
from bot.message.limits import ALL_TEXT, faults, texts
from bot.message.message import to_message
from bot.question.model import Question
from bot.reply import Reply
from catalog.lookup import Catalog
from catalog.models import STANDARD
from tests.conftest import AS_OF, Say

M = 10**6


def costs(made: Reply) -> dict[tuple[str, str | None], Decimal]:
    """The monthly costs of a reply, by model and tier."""
    return {
        (each.models[0], each.tier): each.decimal
        for each in made.answer.figures
        if each.name == "monthly_cost" and each.tokens == str(10 * M)
    }


def shown(made: Reply) -> str:
    """All that a message shows."""
    return "\n".join(texts(made.message.blocks))


@pytest.mark.parametrize(("day", "is_said"), [(date(2026, 1, 13), False), (date(2026, 1, 14), True)])
def test_a_retirement_is_said_from_a_year_before_on(say: Say, day: date, is_said: bool) -> None:
    """GPT-4.1 Mini is switched off on 2027-01-14."""
    for text in ("tell me about gpt-4.1-mini", "/compare gpt-4.1-mini gpt-5", "gpt-4.1-mini, 10M tokens"):
        assert ("GPT-4.1 Mini is switched off on 2027-01-14" in shown(say(text, on=day)[0])) == is_said


@pytest.mark.parametrize(("age", "is_old"), [(0, False), (14, False), (15, True), (60, True)])
def test_price_data_of_more_than_two_weeks_is_called_old(say: Say, catalog: Catalog, age: int, is_old: bool) -> None:
    """By the newest price in it, on the day of the question."""
    assert catalog.prices_date
    made = say("what does gpt-5.4 cost for 10M tokens?", on=catalog.prices_date + timedelta(days=age))[0]
    assert ("more than two weeks old" in shown(made)) == is_old


def test_an_announced_price_is_no_change_until_its_day(say: Say) -> None:
    """Gemini 4 Argon doubles on 2026-12-01: announced the day before, changed from then on."""
    text = "has gemini 4 argon's price changed?"
    before, after = (say(text, on=date(2026, 12, 1) - timedelta(days=left))[0].answer for left in (1, 0))
    assert before.headline.startswith("There is no change on record for Gemini 4 Argon: $2.00 input and $10.00 output")
    assert any("From 2026-12-01" in line and "announced, not used" in line for line in before.more)
    assert after.headline.startswith(
        "Gemini 4 Argon changed on 2026-12-01: from $2.00 input and $10.00 output to $4.00"
    )
    assert not any("announced" in line for line in after.more)


@pytest.mark.parametrize(
    ("text", "has_exactly", "has_less"),
    [
        ("anthropic models under $1 input", False, True),
        ("anthropic models at $1 or less input", True, True),
        ("anthropic models over $1 input", False, False),
        ("anthropic models at least $1 input", True, False),
    ],
)
def test_a_price_limit_includes_its_own_price_only_where_it_says_so(
    say: Say, catalog: Catalog, text: str, has_exactly: bool, has_less: bool
) -> None:
    """Claude Haiku 4.5 costs exactly $1 per MTok of input, Claude Haiku 5.5 less."""
    one, less = (catalog.offerings[f"anthropic/claude-haiku-{version}"] for version in ("4-5", "5-5"))
    prices = [catalog.price(each, "input", AS_OF) for each in (one, less)]
    assert [each and each.base.compare(1) for each in prices] == [0, -1]
    found = say(text)[0].answer.models
    assert (one.id in found) == has_exactly
    assert (less.id in found) == has_less


def test_every_price_limit_lists_just_the_models_that_a_plain_scan_finds(say: Say, catalog: Catalog) -> None:
    """Strictly under, or at most, for prices that some models have exactly."""
    for side in ("input", "output"):
        for dollars in ("0.5", "1", "2", "5", "10"):
            for words, allowed in (("under ${}", (-1,)), ("at most ${}", (-1, 0)), ("over ${}", (1,))):
                made = say(f"models with {side} price {words.format(dollars)}")[0]
                prices = [catalog.price(each, side, AS_OF) for each in catalog.scope(AS_OF)]
                wanted = sum(each is not None and each.base.compare(Decimal(dollars)) in allowed for each in prices)
                matches = [each.value for each in made.answer.figures if each.name == "matches"]
                assert matches == [str(wanted)], (side, words, dollars, made.question.filters)


@pytest.mark.parametrize(
    ("text", "monthly"),
    [
        ("what does gpt-5.4 cost for 90M tokens a quarter?", 30 * M),
        ("gpt-5.4, 90M tokens quarterly", 30 * M),
        ("what does gpt-5.4 cost for 120M tokens a year?", 10 * M),
        ("what does gpt-5.4 cost for 7M tokens a week?", 30 * M),
    ],
)
def test_a_period_is_turned_into_months(say: Say, text: str, monthly: int) -> None:
    """A quarter has three of them."""
    assert say(text)[0].question.workload.tokens == monthly


@pytest.mark.parametrize(
    ("cached", "mini", "large"), [(0, "1.00", "8.75"), (80, "0.88", "7.85"), (100, "0.85", "7.625")]
)
def test_the_cached_share_holds_at_every_volume_that_a_table_shows(
    say: Say, cached: int, mini: str, large: str
) -> None:
    """Without a volume: half of a million is input; cached it costs $0.10 or $0.25 per MTok instead of $0.40 or $2.50."""
    made = say(f"which is cheaper, gpt-4.1-mini or gpt-5.4, {cached}% cached?")[0]
    found = {(each.models[0], each.tokens): each.decimal for each in made.answer.figures if each.name == "monthly_cost"}
    for times in (1, 10, 100):
        assert found["openai/gpt-4.1-mini", str(times * M)] == Decimal(mini) * times
        assert found["openai/gpt-5.4", str(times * M)] == Decimal(large) * times


def test_batch_without_a_cached_price_of_its_own_uses_the_standard_one(say: Say, catalog: Catalog) -> None:
    """Of every model that sells batch so; never billed as input, and the evidence names the standard row."""
    found = 0
    for each in catalog.scope(AS_OF):
        own = {unit for listed in each.lists if listed.tier == "batch" for unit in listed.rates}
        cached = catalog.price(each, "cached_input", AS_OF)
        given, made = (catalog.price(each, word, AS_OF, "batch") for word in ("input", "output"))
        if not own or "cache_read_mtok" in own or not (cached and given and made):
            continue
        found += 1
        reply = say(f"what does {each.id} cost for 10M tokens on batch, 40% cached?")[0]
        wanted = 3 * given.base + 2 * cached.base + 5 * made.base
        assert costs(reply)[each.id, "batch"] == wanted
        proof = next(figure.evidence for figure in reply.answer.figures if figure.name == "monthly_cost")
        assert any(row.startswith(f"price|{each.id}|cached_input|{STANDARD}") for row in proof)
        assert "cached_price" not in reply.answer.assumed
    assert found >= 5


@pytest.mark.parametrize("tier", ["batch", "flex", "priority"])
def test_a_tier_that_one_of_two_does_not_sell_is_its_standard_price_and_said(
    say: Say, catalog: Catalog, tier: str
) -> None:
    """The other one has the tier's; the figure of the fallback carries no tier."""
    made = say(f"which is cheaper, gpt-5.4 or glm-5.3, 10M tokens, {tier} tier")[0]
    sold = [catalog.price(catalog.offerings["openai/gpt-5.4"], word, AS_OF, tier) for word in ("input", "output")]
    assert costs(made)["openai/gpt-5.4", tier] == sum(5 * each.base for each in sold if each)
    assert costs(made)["zai/GLM-5.3", None] == Decimal(29)
    assert [(each.kind, each.text) for each in made.answer.problems] == [
        ("tier_fallback", f"GLM-5.3: no {tier} price, standard price used")
    ]
    assert f"GLM-5.3: no {tier} price, standard price used." in shown(made)


def test_fast_is_the_priority_price_where_there_is_no_fast_one_and_standard_where_there_is_neither(say: Say) -> None:
    """Each said in its own words."""
    fast, priority, neither = (
        say(f"what does {name} cost for 10M tokens in fast mode?")[0]
        for name in ("gpt-5.4", "gemini-3.8-flash-tts", "glm-5.3")
    )
    assert costs(fast)["openai/gpt-5.4", "fast"] == 175
    assert "price of its own" not in shown(fast)
    assert costs(priority)["google/gemini-3.8-flash-tts", "priority"] == Decimal("85.5")
    assert "has no fast price of its own; its priority price is used" in shown(priority)
    assert not priority.answer.problems
    assert costs(neither)["zai/GLM-5.3", None] == 29
    assert "GLM-5.3: no fast price, standard price used." in shown(neither)


@pytest.mark.parametrize(
    ("names", "picked"),
    [
        ("gpt-5.6-terra, gpt-6-luna or gpt-oss-120b", "openai/gpt-6-luna"),
        ("gpt-5.6-sol, glm-5.3 or minimax-m2.7", "zai/GLM-5.3"),
        ("minimax-m2.7, gpt-5.6-sol or glm-5.3", "zai/GLM-5.3"),
    ],
)
def test_of_three_the_cheapest_of_those_that_are_level_is_picked_not_a_cheaper_one_far_behind(
    say: Say, names: str, picked: str
) -> None:
    """The ranges of the first two overlap; the third costs least, and its range lies below both."""
    assert say(f"which should I use for coding, {names}?")[0].answer.picks["coding"] == picked


def test_a_message_that_is_too_long_loses_its_last_folded_parts_first(catalog: Catalog) -> None:
    """And only as many as it must: what is not folded stays."""
    question = Question(kind="method", as_of=AS_OF.isoformat())
    parts = [Section(title=f"Part {number}", lines=("word " * 500,), is_folded=True) for number in range(1, 6)]
    made = to_message(
        question,
        Answer(kind="method", headline="Long", sections=(*parts, Section(title="Open", lines=("stays",)))),
        catalog,
    )
    titles = [block["title"]["text"] for block in made.blocks if block["type"] == "container"]
    assert titles == ["Part 1", "Part 2", "Part 3"]
    assert "*Open*\nstays" in list(texts(made.blocks))
    assert ALL_TEXT - 2600 < sum(map(len, texts(made.blocks))) <= ALL_TEXT
    assert faults(made.blocks, made.text) == []
