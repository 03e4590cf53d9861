"""The makings of one answer: figures are noted as they are computed, so that none is stated without its evidence."""

import calendar
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bot.answer.costing import REQUESTS, Bill, NoPrice, bill, evidence
from bot.answer.model import Answer, Chart, Figure, Offer, Section, Table
from bot.question.model import Problem, Question, Workload, exact
from bot.wording import day as shown_day
from bot.wording import hours as shown_hours
from bot.wording import listed
from bot.wording import rate as shown_rate
from bot.wording import tokens as shown_tokens
from catalog.lookup import PRICE_UNITS, PRICES, Catalog
from catalog.models import STANDARD, Offering
from catalog.names import Named
from catalog.pricing import DayRates, rates_on

DATED = ("history", "changes")
"""The kinds that look at a day or month themselves, beside today."""


@dataclass
class Draft:
    """An answer in the making. The clock is the question's."""

    question: Question
    catalog: Catalog
    day: date
    """The day whose prices are used."""
    today: date
    """The day that the question is asked on: retirement and age count from it."""
    figures: dict[tuple[Any, ...], Figure] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    _bills: dict[tuple[str, Workload], Bill | NoPrice] = field(default_factory=dict)

    @classmethod
    def of(cls, question: Question, catalog: Catalog) -> "Draft":
        """A draft that knows what the question could not be understood in."""
        today = date.fromisoformat(question.as_of)
        return cls(question, catalog, price_day(question), today, problems=list(question.problems))

    # --- what it is about ---

    @property
    def models(self) -> list[Offering]:
        """The offerings that the question names."""
        return [self.catalog.offerings[each] for each in self.question.models]

    def name(self, offering: Offering) -> str:
        """What people call an offering, with its service tier where the models have different ones."""
        name, tiers = self.catalog.display_name(offering), self.question.tiers
        return f"{name} ({tiers.get(offering.id, STANDARD)})" if tiers and offering.id in self.question.models else name

    def tier_of(self, offering: Offering, tier: str | None = None) -> str:
        """The service tier that an offering is asked for on: its own, else the one given, else the workload's."""
        return self.question.tiers.get(offering.id) or tier or self.question.workload.tier

    def load_of(self, offering: Offering, workload: Workload) -> Workload:
        """A workload on the offering's own tier."""
        tier = self.tier_of(offering, workload.tier)
        return workload if tier == workload.tier else workload.model_copy(update={"tier": tier})

    def typed(self, offering: Offering) -> str:
        """How people can type an offering: its id, without the provider where that is enough."""
        short = offering.id.partition("/")[2]
        return short if self.catalog.names.find(short) == Named(offering.id) else offering.id

    @property
    def is_open(self) -> bool:
        """Whether a name was not understood, so that no winner can be named."""
        return any(
            each.kind in ("ambiguous_model", "unknown_host", "missing_model")
            or (each.kind == "unknown_model" and each.read_as is None)
            for each in self.question.problems
        )

    @property
    def open_name(self) -> str:
        """What is the matter with the first name that was not understood, as a part of a sentence; empty where all were."""
        said = {
            "unknown_model": "I don't know a model called “{}”",
            "ambiguous_model": "“{}” can be several models",
            "unknown_host": "There is no price for “{}” on record",
        }
        found = next((each for each in self.question.problems if each.kind in said and each.read_as is None), None)
        if found is None:
            return ""
        choices = [self.name(self.catalog.offerings[each]) for each in found.suggestions[:3]]
        shown = f" ({listed(choices, 'or')})" if found.kind == "ambiguous_model" and choices else ""
        return f"{said[found.kind].format(found.text)}{shown}"

    @property
    def has_bad_amount(self) -> bool:
        """Whether an amount cannot be, so that no cost is stated."""
        return any(each.kind == "bad_amount" for each in self.question.problems)

    # --- figures ---

    def note(
        self,
        name: str,
        value: Decimal | Fraction | int | str,
        unit: str,
        models: tuple[str, ...],
        proof: tuple[str, ...],
        **keys: str | None,
    ) -> Figure:
        """Note a figure; the same one twice counts once."""
        if self.day != self.today and unit != "date":
            rests_on_prices = any(each.startswith("price|") for each in proof)
            keys = {"on": self.day.isoformat() if rests_on_prices else None} | keys
        if isinstance(value, str):
            text = value
        elif isinstance(value, Decimal):
            text = format(value, "f")
        else:
            text = exact(Fraction(value))
        key = (name, text, models, tuple(sorted((name, each) for name, each in keys.items() if each is not None)))
        if key not in self.figures:
            self.figures[key] = Figure(
                name=name, value=text, unit=unit, models=models, evidence=tuple(dict.fromkeys(proof)), **keys
            )
        return self.figures[key]

    def rates(self, offering: Offering, tier: str | None = None, on: date | None = None) -> DayRates:
        """The rates of the question's day and tier, or of others."""
        return rates_on(offering, on or self.day, tier or self.tier_of(offering))

    def price(
        self,
        offering: Offering,
        word: str,
        tier: str | None = None,
        *,
        prompt: int = 0,
        on: date | None = None,
        shows_on: str | None = None,
    ) -> Figure | None:
        """One price per million tokens; `word` is input, output, cached_input or cache_write. None if not on record."""
        rates = self.rates(offering, tier, on)
        found = rates.rates.get(PRICE_UNITS[word])
        if found is None or not self.catalog.is_released(offering, on or self.day):
            return None
        if tier and tier != STANDARD and PRICE_UNITS[word] not in rates.own and word not in ("input", "output"):
            return None
        band = found.band(prompt)
        return self.note(
            f"{word}_price",
            found.at(prompt),
            "USD/MTok",
            (offering.id,),
            (evidence(offering, word, rates, prompt),),
            tier=None if rates.tier == STANDARD or PRICE_UNITS[word] not in rates.own else rates.tier,
            prompt_over=str(band) if band else None,
            **({"on": shows_on} if shows_on else {}),
        )

    def bill(self, offering: Offering, workload: Workload) -> Bill | NoPrice:
        """What a workload costs on an offering at its rates of the day."""
        key = (offering.id, workload)
        if key not in self._bills:
            self._bills[key] = self._bill(offering, workload)
        return self._bills[key]

    def _bill(self, offering: Offering, workload: Workload) -> Bill | NoPrice:
        if not self.catalog.is_released(offering, self.day):
            return NoPrice(("input", "output"), self.catalog.release(offering))
        load = self.load_of(offering, workload)
        return bill(offering, load, rates_on(offering, self.day, load.tier), self.catalog.units)

    def monthly_cost(self, offering: Offering, workload: Workload) -> Figure | None:
        """The cost of a month, noted; with the problem if there is no price for it."""
        found = self.bill(offering, workload)
        if isinstance(found, NoPrice):
            self.no_price(offering, found)
            return None
        self.explain(offering, self.load_of(offering, workload), found)
        return self.row_cost(offering, workload)

    def row_cost(self, offering: Offering, workload: Workload) -> Figure | None:
        """The cost of a month, noted, for a row among many: without a word on what it rests on."""
        found = self.bill(offering, workload)
        if isinstance(found, NoPrice):
            return None
        return self.cost_figure("monthly_cost", found.usd, "USD/month", (offering,), workload, (found,))

    def cost_figure(
        self,
        name: str,
        usd: Decimal | Fraction,
        unit: str,
        offerings: tuple[Offering, ...],
        workload: Workload,
        bills: tuple[Bill, ...],
        *,
        is_tiered: bool = True,
    ) -> Figure:
        """A figure computed from bills, with the keys that tell it apart."""
        tiers = {each.tier for each in bills} - ({STANDARD} if not self.question.tiers else set())
        bands = {each.prompt_over for each in bills} - {0}
        proof = tuple(row for each in bills for row in each.evidence)
        return self.note(
            name,
            usd,
            unit,
            tuple(each.id for each in offerings),
            proof,
            tokens=None if name == "cost_per_request" else str(workload.tokens),
            tier=tiers.pop() if is_tiered and len(tiers) == 1 and STANDARD not in tiers else None,
            prompt_over=str(max(bands)) if bands else None,
        )

    def no_price(self, offering: Offering, found: NoPrice) -> None:
        """Note that a price is not on record."""
        missing = f"{self.name(offering)}: no {' or '.join(found.missing)} price per token on record"
        self.problem("no_price", self.unreleased(offering) or missing)

    def unreleased(self, offering: Offering) -> str | None:
        """That a model was not out on the day of the prices, noted; None where it was."""
        if self.catalog.is_released(offering, self.day):
            return None
        stated = next(iter(self.catalog.model(offering).values("release_date")))
        released = stated.value
        proof = f"fact|{offering.model}|release_date|{stated.source}"
        self.note("release_date", released, "date", (offering.id,), (proof,))
        return f"{self.name(offering)} was not released until {released}, so it has no price on {shown_day(self.day)}"

    def without_price(self, offerings: list[Offering], what: str = "price per token") -> str:
        """Why there is no figure for any of some models, as a sentence."""
        early = [line for each in offerings if (line := self.unreleased(each))]
        if early and len(early) == len(offerings):
            return f"{'; '.join(early)}."
        return f"There is no {what} for {listed([self.name(each) for each in offerings]) or 'it'} on record, so I give no figure."

    def problem(self, kind: str, text: str, suggestions: tuple[str, ...] = ()) -> None:
        """Note a problem once."""
        made = Problem.model_validate({"kind": kind, "text": text, "suggestions": suggestions})
        if made not in self.problems:
            self.problems.append(made)

    def remark(self, line: str) -> None:
        """Say something under the headline, once."""
        if line not in self.more:
            self.more.append(line)

    def explain(self, offering: Offering, workload: Workload, found: Bill) -> None:
        """What a cost rests on that the asker may not expect."""
        name = self.name(offering)
        if workload.tier not in (STANDARD, found.tier) and not (workload.tier == "fast" and found.tier == "priority"):
            self.problem("tier_fallback", f"{name}: no {workload.tier} price, standard price used")
        elif workload.tier == "fast" and found.tier == "priority":
            self.remark(f"{name} has no fast price of its own; its priority price is used.")
        if found.cached_as_input:
            self.assumed.append("cached_price")
            self.remark(f"{name} has no cached price on record, so its cached tokens are billed as input.")
        if found.prompt_over:
            self.remark(
                f"Requests over {shown_tokens(found.prompt_over)} input tokens pay {name}'s long-context price "
                "on the whole request."
            )
            self.note("threshold", found.prompt_over, "count", (offering.id,), found.evidence)
        if found.request_fee:
            self.request_fee(offering, workload, found)
        rates = self.rates(offering, workload.tier)
        if rates.lower:
            self.lower_price(offering, rates)

    def request_fee(self, offering: Offering, workload: Workload, found: Bill) -> None:
        """Say whether the fee on each request is in a cost."""
        if self.question.workload.requests and not workload.requests:
            return
        proof = (evidence(offering, "requests", self.rates(offering, workload.tier)),)
        self.note("request_price", found.request_fee, "USD/1000 requests", (offering.id,), proof)
        per = self.note("per", self.catalog.units[REQUESTS].per, "count", (offering.id,), proof)
        fee = f"{shown_rate(found.request_fee)} per {per.decimal:,} requests"
        self.remark(
            f"{self.name(offering)}'s cost includes its fee of {fee}."
            if workload.requests
            else f"{self.name(offering)}'s fee of {fee} is not included, as no number of requests was stated."
        )

    def only(self, count: int) -> None:
        """Say so where only the first of the models that were named are looked at."""
        if len(self.models) > count:
            names = listed([self.name(each) for each in self.models[:count]])
            ids = " ".join(map(self.typed, self.models))
            self.remark(f"Only {names} {'is' if count == 1 else 'are'} looked at here; `/compare {ids}` takes all.")

    def lower_price(self, offering: Offering, rates: DayRates) -> None:
        """Mention the lower prices of a day, with their hours."""
        if self.unreleased(offering):
            return
        span = shown_hours(rates.lower_hours)
        shown = []
        for word in ("input", "output"):
            found = (rates.lower or {}).get(PRICE_UNITS[word])
            if found:
                self.note(
                    f"{word}_price",
                    found.base,
                    "USD/MTok",
                    (offering.id,),
                    (evidence(offering, word, rates),),
                    hours=span,
                )
                shown.append(f"{shown_rate(found.base)} {word}")
        self.remark(
            f"{self.name(offering)} costs less outside its peak hours: {' and '.join(shown)} per MTok at {span} UTC. "
            "The peak price is used here."
        )

    def upcoming(self, offering: Offering) -> None:
        """Mention a price that is already announced for a later day; not beside prices of the past."""
        if self.day < self.today or self.unreleased(offering):
            return
        for each in offering.lists:
            if each.tier != STANDARD or each.starts is None or each.starts <= self.day:
                continue
            shown = []
            for word in ("input", "output"):
                now = self.rates(offering, STANDARD).rates.get(PRICE_UNITS[word])
                then = each.rates.get(PRICE_UNITS[word])
                if then and (now is None or then != now):
                    made = self.price(offering, word, STANDARD, on=each.starts, shows_on=each.starts.isoformat())
                    shown += [f"{shown_rate(made.decimal)} {word}"] if made else []
            if shown:
                self.remark(
                    f"From {shown_day(each.starts)} {self.name(offering)} will cost {' and '.join(shown)} per MTok; "
                    "that is announced, not used here."
                )
            return

    # --- parts ---

    def section(self, title: str, *lines: str, table: Table | None = None, is_folded: bool = False) -> None:
        """Add a part, unless it is empty."""
        if any(lines) or table:
            self.sections.append(
                Section(title=title, lines=tuple(filter(None, lines)), table=table, is_folded=is_folded)
            )

    def credit(self, source: str) -> None:
        """Name a source in the reply."""
        found = self.catalog.sources.get(source)
        if found:
            dated = f", {found.data_date}" if found.data_date else ""
            line = f"{found.credit or found.name} (`{found.licence}`{dated})"
            if line not in self.sources:
                self.sources.append(line)

    def finished(
        self,
        headline: str,
        *,
        winner: str | None = None,
        verdict: str | None = None,
        picks: dict[str, str] | None = None,
        untested: tuple[str, ...] = (),
        models: tuple[str, ...] | None = None,
        chart: Chart | None = None,
    ) -> Answer:
        """The answer. No winner where a name was not understood."""
        return Answer(
            kind=self.question.kind,
            headline=headline,
            more=tuple(self.more),
            winner=None if self.is_open else winner,
            verdict=verdict,
            picks=picks or {},
            untested=untested,
            models=self.question.models if models is None else models,
            figures=tuple(self.figures.values()),
            problems=tuple(self.problems),
            sections=tuple(self.sections),
            chart=chart,
            offers=tuple(self.offers),
            sources=tuple(self.sources),
            assumed=tuple(dict.fromkeys(self.assumed)),
        )


def price_day(question: Question) -> date:
    """The day whose prices a question asks for: the day that it names, the last of a month that has begun,
    the first of one that has not; else the day that it is asked on."""
    today = date.fromisoformat(question.as_of)
    if question.on is None or question.kind in DATED:
        return today
    if len(question.on) == len("2026-11-22"):
        return date.fromisoformat(question.on)
    first = date.fromisoformat(f"{question.on}-01")
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first if first > today else min(last, today)


def at_volume(workload: Workload, tokens: int) -> Workload:
    """The same usage at so many tokens a month."""
    given = round_half_up(tokens * workload.input_share)
    return workload.model_copy(
        update={
            "input_tokens": given,
            "output_tokens": tokens - given,
            "requests": None,
            "cached_input_tokens": round_half_up(given * workload.cached_share),
        }
    )


def round_half_up(value: Fraction) -> int:
    """To a whole number of tokens."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def prices_line(catalog: Catalog, day: date) -> str:
    """Where the prices come from and of what date."""
    source = catalog.sources[PRICES]
    fetched = catalog.fetched_at[PRICES].date()
    newest = f"newest price of {source.data_date}, " if source.data_date else ""
    return f"Prices: genai-prices v{source.version} ({source.licence}), {newest}fetched {shown_day(fetched)}; in force on {shown_day(day)}."
