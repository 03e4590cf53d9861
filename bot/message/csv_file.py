"""The table of an answer as a CSV file that a spreadsheet only shows: no cell of it is a formula."""

import csv
import io

from bot.answer.model import Answer

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(answer: Answer) -> str | None:
    """The first table of an answer; None where it has none."""
    table = next((part.table for part in answer.sections if part.table), None)
    if table is None:
        return None
    sink = io.StringIO()
    csv.writer(sink).writerows([_harmless(cell) for cell in row] for row in (table.header, *table.rows))
    return sink.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
