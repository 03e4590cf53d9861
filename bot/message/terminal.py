"""The same answer for a terminal: the same content in the same order."""

import re
from typing import TYPE_CHECKING

from bot.answer.model import Answer, Section, Table
from bot.message.message import assumption_lines, problem_lines, source_lines
from bot.question.model import Question
from catalog.lookup import Catalog

if TYPE_CHECKING:
    from rich.console import Console


def show(question: Question, answer: Answer, catalog: Catalog, console: "Console") -> None:
    """Print an answer."""
    from rich.padding import Padding
    from rich.text import Text

    def say(line: str, style: str = "") -> None:
        console.print(Text(_plain(line), style=style))

    say(answer.headline, "bold")
    for line in (*answer.more, *problem_lines(answer, catalog)):
        say(line)
    for part in answer.sections:
        console.print()
        if part.title:
            say(part.title, "bold")
        if part.table:
            console.print(_table(part.table))
        for line in part.lines:
            console.print(Padding(Text(_plain(line)), (0, 0, 0, 2 if part.title else 0)))
    rest = [*assumption_lines(question, answer), *source_lines(question, answer, catalog)]
    if rest:
        console.print()
        for line in rest:
            say(line, "dim")


def _plain(line: str) -> str:
    return re.sub(r"(?<![\w*])\*([^*\n]+)\*(?!\w)", r"\1", line)


def _table(table: Table) -> object:
    from rich.table import Table as RichTable

    made = RichTable(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for position, name in enumerate(table.header):
        made.add_column(name, justify="left" if position == 0 else "right")
    for row in table.rows:
        made.add_row(*row)
    return made


__all__ = ["Section", "show"]
