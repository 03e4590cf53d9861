"""The controls of messages: every kind of answer with them, at a glance and within Slack's limits."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.message.controls import Standing, key_of, with_controls
from bot.message.csv_file import csv_of
from bot.message.elements import Block, asked_again
from bot.message.limits import ALL_TEXT, faults, texts
from bot.question.thread import Thread
from bot.reply import Reply, reply
from catalog.lookup import Catalog
from tests.conftest import AS_OF
from tests.message.golden import QUESTIONS
from tests.message.golden_messages import ALONE, CHANGED, FOLDER, OPEN, after, as_json, as_sent, messages
from tests.slack.blockkit import complaints

NAMES = (
    "message-compare",
    "message-changed",
    "message-alone",
    "message-unknown",
    "message-corrected",
    "message-shared",
    "message-ambiguous",
    "modal",
)
SIX = "gpt-5.4, gpt-5.5, gpt-5, claude-opus-5-5, gemini-3.5-flash, gpt-4.1-mini"
FULL = CHANGED._replace(changes=("x" * 500,) * 9, may_be_filed=True, shared_by="x" * 500)
STANDINGS = (OPEN, ALONE, CHANGED, FULL)


def elements(sent: Block) -> Iterator[Block]:
    """What can be clicked."""
    for block in sent["blocks"]:
        if block["type"] in ("actions", "context_actions"):
            yield from block["elements"]


@pytest.mark.parametrize("name", NAMES)
def test_it_looks_as_it_did(catalog: Catalog, name: str) -> None:
    """A change is looked at: `python -m tests.message.golden_messages` takes it over."""
    assert as_json(messages(catalog)[name]) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("question", [*QUESTIONS.values(), f"compare {SIX}", f"{SIX} for 10k requests a day, 200k in"])
def test_every_kind_of_answer_with_its_controls_is_one_that_slack_takes(catalog: Catalog, question: str) -> None:
    made = reply(question, Thread(), catalog, AS_OF)
    for standing in STANDINGS:
        sent = as_sent(made, catalog, standing)
        assert faults(sent["blocks"], sent["text"]) == []
        assert complaints(sent["blocks"], sent["text"]) == []
        assert sum(map(len, texts(sent["blocks"]))) <= ALL_TEXT
        assert all(key_of(block["block_id"]) == "key" for block in sent["blocks"] if "block_id" in block)


def test_the_modal_is_one_that_slack_takes(catalog: Catalog) -> None:
    view = messages(catalog)["modal"]
    assert faults(view["blocks"], "", is_view=True) == [] and complaints(view["blocks"], surface="modal") == []


def test_every_choice_of_every_menu_does_what_it_says(catalog: Catalog) -> None:
    """The menus speak the bot's own language: what is chosen is understood and becomes the current choice."""
    made = after(catalog, "/compare gpt-4.1-mini gpt-5.4")
    menus = [each for each in elements(as_sent(made, catalog, OPEN)) if each["type"] == "static_select"]
    assert [each["action_id"] for each in menus] == ["volume", "split", "caching", "tier"]
    for menu in menus:
        for option in menu["options"]:
            changed = reply(option["value"], made.thread, catalog, AS_OF)
            assert changed.question.models == made.question.models and not changed.question.problems
            [now] = [
                each for each in elements(as_sent(changed, catalog, OPEN)) if each["action_id"] == menu["action_id"]
            ]
            assert now["initial_option"] == option


def test_a_value_that_no_menu_lists_is_listed_as_the_current_one(catalog: Catalog) -> None:
    made = after(catalog, "gpt-4.1-mini vs gpt-5.4 for 7k requests a day, 1300 in / 177 out, 37% cached")
    chosen = {
        each["action_id"]: each["initial_option"]["text"]["text"]
        for each in elements(as_sent(made, catalog, OPEN))
        if "initial_option" in each
    }
    assert chosen["volume"] == "310.17M tokens a month" and chosen["caching"] == "37% of input cached"
    assert chosen["split"] == "88% input, 12% output"


def test_with_six_models_none_can_be_added(catalog: Catalog) -> None:
    actions = list(elements(as_sent(after(catalog, f"compare {SIX}"), catalog, OPEN)))
    assert not [each for each in actions if each["action_id"] == "add" or each.get("value", "").startswith("add ")]
    assert sum(each["action_id"].startswith("profile:") for each in actions) == 6


@pytest.mark.parametrize("question", ["is gpt-5.4 better?", "/compare gpt-5.4", "should i upgrade from gpt-5.4?"])
def test_where_a_second_model_is_missing_it_can_be_added(catalog: Catalog, question: str) -> None:
    made = after(catalog, question)
    assert "add" in [each["action_id"] for each in elements(as_sent(made, catalog, ALONE))]
    assert len(reply("add openai/gpt-5.5", made.thread, catalog, AS_OF).question.models) == 2


def test_a_comparison_that_is_noted_is_asked_again_with_the_same_outcome(catalog: Catalog) -> None:
    for text in ("gpt-4.1-mini vs gpt-5.4 at 30M in and 5M out, 50% cached, on batch", "gpt-5 or o3 at 7M", f"{SIX}"):
        made = after(catalog, text)
        again = after(catalog, asked_again(made.question))
        assert again.question.models == made.question.models
        assert _costs(again) == _costs(made)


def _costs(made: Reply) -> set[tuple[str, str]]:
    return {(each.models[0], each.value) for each in made.answer.figures if each.name == "monthly_cost"}


@settings(max_examples=30, deadline=None)
@given(prefix=st.sampled_from(["=", "+", "-", "@", "\t", "\r"]), rest=st.text(max_size=20))
def test_no_cell_of_a_file_is_a_formula(catalog: Catalog, prefix: str, rest: str) -> None:
    made = after(catalog, "/compare gpt-4.1-mini gpt-5.4").answer
    [position] = [n for n, part in enumerate(made.sections) if part.table]
    table = made.sections[position].table
    assert table is not None
    spoilt = made.sections[position].model_copy(
        update={"table": table.model_copy(update={"rows": ((prefix + rest, "1"),)})}
    )
    answer = made.model_copy(update={"sections": (spoilt,)})
    written = csv_of(answer)
    assert written is not None and written.splitlines()[1].lstrip('"').startswith("'")


def test_an_answer_without_a_table_has_no_file(catalog: Catalog) -> None:
    assert csv_of(after(catalog, "help").answer) is None


def test_what_a_person_is_called_cannot_mention_anybody(catalog: Catalog) -> None:
    made = after(catalog, "/compare gpt-4.1-mini gpt-5.4")
    standing = Standing(key="key", asker="U1", changes=("<!channel>: <@U2>",))
    blocks = with_controls(made.message, made.question, made.answer, catalog, standing)
    [line] = [block["elements"][0] for block in blocks if block["type"] == "context"]
    assert line["type"] == "plain_text"
