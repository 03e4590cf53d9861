"""Golden replies: the whole message at a glance, in the terminal and in Slack, and what must hold for each of them."""

import json

import pytest

from bot.message.limits import ALL_TEXT, faults, texts
from bot.question.thread import Thread
from bot.reply import Reply, reply
from catalog.lookup import Catalog
from tests.conftest import AS_OF
from tests.message.golden import FOLDER, QUESTIONS, block_kit, terminal
from tests.sourced import strays


@pytest.fixture(params=QUESTIONS)
def name(request: pytest.FixtureRequest) -> str:
    """The name of a golden reply."""
    return str(request.param)


@pytest.fixture
def made(name: str, catalog: Catalog) -> Reply:
    """The reply as it is now."""
    return reply(QUESTIONS[name], Thread(), catalog, AS_OF)


def test_the_terminal_shows_what_it_showed(name: str, made: Reply, catalog: Catalog) -> None:
    """A change of words is looked at: `python -m tests.message.golden` takes it over."""
    assert f"> {QUESTIONS[name]}\n\n{terminal(made, catalog)}" == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_slack_gets_what_it_got(name: str, made: Reply) -> None:
    """The same for Block Kit."""
    assert block_kit(made) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")


def test_each_is_within_slacks_limits_and_its_numbers_have_sources(made: Reply, name: str, catalog: Catalog) -> None:
    """And the notification is the verdict, not a heading."""
    assert faults(made.message.blocks, made.message.text) == []
    names = {catalog.display_name(each) for each in catalog.offerings.values()}
    assert strays(made, QUESTIONS[name], names) == []
    assert made.message.text.startswith(made.answer.headline[:40].replace("&", "&amp;"))


def test_every_figure_has_evidence_in_the_catalog(made: Reply, catalog: Catalog) -> None:
    """The evidence names rows that are there."""
    for figure in made.answer.figures:
        assert figure.evidence
        for proof in figure.evidence:
            kind, first, *rest = proof.split("|")
            if kind == "price":
                offering = catalog.offerings[first]
                assert rest[0] in {
                    "input",
                    "output",
                    "cached_input",
                    "cache_write",
                    *(unit for each in offering.lists for unit in each.rates),
                }
            elif kind == "score":
                assert (rest[0], rest[1]) in catalog.boards
            elif kind == "fact":
                assert first in catalog.models or first in catalog.offerings
            else:
                assert kind in ("question", "rule")


def test_a_table_has_a_header_row_and_no_empty_cell(made: Reply) -> None:
    """Screen readers read the header; Slack refuses an empty cell."""
    for block in made.message.blocks:
        if block["type"] == "table":
            assert len({len(row) for row in block["rows"]}) == 1
            assert all(cell["text"] for row in block["rows"] for cell in row)
            assert all(block["column_settings"])


def test_a_chart_repeats_what_is_said_as_text(catalog: Catalog) -> None:
    """No meaning by picture alone: the flip point that a chart shows is a sentence as well."""
    made = reply("/compare gpt-5 o3", Thread(), catalog, AS_OF)
    charts = [block for block in made.message.blocks if block["type"] == "data_visualization"]
    assert len(charts) == 1
    assert "becomes the cheaper when" in json.dumps(made.message.blocks)


@pytest.mark.parametrize(
    ("blocks", "text", "fault"),
    [
        ([], "", "text has 0 characters"),
        ([{"type": "section", "text": {"type": "mrkdwn", "text": ""}}], "x", "section of 0"),
        ([{"type": "section", "text": {"type": "mrkdwn", "text": "<!channel>"}}], "x", "mentions somebody"),
        ([{"type": "nonsense"}], "x", "unknown block"),
        ([{"type": "divider"}] * 51, "x", "51 blocks"),
        ([{"type": "section", "text": {"type": "mrkdwn", "text": "a" * 3000}}] * 4, "x", "characters in all blocks"),
        (
            [{"type": "table", "rows": [[{"type": "raw_text", "text": ""}]], "column_settings": [{"align": "left"}]}],
            "x",
            "an empty table cell",
        ),
        (
            [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]], "column_settings": [None]}],
            "x",
            "bad column settings",
        ),
        ([{"type": "actions", "elements": []}], "x", "actions with 0"),
        ([{"type": "header", "text": {"type": "plain_text", "text": "a" * 151}}], "x", "header of 151"),
        (
            [
                {
                    "type": "container",
                    "title": {"type": "plain_text", "text": "a"},
                    "child_blocks": [{"type": "data_visualization"}],
                }
            ],
            "x",
            "in a container",
        ),
    ],
)
def test_the_validator_names_what_slack_would_refuse(blocks: list[dict[str, object]], text: str, fault: str) -> None:
    """One check for each limit that has cost somebody a message."""
    assert any(fault in each for each in faults(blocks, text)), faults(blocks, text)


def test_what_a_person_typed_is_escaped_everywhere(catalog: Catalog) -> None:
    """Nobody is pinged through the bot."""
    made = reply("/compare gpt-5.4 vs <!channel>blorp&lt;!here&gt;", Thread(), catalog, AS_OF)
    assert not any("<!" in each for each in (made.message.text, *texts(made.message.blocks)))
    assert sum(len(each) for each in texts(made.message.blocks)) <= ALL_TEXT
