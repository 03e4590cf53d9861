"""Conversations as people hold them: what each turn is read as, and what stays from the turn before."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from bot.reply import reply
from catalog.lookup import Catalog
from tests.conftest import AS_OF, Say

M = 10**6
NAMES = {
    "mini": "openai/gpt-4.1-mini",
    "54": "openai/gpt-5.4",
    "54m": "openai/gpt-5.4-mini",
    "54n": "openai/gpt-5.4-nano",
    "55": "openai/gpt-5.5",
    "opus": "anthropic/claude-opus-5-5",
    "sonnet": "anthropic/claude-sonnet-5-5",
    "haiku": "anthropic/claude-haiku-5-5",
    "haiku45": "anthropic/claude-haiku-4-5",
    "sol": "openai/gpt-6-sol",
    "kimi": "moonshotai/kimi-k3",
    "grok": "x-ai/grok-4.5",
    "nano": "openai/gpt-5-nano",
    "4o": "openai/gpt-4o",
    "flash": "google/gemini-2.5-flash",
    "glm": "zai/GLM-5.3",
    "luna": "openai/gpt-5.6-luna",
    "groq": "groq/llama-3.3-70b-versatile",
    "oss": "openai/gpt-oss-120b",
}


class Turn(NamedTuple):
    """One turn: the text, the kind, the models by their short names, and further things that must hold."""

    text: str
    kind: str
    models: str = ""
    wanted: Mapping[str, Any] = MappingProxyType({})


def turn(text: str, kind: str, models: str = "", **wanted: Any) -> Turn:
    """A turn with its expectations."""
    return Turn(text, kind, models, wanted)


DIALOGS: list[list[Turn]] = [
    [turn("gpt-4.1-mini or gpt-5.4?", "compare", "mini 54", tokens=None)],
    [turn("compare prices of gpt-5.4-mini and claude haiku 4.5", "compare", "54m haiku45")],
    [
        turn(
            "how much would 5 million input and 1 million output tokens cost on gpt-5.4?",
            "cost",
            "54",
            tokens=6 * M,
            has="$27.50",
        )
    ],
    [
        turn(
            "what's cheaper for me: sonnet 5.5 or gpt-5.4? we do 20k chats a day with ~1500 tokens in and 300 out",
            "cheapest",
            "sonnet 54",
            tokens=1080 * M,
            winner="sonnet",
        )
    ],
    [turn("gpt-5.4 pricing", "attribute", "54", has="$2.50")],
    [turn("what does 1000 requests with 2k in and 300 out cost on gpt-5.4", "cost", "54", tokens=2300000)],
    [turn("cheapest model with vision", "cheapest", filters={"vision": "true"})],
    [turn("cheapest google model", "cheapest", filters={"maker": "google"})],
    [turn("cheapest open weights model on groq", "cheapest", filters={"provider": "groq", "open_weights": "true"})],
    [turn("which models have at least 2M context?", "list", filters={"min_context": "2000000"})],
    [
        turn(
            "models under $0.50 input and $2 output",
            "list",
            filters={"max_input_price": "0.5", "max_output_price": "2"},
        )
    ],
    [
        turn(
            "models at $5 output or less with 1M context",
            "list",
            filters={"max_output_price": "5", "max_output_price_inclusive": "true", "min_context": "1000000"},
        )
    ],
    [turn("anything like claude sonnet 5.5 but cheaper?", "alternatives", "sonnet")],
    [turn("is haiku 4.5 more expensive than gpt-5.4-mini", "cheapest", "haiku45 54m", winner="54m")],
    [turn("does gpt-5.4 support images?", "attribute", "54", attribute="vision", has="Yes")],
    [turn("can gpt-5.4 do function calling?", "attribute", "54", attribute="tools")],
    [turn("when does gpt-4.1-mini retire?", "attribute", "mini", attribute="retires_on", has="2027-01-14")],
    [turn("when was gpt-5.4 released", "attribute", "54", has="2026-03-05")],
    [turn("is gpt-oss-120b open weights?", "attribute", "oss", has="Yes")],
    [turn("what is the context window of opus 5.5 and gpt-5.4", "attribute", "opus 54", has="1,000,000")],
    [turn("batch price of gpt-5.4", "attribute", "54", tier="batch", has="$1.25")],
    [turn("gpt-5.4 on batch vs standard at 10M tokens", "savings", "54", tokens=10 * M)],
    [turn("how much would caching 80% save on sonnet 5.5 at 100M tokens", "savings", "sonnet", tokens=100 * M)],
    [turn("savings from gpt-5.4 to gpt-5.4-mini per year at 1B tokens", "savings", "54 54m", has="$73,500")],
    [
        turn(
            "if i move from opus 5.5 to haiku 5.5, how much less do i pay at 10M/month?",
            "savings",
            "opus haiku",
            tokens=10 * M,
        )
    ],
    [turn("what can I get for $100 on opus 5.5?", "budget", "opus", has="8,333,333")],
    [turn("how many tokens for 50 dollars on gpt-5.4?", "budget", "54")],
    [turn("$200 budget gpt-5.4", "budget", "54", has="22,857,142")],
    [turn("at what point does opus 5.5 cost more than $10k a month?", "breakeven", "opus", has="833,333,333")],
    [turn("what volume makes gpt-5.4 $100 more expensive than gpt-5.4-mini?", "breakeven", "54 54m")],
    [turn("when do sonnet 5.5 and gpt-5.4 break even", "breakeven", "sonnet 54", has="Never")],
    [turn("should we switch from gpt-4o to gpt-5.4-mini?", "upgrade", "4o 54m", verdict="yes")],
    [turn("is it worth upgrading from gpt-4.1-mini to gpt-5.4?", "upgrade", "mini 54", verdict="no")],
    [turn("which one is better for coding, opus 5.5 or gpt-6-sol?", "choose", "opus sol", need="coding")],
    [turn("who wins on LMArena, gpt-5.4 or opus 5.5", "performance", "54 opus", benchmark="LMArena overall")],
    [
        turn(
            "what's gpt-5.4's score on swe-bench verified",
            "performance",
            "54",
            benchmark="SWE-bench Verified",
            has="Untested",
        )
    ],
    [turn("tokens per second of gpt-5.4", "performance", "54", has="Untested")],
    [
        turn(
            "hallucination rate of gpt-5.4 and gemini-2.5-flash",
            "performance",
            "54 flash",
            benchmark="Vectara hallucination rate",
        )
    ],
    [turn("what did gpt-5.4 cost in august?", "history", "54", has="no change on record")],
    [turn("has the price of deepseek v4 pro changed?", "history", has="2026-08-17")],
    [turn("price of kimi k3 on 2026-09-01", "history", "kimi")],
    [turn("what did gpt-5.4 cost in january 2026", "history", "54", has="released on 2026-03-05")],
    [turn("opus 5.5", "profile", "opus")],
    [turn("gpt-5.4, opus 5.5", "compare", "54 opus")],
    [turn("10M tokens gpt-5.4", "cost", "54", tokens=10 * M)],
    [turn("/compare", "help")],
    [turn("/compare help", "help")],
    [turn("", "help")],
    [turn("hi there", "help")],
    [turn("/compare gpt-5.4", "profile", "54", problem="missing_model")],
    [turn("/compare gpt-5.4 gpt-5.4", "profile", "54", problem="missing_model")],
    [turn("/compare gpt-5.4 vs blorp", "compare", "54", problem="unknown_model", winner=None)],
    [turn("/compare blorp zorp", "compare", problem="unknown_model")],
    [turn("/compare which payload is cheaper", "cheapest", problem="missing_model")],
    [
        turn(
            "/compare gpt-4.1-mini and gpt-5.4, 30M in, 10M out, batch",
            "compare",
            "mini 54",
            tokens=40 * M,
            tier="batch",
        )
    ],
    [turn("/compare gpt-5.4 opus 5.5 for chatbots", "compare", "54 opus", need="chat")],
    [turn("llama 3.3 70b on groq at 20M tokens", "cost", "groq", has="$13.80")],
    [turn("glm 5.3 vs kimi k3", "compare", "glm kimi")],
    [turn("opus 5.5 fast 10M", "cost", "opus", tier="fast", has="$240")],
    [turn("gpt-5.4 with €500", "profile", "54", problem="not_understood")],
    [turn("write me a song about gpt-5.4", "unsupported")],
    [turn("quanto costa gpt-5.4?", "unsupported")],
    [turn("watch gpt-5.4", "watch")],
    [turn("what if a wrong answer costs $2?", "mistakes")],
    # threads
    [
        turn("gpt-5.4 vs sonnet 5.5 at 10M", "compare", "54 sonnet", tokens=10 * M),
        turn("make it 50M", "compare", "54 sonnet", tokens=50 * M),
        turn("with 80% cached", "compare", "54 sonnet", cached="0.8"),
        turn("and without caching?", "compare", "54 sonnet", cached="0"),
        turn("on batch", "compare", "54 sonnet", tier="batch", tokens=50 * M),
        turn("standard again", "compare", "54 sonnet", tier="standard"),
        turn("per year?", "compare", "54 sonnet", figure="yearly_cost"),
    ],
    [
        turn("gpt-5.4 vs sonnet 5.5", "compare", "54 sonnet"),
        turn("why?", "method", "54 sonnet"),
        turn("which is cheaper at 1B?", "cheapest", "54 sonnet", tokens=1000 * M),
        turn("add opus 5.5", "cheapest", "54 sonnet opus", tokens=1000 * M),
        turn("drop sonnet 5.5", "cheapest", "54 opus"),
        turn("what did you assume?", "method", "54 opus", shows="Half of the tokens"),
    ],
    [
        turn("opus 5.5", "profile", "opus"),
        turn("how does it compare to gpt-6-sol?", "compare", "opus sol"),
        turn("what's its context window", "attribute", "opus sol"),
        turn("and knowledge cutoff?", "attribute", "opus sol", attribute="knowledge_cutoff"),
    ],
    [
        turn("cheapest anthropic model", "cheapest", filters={"maker": "anthropic"}),
        turn("and openai?", "cheapest", filters={"maker": "openai"}),
        turn("with 1M context", "cheapest", filters={"maker": "openai", "min_context": "1000000"}),
        turn("at 100M tokens", "cheapest", filters={"maker": "openai", "min_context": "1000000"}, tokens=100 * M),
    ],
    [
        turn("cost of gpt-5.4 for 10M in 2M out", "cost", "54"),
        turn("what about 20M in?", "cost", "54", tokens=22 * M),
        turn("sonnet 5.5 instead", "cost", "sonnet", tokens=22 * M),
        turn("same but on batch", "cost", "sonnet", tier="batch"),
    ],
    [
        turn("how far does $500 go on gpt-5.4", "budget", "54"),
        turn("$1000", "budget", "54", has="114,285,714"),
        turn("with 80% input", "budget", "54", has="200,000,000"),
        turn("and on opus 5.5", "budget", "54 opus"),
    ],
    [
        turn("is gpt-5.4 better than opus 5.5", "better", "54 opus", winner="opus"),
        turn("and for coding?", "choose", "54 opus", need="coding"),
        turn("which costs less at 10M?", "cheapest", "54 opus", winner="54"),
    ],
    [
        turn("gpt-5.4 vs sonnet 5.5", "compare", "54 sonnet"),
        turn("opus 5.5 instead", "compare", "54 sonnet", problem="ambiguous_model", has="instead of which"),
        turn("sonnet 5.5", "compare", "54 opus"),
    ],
    [
        turn("gpt-5.4 vs sonnet 5.5", "compare", "54 sonnet"),
        turn("opus 5.5 instead of sonnet 5.5", "compare", "54 opus"),
    ],
    [
        turn("gpt-5.4 vs sonnet 5.5", "compare", "54 sonnet"),
        turn("replace gpt-5.4 with gpt-5.5", "compare", "55 sonnet"),
    ],
    [
        turn("gpt-5.4 vs sonnet 5.5 at 10M", "compare", "54 sonnet"),
        turn("thanks!", "help"),
        turn("and at 20M?", "compare", "54 sonnet", tokens=20 * M),
    ],
    [
        turn("compare gpt-5.4 and sonnet 5.5", "compare", "54 sonnet"),
        turn("tell me about grok 4.5", "profile", "grok"),
        turn("and kimi k3?", "compare", "grok kimi"),
    ],
    [
        turn("what did gpt-5.6-luna cost in july?", "history", "luna", has="2026-07-30"),
        turn("and in august?", "history", "luna"),
    ],
    [
        turn("gpt-5.4 vs claude", "compare", "54", problem="ambiguous_model", winner=None),
        turn("opus 5.5", "compare", "54 opus"),
    ],
    [
        turn("cost of claude at 10M tokens", "cost", problem="ambiguous_model"),
        turn("sonnet 5.5", "cost", "sonnet", tokens=10 * M),
    ],
    [
        turn("cost of llama 3.3 70b for 20M tokens", "cost", problem="ambiguous_model"),
        turn("groq", "cost", "groq", tokens=20 * M),
    ],
    [
        turn("cost of claude at 10M tokens", "cost", problem="ambiguous_model"),
        turn("the first one", "cost", tokens=10 * M),
    ],
    [
        turn("which is cheaper at 100M tokens?", "cheapest", problem="missing_model"),
        turn("gpt-5.4 and sonnet 5.5", "cheapest", "54 sonnet", tokens=100 * M),
    ],
    [
        turn("what would 50M tokens cost?", "cost", problem="missing_model"),
        turn("gpt-5.4", "cost", "54", tokens=50 * M),
    ],
    [
        turn("gpt-5.4 vs sonnet 5.5", "compare", "54 sonnet"),
        turn("drop opus 5.5", "compare", "54 sonnet", shows="nothing was dropped"),
    ],
]


@pytest.mark.parametrize("dialog", DIALOGS, ids=lambda dialog: " | ".join(each.text for each in dialog)[:70] or "empty")
def test_a_conversation_is_understood_turn_by_turn(say: Say, dialog: list[Turn]) -> None:
    """Kind, models, workload, filters and what the reply says."""
    for wanted, made in zip(dialog, say(*(each.text for each in dialog)), strict=True):
        question, answer, more = made.question, made.answer, wanted.wanted
        assert question.kind == wanted.kind, wanted.text
        if wanted.models:
            assert list(question.models) == [NAMES[each] for each in wanted.models.split()], wanted.text
        found = {
            "tokens": question.workload.tokens,
            "tier": question.workload.tier,
            "attribute": question.attribute,
            "need": question.need,
            "benchmark": question.benchmark,
            "verdict": answer.verdict,
            "cached": f"{float(question.workload.cached_share):g}",
        }
        for name, value in more.items():
            if name == "has":
                assert value in made.message.text, wanted.text
            elif name == "shows":
                assert value in str(made.message.blocks), wanted.text
            elif name == "problem":
                assert value in {each.kind for each in answer.problems}, wanted.text
            elif name == "figure":
                assert value in {each.name for each in answer.figures}, wanted.text
            elif name == "winner":
                assert answer.winner == NAMES.get(value), wanted.text
            elif name == "filters":
                assert {key: each for key, each in question.filters.items() if key in value} == value, wanted.text
            else:
                assert found[name] == value, wanted.text


def test_there_are_enough_conversations() -> None:
    """The table is what keeps understanding from sliding back."""
    assert len(DIALOGS) >= 60


def test_a_comparison_taken_up_from_elsewhere_is_said(catalog: Catalog, say: Say) -> None:
    """Where there is no thread, a question takes up the asker's last comparison, and the reply says so."""
    before = say("/compare gpt-4.1-mini gpt-5.4")[0].thread
    made = reply("which is cheaper at 100M tokens?", before.taken_up(), catalog, AS_OF)
    assert "$100 against $875" in made.answer.headline
    assert any("last comparison here: GPT-4.1 Mini, GPT-5.4" in line for line in made.answer.more)
    own = reply("opus 5.5 vs gpt-5.4", before.taken_up(), catalog, AS_OF)
    assert not any("last comparison" in line for line in own.answer.more)
