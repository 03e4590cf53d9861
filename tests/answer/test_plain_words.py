"""Answers that ask back, explain or list differences: what fits the question, said once and first."""

import logging
from decimal import Decimal
from pathlib import Path

import pytest

from bot.catalog_file import CatalogFile
from bot.message.limits import ALL_TEXT, texts
from bot.message.message import fitting
from tests.conftest import Say


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("should i upgrade?", "`should I upgrade from gpt-4.1-mini to gpt-5.4?`"),
        ("how far does $500 go", "`how far does $500 go on gpt-5.4?`"),
        ("is gpt-5.4 better", "`is gpt-5.4 better than gpt-4.1-mini?`"),
        ("differences?", "`main differences between gpt-4.1-mini and gpt-5.4`"),
    ],
)
def test_who_names_too_few_models_gets_an_example_of_the_same_kind(say: Say, text: str, example: str) -> None:
    """Not of another."""
    assert example in say(text)[0].answer.headline


def test_why_begins_with_what_the_last_answer_assumed(say: Say) -> None:
    """The method follows."""
    for text in ("why?", "what assumptions did you make?"):
        made = say("gpt-5 vs gpt-5.4 at 10M", text)[-1]
        assert made.answer.headline.startswith("What your last question, about GPT-5 and GPT-5.4, rests on: Half of")


def test_differences_come_before_what_is_the_same(say: Say) -> None:
    """And nothing claims an order of names where no two values stand side by side."""
    said = say("differences between gpt-5 and gpt-5.1")[0].answer.headline
    assert said.startswith(
        "GPT-5 against GPT-5.1: graded Usable (2.20 of 3) against Strong (2.47 of 3); the same input"
    )
    assert said.endswith("the same cached input price ($0.125 per MTok).")


def test_the_closest_alternative_is_marked_where_they_are_listed_by_cost(say: Say) -> None:
    """So that headline and table agree."""
    made = say("something like gpt-5.4 but cheaper")[0].answer
    table = next(each.table for each in made.sections if each.table)
    marked = [row[0] for row in table.rows if "(closest)" in row[0]]
    assert len(marked) == 1
    assert f"of those that cost less: {marked[0].removesuffix(' (closest)')}," in made.headline


def test_price_notes_are_whole_sentences_without_bare_links(say: Say) -> None:
    """As much of them as is short."""
    notes = [
        line
        for name in ("gpt-5.4", "opus 5.5", "gemini-1.5-flash-8b")
        for part in say(f"tell me about {name}")[0].answer.sections
        if part.title == "Price notes"
        for line in part.lines
    ]
    assert notes
    assert all(len(line) <= 202 and line.endswith((".`", ")`")) and "Ref: http" not in line for line in notes)


def test_a_message_that_is_too_long_keeps_its_first_screen_and_its_sources() -> None:
    """Detail goes first, the FAQ after it, open parts last."""

    def part(title: str, size: int) -> dict[str, object]:
        return {
            "type": "container",
            "title": {"type": "plain_text", "text": title},
            "child_blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "a" * size}}],
        }

    first = [{"type": "section", "text": {"type": "mrkdwn", "text": each}} for each in "abc"]
    kept = fitting([*first, part("FAQ", 2900), part("Scores", 2900), part("More", 2900), part("Prices of 2026", 2900)])
    assert [each["title"]["text"] for each in kept[3:]] == ["FAQ", "Scores", "Prices of 2026"]
    long = [{"type": "section", "text": {"type": "mrkdwn", "text": str(each) * 2900}} for each in range(6)]
    kept = fitting([*first, *long, part("FAQ", 2900), part("Prices of 2026", 2900)])
    assert kept[:3] == first
    assert kept[-1]["title"]["text"] == "Prices of 2026"
    assert sum(len(each) for each in texts(kept)) <= ALL_TEXT


def test_a_catalog_in_use_outlives_its_file(
    catalog_path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Said once in the log, and read again when the file is back."""
    path = tmp_path / "catalog.sqlite"
    path.write_bytes(catalog_path.read_bytes())
    file = CatalogFile(path)
    loaded = file.current()
    with caplog.at_level(logging.WARNING):
        path.unlink()
        assert file.current() is loaded
        assert file.current() is loaded
        path.write_text("not a catalog", encoding="utf-8")
        assert file.current() is loaded
    assert len(caplog.records) == 2
    path.write_bytes(catalog_path.read_bytes())
    assert file.current() is not loaded


def test_a_misspelt_name_that_was_understood_still_has_a_winner(say: Say) -> None:
    """One that was not leaves it open."""
    assert say("is gemni 3.5 flash cheaper than gpt-5.4?")[0].answer.winner == "google/gemini-3.5-flash"
    assert say("/compare gpt-9 ultra vs gpt-5.4 vs gpt-4.1-mini")[0].answer.winner is None


def test_many_models_have_a_row_each_and_nothing_more_can_be_added(say: Say) -> None:
    """Six columns of names would be wider than a message."""
    made = say("/compare gpt-5.4 opus 5.5 gemini-3.1-pro-preview grok 4.7 kimi k3 glm 5.3 at 100M")[0].answer
    table = next(each.table for each in made.sections if each.table)
    assert table.header[0] == "Model"
    assert table.rows[0][0] == "GLM-5.3"
    assert len(table.rows) == 6
    assert not any(each.title == "Also compare" for each in made.sections)


def test_the_chart_shows_where_two_cost_the_same(say: Say) -> None:
    """A point of its own at the share at which the lines cross, with the same cost on both."""
    made = say("/compare gpt-5.4-mini glm-5.2 at 100M")[0].answer
    assert made.chart is not None
    assert "equal at 13.3%" in made.chart.title
    place = made.chart.categories.index("13.3%")
    first, second = (values[place] for _, values in made.chart.series)
    assert abs(first - second) <= Decimal("0.01")
    assert len(made.chart.categories) == 12


def test_what_nobody_has_tested_is_picked_on_cost_and_says_so(say: Say) -> None:
    """Not as if a test had decided it."""
    made = say("/compare gpt-4.1-mini gpt-5.4")[0].answer
    chosen = next(each.lines for each in made.sections if each.title == "Which to choose")
    assert any("agents and tool use (no shared test, so on cost)" in line for line in chosen)
