"""A workspace's own split and volumes stand in where a question states none, and the answer says so."""

from fractions import Fraction

import pytest

from bot.message.message import assumption_lines
from bot.question.model import Defaults
from bot.question.thread import Thread
from bot.reply import reply
from catalog.lookup import Catalog
from tests.conftest import AS_OF

OWN = Thread(defaults=Defaults(input_share=Fraction(4, 5), volumes=(2_000_000, 20_000_000)))
SAID = "Not stated, so taken from this workspace's settings: 80% input and the volumes."


def test_the_figures_rest_on_the_workspaces_defaults_and_say_so(catalog: Catalog) -> None:
    made = reply("/compare gpt-4.1-mini gpt-5.4", OWN, catalog, AS_OF)
    volumes = {each.tokens for each in made.answer.figures if each.name == "monthly_cost"}
    assert {"2000000", "20000000"} <= volumes and "100000000" not in volumes
    assert made.question.workload.input_share == Fraction(4, 5) and "split" in made.question.workload.assumed
    assert SAID in made.answer.more
    assumed = assumption_lines(made.question, made.answer)
    assert "80% of the tokens are input, this workspace's default, as no split was stated." in assumed


def test_what_is_stated_outweighs_the_defaults(catalog: Catalog) -> None:
    made = reply("/compare gpt-4.1-mini gpt-5.4 at 100M, half input", OWN, catalog, AS_OF)
    asked = reply("/compare gpt-4.1-mini gpt-5.4 at 10M in and 90M out", OWN, catalog, AS_OF)
    assert asked.question.workload.input_share == Fraction(1, 10)
    assert not any("workspace" in line for line in asked.answer.more)
    assert made.question.workload.tokens == 100_000_000


def test_a_conversation_keeps_the_defaults_that_it_began_with(catalog: Catalog) -> None:
    first = reply("/compare gpt-4.1-mini gpt-5.4", OWN, catalog, AS_OF)
    kept = Thread.model_validate_json(first.thread.model_dump_json())
    then = reply("what about 1B?", kept, catalog, AS_OF)
    assert then.question.workload.input_tokens == 800_000_000
    assert "Not stated, so taken from this workspace's settings: 80% input." in then.answer.more


@pytest.mark.parametrize("text", ["tell me about gpt-5.4", "what's gpt-5.4's context window?", "help", "gpt-5.9 vs x"])
def test_answers_without_costs_do_not_mention_them(catalog: Catalog, text: str) -> None:
    assert not any("settings" in line for line in reply(text, OWN, catalog, AS_OF).answer.more)


def test_the_method_names_them(catalog: Catalog) -> None:
    first = reply("/compare gpt-4.1-mini gpt-5.4", OWN, catalog, AS_OF)
    made = reply("what did you assume?", first.thread, catalog, AS_OF)
    assert "this workspace's default" in made.answer.headline
