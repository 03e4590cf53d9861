"""What testers typed, in `typed.txt`: a thread after the other, and below each turn what must come of it.

`kind` and `verdict` give all that would be right; a figure is its name, value and models, and its tier where it has one.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from bot.reply import Reply
from tests.conftest import Say

TYPED = Path(__file__).with_name("typed.txt")
CENT = Decimal("0.005")
"""Values are given to the cent."""
FIGURE = re.compile(r"(?P<name>\w+): (?P<value>\S+) (?P<models>[^(]*?)(?: \((?P<tier>\w+)\))?")


def threads() -> Iterator[list[tuple[str, list[str]]]]:
    """Each thread as its turns with what is expected of each."""
    for block in TYPED.read_text(encoding="utf-8").rstrip("\n").split("\n\n"):
        turns: list[tuple[str, list[str]]] = []
        for line in block.split("\n"):
            if line.startswith("> "):
                turns.append((line[2:], []))
            else:
                turns[-1][1].append(line)
        yield turns


def unmet(expected: str, made: Reply) -> bool:
    """Whether a reply does not meet one line."""
    name, _, wanted = expected.partition(": ")
    match name:
        case "kind":
            return made.question.kind not in wanted.split()
        case "models":
            return set(made.question.models) != set(wanted.split())
        case "winner":
            return (made.answer.winner or "none") != wanted
        case "verdict":
            return made.answer.verdict not in wanted.split()
        case "problem":
            return wanted not in [each.kind for each in made.answer.problems]
        case "ranked":
            return list(made.answer.models[: len(wanted.split())]) != wanted.split()
        case _:
            return not has_figure(expected, made)


def has_figure(expected: str, made: Reply) -> bool:
    """Whether a reply states a figure."""
    wanted = FIGURE.fullmatch(expected)
    assert wanted, expected
    return any(
        each.name == wanted["name"]
        and each.models == tuple(wanted["models"].split())
        and (each.tier or "standard") == (wanted["tier"] or each.tier or "standard")
        and same(each.value, wanted["value"])
        for each in made.answer.figures
    )


def same(value: str, wanted: str) -> bool:
    """Whether two values are the same, numbers to the cent."""
    number = r"-?\d+(?:\.\d+)?"
    if re.fullmatch(number, value) and re.fullmatch(number, wanted):
        return abs(Decimal(value) - Decimal(wanted)) <= CENT
    return value == wanted


def test_what_testers_typed_is_understood(say: Say) -> None:
    """Every line below every turn of every thread."""
    wrong = [
        f"{' | '.join(text for text, _ in turns)}: {line}"
        for turns in threads()
        for (_, expected), made in zip(turns, say(*(text for text, _ in turns)), strict=True)
        for line in expected
        if unmet(line, made)
    ]
    assert wrong == []
