"""The sentence of this room: Answer -> Message."""

import re
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from bot.answer.draft import price_day, prices_line
from bot.answer.model import Answer, Chart, Offer, Section, Table
from bot.answer.plain import ASSUMPTIONS, assumption
from bot.message.limits import ALL_TEXT, BUTTON, CHART_LABEL, TABLE_COLUMNS, TABLE_ROWS, TEXT, TITLE, TOP_TEXT, texts
from bot.question.model import FOREIGN_MONEY, Frozen, Question
from catalog.lookup import Catalog

Block = dict[str, Any]
STALE_DAYS = 14
WITHOUT_SOURCES = ("help", "unsupported", "method", "watch", "changes", "check", "mistakes")
NOTED = ("tier_fallback", "no_price", "too_many_models", "bad_amount", "not_understood")
ONE_LINE_EACH = ("attribute", "history")
"""The kinds that say a line of each model."""
LONG_HEADLINE = 400
OF_A_DAY = "At the prices of"
"""How the line begins that names the day of the prices, where that is not today."""
SOURCES = "Prices of"
"""How the title of the part with the sources begins, where it has prices."""
FIRST_SCREEN = 3
"""The blocks that are never left out: the point, what goes with it, the table."""


class Message(Frozen):
    """What is sent: a text that says the whole point, and Block Kit blocks."""

    text: str
    blocks: list[Block]

    @cached_property
    def size(self) -> int:
        """How many characters its blocks show."""
        return size_of(self.blocks)


def size_of(blocks: list[Block]) -> int:
    """How many characters blocks show."""
    return sum(map(len, texts(blocks)))


def to_message(question: Question, answer: Answer, catalog: Catalog) -> Message:
    """Lay an answer out: the most important line first, the rest in reading order, actions last."""
    blocks: list[Block] = [_section(f"*{escaped(answer.headline)}*")]
    notes = [*answer.more, *problem_lines(answer, catalog)]
    if notes:
        blocks.append(_section("\n".join(map(escaped, notes))))
    has_table = False
    for part in answer.sections:
        shows_table = part.table is not None and not has_table
        if part.table and shows_table:
            has_table = True
            blocks.append(_table(part.table))
        blocks += _part(part, part.table if not shows_table else None)
        if shows_table and answer.chart:
            blocks.append(_chart(answer.chart))
    blocks += _assumptions(question, answer, catalog)
    if answer.offers:
        blocks.append(_actions(answer.offers))
    return Message(text=summary(answer, catalog), blocks=fitting(blocks))


def summary(answer: Answer, catalog: Catalog) -> str:
    """The point in one or two sentences: the notification and the screen reader's copy."""
    notes = [*answer.more, *problem_lines(answer, catalog)]
    most = max(1, len(answer.models) - 1) if answer.kind in ONE_LINE_EACH else 1
    if notes and notes[0].startswith(OF_A_DAY):
        most += 1
    first = notes[:most]
    fallbacks = [f"{each.text}." for each in answer.problems if each.kind == "tier_fallback"]
    fallbacks += [
        f"I don't know “{each.text}”."
        for each in answer.problems
        if each.kind == "unknown_model"
        and each.read_as is None
        and not any(f"“{each.text}”" in line for line in (answer.headline, *first))
    ]
    said = [answer.headline, *dict.fromkeys((*fallbacks, *first))]
    return escaped(" ".join(said if len(answer.headline) < LONG_HEADLINE else said[:1]))[:TOP_TEXT]


def problem_lines(answer: Answer, catalog: Catalog) -> list[str]:
    """What could not be understood or used, a line each, with a way forward."""
    lines = []
    for problem in answer.problems:
        names = [catalog.display_name(catalog.offerings[each]) for each in problem.suggestions[:3]]
        shown = ", ".join(names)
        if problem.text and f"“{problem.text}”" in answer.headline:
            continue
        match problem.kind:
            case "tier_fallback" | "no_price" if problem.text not in answer.headline:
                lines.append(f"{problem.text}.")
            case "too_many_models":
                lines.append(f"I compare up to six models; left out: {problem.text}.")
            case "bad_amount":
                if "$" not in problem.text:
                    lines.append(f"“{problem.text}” is not an amount I can use.")
            case "unknown_model" if not any(problem.text in line for line in answer.more):
                lines.append(f"I don't know “{problem.text}”." + (f" Closest: {shown}." if shown else ""))
            case "ambiguous_model":
                more = " or another" if len(problem.suggestions) > len(names) else ""
                lines.append(f"“{problem.text}” can be several: {shown}{more}. Say which.")
            case "unknown_host":
                lines.append(f"No price for “{problem.text}” is on record. It is on record as {shown}.")
            case "not_understood":
                dollars = "; prices are in US dollars" if problem.text == FOREIGN_MONEY else ""
                lines.append(f"I could not use {problem.text}{dollars}.")
            case _:
                pass
    return lines


def assumption_lines(question: Question, answer: Answer) -> list[str]:
    """What was assumed, for all that the asker did not state."""
    names = dict.fromkeys((*question.workload.assumed, *answer.assumed))
    if not any(figure.unit.startswith("USD/") and figure.tokens for figure in answer.figures):
        names = {"split": None} if "split" in names and question.kind in ("budget", "breakeven") else {}
    return [assumption(each, question) for each in names if each in ASSUMPTIONS]


def source_lines(question: Question, answer: Answer, catalog: Catalog) -> list[str]:
    """Where the figures come from and of what date; plainly, when that is old."""
    if question.kind in WITHOUT_SOURCES or not answer.figures:
        return []
    today = date.fromisoformat(question.as_of)
    if not _has_prices(answer):
        return list(answer.sources)
    lines = [prices_line(catalog, price_day(question))]
    newest = catalog.prices_date
    if newest and (today - newest).days > STALE_DAYS:
        lines.append(f"The price data is more than two weeks old: its newest price is of {newest.isoformat()}.")
    return [*lines, *answer.sources]


def _has_prices(answer: Answer) -> bool:
    return any(row.startswith("price|") for figure in answer.figures for row in figure.evidence)


def _assumptions(question: Question, answer: Answer, catalog: Catalog) -> list[Block]:
    assumed, sources = assumption_lines(question, answer), source_lines(question, answer, catalog)
    if not assumed and not sources:
        return []
    lines = [*(f"• {line}" for line in assumed), *sources]
    dated = f"{SOURCES} {price_day(question).isoformat()}" if _has_prices(answer) else ""
    parts = [dated, "assumptions" if assumed else "", "sources" if sources else ""]
    title = ", ".join(filter(None, parts))
    return [_container(title[:1].upper() + title[1:], [_section(escaped("\n".join(lines))[:TEXT])])]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:TEXT]}}


def _part(part: Section, table: Table | None) -> list[Block]:
    """A part; a table that is not the message's one native table is written out in lines."""
    lines = [escaped(line) for line in part.lines]
    if table:
        lines += [escaped(" · ".join(filter(None, row))) for row in table.rows]
    if not lines:
        return []
    if part.is_folded:
        return [_container(part.title, [_section("\n".join(lines))])]
    title = f"*{escaped(part.title)}*\n" if part.title else ""
    bullets = "\n".join(f"• {line}" if part.title and len(lines) > 1 else line for line in lines)
    return [_section(f"{title}{bullets}")]


def _container(title: str, children: list[Block]) -> Block:
    return {
        "type": "container",
        "title": {"type": "plain_text", "text": title[:TITLE]},
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": children,
    }


def _table(table: Table) -> Block:
    rows = [
        [{"type": "raw_text", "text": cell or "–"} for cell in row[:TABLE_COLUMNS]]
        for row in (table.header, *table.rows[: TABLE_ROWS - 1])
    ]
    settings = [{"align": "left", "is_wrapped": True}] + [{"align": "right"}] * (len(rows[0]) - 1)
    return {"type": "table", "rows": rows, "column_settings": settings}


def _chart(chart: Chart) -> Block:
    names = _short_names([name for name, _ in chart.series])
    series = [
        {
            "name": short,
            "data": [
                {"label": label, "value": _number(value)} for label, value in zip(chart.categories, values, strict=True)
            ],
        }
        for short, (_, values) in zip(names, chart.series, strict=True)
    ]
    return {
        "type": "data_visualization",
        "title": chart.title,
        "chart": {
            "type": "line",
            "series": series,
            "axis_config": {"categories": list(chart.categories), "x_label": chart.x_label, "y_label": chart.y_label},
        },
    }


def _number(value: Decimal) -> int | float:
    """A point of a picture: Slack takes JSON numbers there, and it is drawn, not read."""
    return int(value) if value == value.to_integral() else float(value)


def _short_names(names: list[str]) -> list[str]:
    short: list[str] = []
    for name in names:
        plain = re.sub(r" \([^)]*\)$", "", name)
        cut = (name if len(name) <= CHART_LABEL or names.count(plain) else plain)[:CHART_LABEL].strip()
        short.append(cut if cut not in short else f"{cut[: CHART_LABEL - 2]} {len(short) + 1}")
    return short


def _actions(offers: tuple[Offer, ...]) -> Block:
    return {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "text": {"type": "plain_text", "text": offer.label[:BUTTON]},
                "action_id": f"ask:{position}",
                "value": offer.text,
            }
            for position, offer in enumerate(offers[:5])
        ],
    }


def fitting(blocks: list[Block]) -> list[Block]:
    """Leave out folded detail, last first and the FAQ after the rest, while a message is longer than Slack takes;
    then open parts from the end. The first screen and the sources with their date always stay."""
    kept = list(blocks)
    while size_of(kept) > ALL_TEXT:
        folded = [
            each for each in kept if each["type"] == "container" and not each["title"]["text"].startswith(SOURCES)
        ]
        open_parts = [each for each in kept[FIRST_SCREEN:] if each["type"] == "section"]
        if not folded and not open_parts:
            break
        rest = [each for each in folded if each["title"]["text"] != "FAQ"]
        kept.remove((rest or folded or open_parts)[-1])
    return kept
