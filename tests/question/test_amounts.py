"""The grammar of amounts: every style of section 4 of the contract, exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.amounts import read_amounts
from bot.question.model import Said, Workload, exact
from bot.question.numbers import numbers
from bot.question.text import plain
from bot.question.usage import changed, workload

M = 10**6


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("100M tokens", 100 * M),
        ("100 000 000", 100 * M),
        ("1.000.000", M),
        ("0.1B", 100 * M),
        ("1.500M", "1500000"),
        ("1,5M", "1500000"),
        ("1.500", 1500),
        ("1,234,567", 1234567),
        ("25.000.000", 25 * M),
        ("half a million", "500000"),
        ("1e8", 100 * M),
        ("2.5bn", 2500 * M),
        ("40 thousand", 40000),
        ("1,25", "1.25"),
        ("3 mtok", 3 * M),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        (".5m", "500000"),
        ("10 mio", 10 * M),
        ("a billion", 1000 * M),
        ("0.125", "0.125"),
        ("12.500 million", "12500000"),
        ("3 million", 3 * M),
        ("7mn", 7 * M),
    ],
)
def test_a_number_is_read_in_every_style(text: str, value: int | str) -> None:
    """Groups, decimal points and commas, unit letters and words."""
    assert numbers(plain(text))[0].value == Fraction(value)


@given(st.integers(1, 10**15), st.sampled_from([",", ".", " ", "'", ""]))
def test_a_grouped_number_is_read_as_what_was_grouped(value: int, mark: str) -> None:
    """Whatever marks stand between groups of three."""
    assert numbers(f"{value:,}".replace(",", mark))[0].value == value


@given(
    st.decimals(min_value="0.01", max_value=10**6, places=3),
    st.sampled_from([("k", 3), ("m", 6), ("b", 9), (" million", 6), (" bn", 9)]),
)
def test_a_unit_multiplies_exactly(value: object, unit: tuple[str, int]) -> None:
    """No float is ever in between."""
    assert numbers(f"{value}{unit[0]}")[0].value == Fraction(str(value)) * 10 ** unit[1]


@pytest.mark.parametrize("text", ["9" * 5000, "1e99999", "1e400 tokens", "0." + "1" * 5000])
def test_a_number_of_thousands_of_digits_is_too_large_not_a_crash(text: str) -> None:
    """Python itself refuses to convert these."""
    assert read_amounts(f"{text} tokens") is not None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12M in and 3M out", (12 * M, 3 * M)),
        ("500K output tokens a day", (0, 15 * M)),
        ("80% input, 100M tokens/mo", (80 * M, 20 * M)),
        ("50k requests per month, 1,200 tokens in and 300 out each", (60 * M, 15 * M)),
        ("200 requests a day at 300k in / 2k out", (1800 * M, 12 * M)),
        ("7M tokens a week", (15 * M, 15 * M)),
        ("40M tokens split 3:1", (30 * M, 10 * M)),
        ("2.5 million in, 600k out per day", (75 * M, 18 * M)),
        ("1.2B tokens a year", (50 * M, 50 * M)),
        ("input 10M, output 2M", (10 * M, 2 * M)),
        ("5M in 45M out", (5 * M, 45 * M)),
        ("6M tokens a week", (12857143, 12857143)),
        ("10M tokens per working day", (110 * M, 110 * M)),
        ("2M tokens an hour", (720 * M, 720 * M)),
        ("5 requests per minute, 2k in 1k out", (432 * M, 216 * M)),
        ("50k tokens per user per day for 200 users", (150 * M, 150 * M)),
        ("20 requests per user per day, 1k in 500 out, 200 users", (120 * M, 60 * M)),
        ("20M tokens, 70/30 split", (14 * M, 6 * M)),
        ("5M tokens with 3/4 input", (3750000, 1250000)),
        ("20M tokens, all output", (0, 20 * M)),
        ("10M tokens, 25% output", (7500000, 2500000)),
        ("10k support chats a month, 3k tokens in and 400 out per chat", (30 * M, 4 * M)),
    ],
)
def test_a_volume_comes_to_whole_tokens_a_month(text: str, wanted: tuple[int, int]) -> None:
    """Directions, shares, ratios, periods, requests times size, users."""
    made = workload(read_amounts(plain(text)).said)
    assert (made.input_tokens, made.output_tokens) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "-3M tokens",
        "0 tokens",
        "0.0000001 tokens",
        "0.3 output tokens and 10M tokens",
        "9e15 tokens a month",
        "1e30 tokens",
        "10M tokens with 130% cached",
        "-5 tokens",
        "-8k of it cached",
        "prompts are -4k",
        "120% input",
        "nan tokens",
        "0:0",
        "$0",
        "-$5 budget",
    ],
)
def test_an_impossible_amount_is_named_in_the_askers_words(text: str) -> None:
    """Negative, zero, over 100%, over a quadrillion tokens a month, not a number."""
    assert read_amounts(plain(text)).bad


@pytest.mark.parametrize(
    ("text", "dollars"),
    [("$2k a month", 2000), ("2k dollars", 2000), ("$1,250", 1250), ("$1200 a year", 100), ("50 usd/mo", 50)],
)
def test_money_is_told_from_tokens(text: str, dollars: int) -> None:
    """And comes to USD a month."""
    assert read_amounts(plain(text)).money == dollars


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("on batch", "batch"),
        ("flex pricing", "flex"),
        ("priority then", "priority"),
        ("in fast mode", "fast"),
        ("is it faster?", None),
        ("standard again", "standard"),
        ("no batch", "standard"),
    ],
)
def test_a_service_tier_is_heard(text: str, tier: str | None) -> None:
    """ "Faster" is a question about speed."""
    assert read_amounts(text).said.tier == tier


def test_a_clock_time_is_no_ratio_and_a_room_number_no_volume() -> None:
    """Numbers that have nothing to do with usage are left alone."""
    assert read_amounts("book a room for 3pm").said == Said()
    assert read_amounts("meet at 3:15pm").said == Said()


@given(st.fractions(0, 1, max_denominator=1000), st.integers(1, 10**12))
def test_input_and_output_add_up_to_the_volume(share: Fraction, total: int) -> None:
    """To within the rounding of each to whole tokens."""
    made = workload(Said(total=Fraction(total), input_share=share))
    assert made.input_tokens is not None
    assert made.output_tokens is not None
    assert abs(made.input_tokens + made.output_tokens - total) <= 1
    assert abs(made.input_tokens - total * share) <= Fraction(1, 2)


def test_what_was_not_said_is_assumed_and_named() -> None:
    """Half and half, a month, a size that base prices hold for."""
    assert workload(read_amounts("10m tokens").said).assumed == ("split", "period", "request_size")
    assert workload(read_amounts("10k requests a day, 2k in / 500 out").said).assumed == ()
    assert workload(Said()) == Workload(assumed=("split",))


@pytest.mark.parametrize(
    ("before", "now", "wanted"),
    [
        ("10M in 2M out", "what about 20M in", (20 * M, 2 * M)),
        ("10M in 2M out", "3:1 instead", (9 * M, 3 * M)),
        ("3M tokens a day", "10M a day", (150 * M, 150 * M)),
        ("3M tokens a day", "what about 6M", (90 * M, 90 * M)),
        ("20k requests a day, 1k in / 200 out", "50k requests a day", (1500 * M, 300 * M)),
        ("10M in 2M out", "120M tokens", (100 * M, 20 * M)),
        ("100M tokens", "80% input", (80 * M, 20 * M)),
        ("100M tokens, 80% input", "1B tokens", (800 * M, 200 * M)),
    ],
)
def test_a_follow_up_changes_only_what_it_names(before: str, now: str, wanted: tuple[int, int]) -> None:
    """Volume, split, period and size stay until changed."""
    said = changed(read_amounts(plain(before)).said, read_amounts(plain(now)).said)
    made = workload(said)
    assert (made.input_tokens, made.output_tokens) == wanted


@given(st.fractions(min_value=-(10**24), max_value=10**24, max_denominator=10**6))
def test_a_fraction_is_written_exactly_or_to_twelve_digits(value: Fraction) -> None:
    """Never a float, never an exponent, never a rounding that could be avoided."""
    text = exact(value)
    assert "e" not in text.lower()
    assert abs(Fraction(text) - value) <= abs(value) / Fraction(10) ** 11
    if set(str(value.denominator)) <= set("0123456789") and 10**12 % value.denominator == 0:
        assert Fraction(text) == value
