"""What a workload costs on an offering, with the prices that it rests on."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from bot.question.model import Workload
from catalog.lookup import PRICE_UNITS
from catalog.models import STANDARD, Offering, Rate, Unit
from catalog.pricing import DayRates, cost

MILLION = 1_000_000
REQUESTS = "requests_kcount"
"""The price data's unit for a fee on each request, in thousands of them."""
UNITS = {**PRICE_UNITS, "requests": REQUESTS}
"""Our word for each price that a cost may rest on, and the price data's unit."""


class Bill(NamedTuple):
    """The cost of a month's workload on one offering."""

    usd: Decimal
    tier: str
    """The service tier whose prices were used."""
    prompt_over: int
    """The threshold of the long-context band that was used, 0 for the base prices."""
    evidence: tuple[str, ...]
    cached_as_input: bool
    """Whether cached tokens were billed as input for want of a price of their own."""
    request_fee: Decimal = Decimal(0)
    """USD for a thousand requests, which the cost includes where requests were stated; 0 where none is charged."""


class NoPrice(NamedTuple):
    """A price that a workload needs is not on record."""

    missing: tuple[str, ...]
    released: str = ""
    """The model's release date, where the day is before it: there is no price then."""


def bill(offering: Offering, workload: Workload, rates: DayRates, units: Mapping[str, Unit]) -> Bill | NoPrice:
    """The cost of a workload with a volume at an offering's rates of a day."""
    given, made = workload.input_tokens or 0, workload.output_tokens or 0
    cached = workload.cached_input_tokens or 0
    known = rates.rates
    missing = [
        word
        for word, tokens in (("input", given - cached), ("output", made))
        if tokens and PRICE_UNITS[word] not in known
    ]
    as_input = bool(cached) and PRICE_UNITS["cached_input"] not in known
    if as_input and PRICE_UNITS["input"] not in known and "input" not in missing:
        missing.append("input")
    if missing:
        return NoPrice(tuple(missing))
    usage = {
        "input_tokens": given,
        "output_tokens": made,
        "cache_read_tokens": cached,
        "requests": workload.requests or 0,
    }
    prompt = workload.prompt_tokens
    used = [
        word
        for word, tokens in (
            ("input", given - cached if not as_input else given),
            ("output", made),
            ("cached_input", 0 if as_input else cached),
        )
        if tokens
    ]
    fee = known[REQUESTS].at(prompt) if REQUESTS in known else Decimal(0)
    if fee and workload.requests:
        used.append("requests")
    band = max((known[UNITS[word]].band(prompt) for word in used), default=0)
    return Bill(
        cost(known, usage, units, prompt),
        rates.tier,
        band,
        tuple(evidence(offering, word, rates, prompt) for word in used)
        or (evidence(offering, "input", rates, prompt),),
        as_input,
        fee,
    )


def evidence(offering: Offering, word: str, rates: DayRates, prompt_tokens: int = 0) -> str:
    """The catalog row that a price comes from."""
    unit = UNITS[word]
    tier = rates.tier if unit in rates.own else STANDARD
    rate: Rate | None = rates.rates.get(unit)
    band = rate.band(prompt_tokens) if rate else 0
    return f"price|{offering.id}|{word}|{tier}|{band or '-'}|{rates.starts.isoformat() if rates.starts else '-'}"
