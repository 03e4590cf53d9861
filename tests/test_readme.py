"""What the README shows is what happens."""

import re
import shlex
from pathlib import Path

import pytest

from bot.__main__ import parser
from tests.conftest import Say

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_dialog_at_the_top_is_real(say: Say) -> None:
    """Question by question, in one thread, as of the day that the tests ask on."""
    turns = re.split(r"^> \*\*you\*\* ", README.split("\n# ")[0], flags=re.MULTILINE)[1:]
    asked, wanted = [], []
    for turn in turns:
        question, _, answer = turn.partition("\n")
        asked.append(question.strip("` "))
        wanted.append(
            [
                line
                for line in re.sub(r"^> ?(?:\*\*comparebot\*\* )?", "", answer, flags=re.MULTILINE).splitlines()
                if line
            ]
        )
    for made, lines in zip(say(*asked), wanted, strict=True):
        said = [made.answer.headline, *made.answer.more]
        for line in lines:
            assert line in said


def test_the_conversation_in_the_terminal_is_real(say: Say) -> None:
    """Each answer is the headline or a line under it."""
    block = re.search(r"\$ comparebot chat\n((?:    .*\n)+)", README)
    assert block
    lines = [line.strip() for line in block[1].splitlines()]
    for made, line in zip(say(*lines[::2]), lines[1::2], strict=True):
        assert line in (made.answer.headline, *made.answer.more)


EXAMPLES = [
    example
    for row in re.findall(r"^\| (`.*?) \|", README, flags=re.MULTILINE)
    for example in re.findall(r"`([^`]+)`", row)
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_gets_an_answer_with_figures(say: Say, example: str) -> None:
    """What can be asked, can be answered."""
    made = say(example)[0]
    assert made.question.kind not in ("unsupported", "help")
    assert made.answer.figures or made.question.kind in ("method", "performance")
    assert not [each for each in made.answer.problems if each.kind != "no_price"]


def test_every_command_that_is_shown_exists() -> None:
    """By the parser of the command line itself."""
    shown = re.findall(r"^    comparebot ([^#\n]+)", README, flags=re.MULTILINE)
    assert len(shown) >= 5
    for command in shown:
        assert parser().parse_args(shlex.split(command.strip())).run


def test_the_two_commands_that_set_everything_up_are_one_line_each() -> None:
    """CI runs the second of them as it stands here."""
    lines = [line.strip() for line in README.splitlines() if line.startswith("    python3 -m venv")]
    assert len(lines) == 2
    assert lines[0].endswith('comparebot ask "/compare gpt-4.1-mini gpt-5.4"')
    assert lines[1].endswith("uv run pytest")


def test_every_file_that_is_named_exists() -> None:
    """Paths in the README, in CONTRIBUTING.md and in the deploy guide."""
    for document in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        for path in re.findall(r"`((?:bot|catalog|deploy|tests)/[\w/.-]+)`", text):
            assert (ROOT / path).exists(), (document, path)


def test_no_file_names_a_package_registrys_host() -> None:
    """The lock is locked without hosts."""
    lock = (ROOT / "deploy" / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in lock
    assert lock.count("--hash=sha256:") > 100
