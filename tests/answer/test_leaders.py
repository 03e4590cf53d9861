"""Which of all models is best: one board with its date, its ranges, and what is level with the leader for less."""

from collections.abc import Callable

import pytest

from bot.answer.answer import answer
from bot.message.limits import faults
from bot.message.message import to_message
from bot.question.model import Question
from bot.question.thread import Thread
from bot.reply import Reply
from catalog.lookup import Catalog
from tests.conftest import AS_OF, Say
from tests.sourced import strays

Ask = Callable[..., Reply]


@pytest.fixture
def ask(catalog: Catalog) -> Ask:
    """The reply to a question about no model in particular."""

    def made(**parts: object) -> Reply:
        question = Question.model_validate({"kind": "choose", "as_of": AS_OF.isoformat(), **parts})
        found = answer(question, catalog)
        return Reply(question=question, answer=found, message=to_message(question, found, catalog), thread=Thread())

    return made


def test_the_leader_of_the_board_that_decides_a_need_is_picked_with_its_score(ask: Ask, catalog: Catalog) -> None:
    """Ranked by that board, which is named with its date and with what it measures."""
    made = ask(need="coding")
    board = catalog.boards["Arena Coding", "lmarena"]
    scores = [board[catalog.offerings[each].model].score for each in made.answer.models]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 10
    assert made.answer.winner is None
    assert made.answer.picks == {"coding": made.answer.models[0]}
    assert "leads in LMArena coding (" in made.answer.headline
    assert "By the LMArena leaderboard of 2026-10-20: human votes" in made.message.text
    score = next(each for each in made.answer.figures if each.name == "score")
    assert score.evidence[0].endswith("|Arena Coding|lmarena")


def test_the_best_value_is_the_cheapest_whose_range_overlaps_the_leaders(ask: Ask, catalog: Catalog) -> None:
    """And it says what both cost."""
    made = ask(need="coding")
    board = catalog.boards["Arena Coding", "lmarena"]
    leader = board[catalog.offerings[made.answer.models[0]].model]
    assert "the best value is Muse Spark 1.2, level with it" in made.answer.headline
    value = board["meta/muse-spark-1.2"]
    assert value.high is not None
    assert leader.low is not None
    assert value.high >= leader.low


@pytest.mark.parametrize(
    "parts",
    [
        {"need": each}
        for each in ("chat", "summarization", "agents", "long_documents", "vision", "math", "extraction", "quality")
    ]
    + [
        {"need": "bulk"},
        {},
        {"kind": "better"},
        {"kind": "performance", "benchmark": "GPQA"},
        {"need": "coding", "filters": {"maker": "mistral", "max_output_price": "5"}},
        {"need": "coding", "filters": {"maker": "perplexity", "vision": "true"}},
    ],
)
def test_every_need_gets_a_valid_answer_with_sources(ask: Ask, catalog: Catalog, parts: dict[str, object]) -> None:
    """Whatever restricts it; where nothing has been tested, that is said."""
    made = ask(**parts)
    names = {catalog.display_name(each) for each in catalog.offerings.values()}
    assert faults(made.message.blocks, made.message.text) == []
    assert strays(made, "", names) == []
    assert made.answer.winner is None
    assert made.answer.models or "has tested" in made.answer.headline


def test_makers_and_hosts_go_by_their_names_and_one_that_is_both_is_named_once(say: Say) -> None:
    """Not by the ids of the price data."""
    assert "18 models by xAI on record" in say("models by xai")[0].answer.headline
    assert "is the cheapest model by Google, $" in say("cheapest google model on google")[0].answer.headline
    assert "by Anthropic on AWS Bedrock" in say("cheapest claude on bedrock")[0].answer.headline


def test_only_the_models_of_the_headline_have_their_retirement_told_in_a_list(say: Say) -> None:
    """The rest is noise."""
    for text in ("cheapest google model", "models by anthropic"):
        made = say(text)[0]
        for line in made.answer.more:
            if "is switched off" in line:
                assert line.partition(" is switched off")[0] in made.answer.headline


def test_scores_are_shown_to_two_decimals_and_kept_whole(ask: Ask) -> None:
    """Nobody reads fourteen."""
    made = ask(need="agents")
    assert "48.71%" in made.message.text
    assert any(len(each.value) > 10 for each in made.answer.figures if each.name == "score")


def test_offerings_of_one_model_at_one_host_are_told_apart_by_name(say: Say, catalog: Catalog) -> None:
    """The region or variant that their ids differ by."""
    said = say("cheapest claude on bedrock")[0].answer.headline
    assert "Claude Haiku 5.5 (AWS Bedrock, global)" in said
    assert "Claude Haiku 5.5 (AWS Bedrock, regional)" in said
    assert catalog.display_name(catalog.offerings["openai/gpt-5.4"]) == "GPT-5.4"
    assert catalog.display_name(catalog.offerings["openai/gpt-4o"]) == "GPT-4o"
    assert catalog.display_name(catalog.offerings["openai/gpt-4o-2024-05-13"]) == "GPT-4o (gpt-4o-2024-05-13)"
    names = [catalog.display_name(each) for each in catalog.offerings.values()]
    assert len(names) == len(set(names))


def test_a_list_says_of_its_rows_only_what_its_headline_rests_on(ask: Ask) -> None:
    """No peak hours of the seventh model before the point."""
    made = ask(need="summarization", filters={"max_output_price": "2"})
    assert made.answer.more[0].startswith("By the LMArena leaderboard")
    assert not any("peak" in line for line in made.answer.more)
