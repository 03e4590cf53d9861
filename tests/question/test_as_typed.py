"""Wordings that testers typed and that were once misread: what is understood of each."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from catalog.lookup import Catalog
from tests.conftest import Say

M = 10**6
USAGE = [
    ("haiku 5.5 10M tokens prompts over 200k", {"input": 5 * M, "output": 5 * M, "prompt": 200_001}),
    ("gpt-5.5 batch: 100 requests/day, 300k in, 3k out, monthly", {"input": 900 * M, "output": 9 * M, "tier": "batch"}),
    (
        "sonnet 5.5: 5k requests a day, 10k in / 500 out, 8k of the prompt is cached. monthly?",
        {"input": 1500 * M, "output": 75 * M, "cached": 1200 * M},
    ),
    ("gpt-5.4 500 requests of 2k tokens a day, 3:1", {"input": 22_500_000, "output": 7_500_000}),
    ("minimax m3 w/ 600k token prompts and 1k output, 50 a day", {"input": 900 * M, "output": 1_500_000}),
    ("prompts of 300k tokens, gpt-5.4, 100 a day", {"input": 900 * M, "output": 0}),
    ("gpt-5.5 at 100 rpm, 1k in 100 out", {"input": 4320 * M, "output": 432 * M}),
    (
        "we have 200 employees doing 10 chats a day, 3k tokens in and 600 out per chat, claude sonnet 5.5. monthly?",
        {"input": 180 * M, "output": 36 * M},
    ),
    (
        "sonnet 5.5: 5k requests a day with 10k-token prompts and 500-token answers",
        {"input": 1500 * M, "output": 75 * M},
    ),
    ("one and a half billion tokens on gpt-5-nano cost", {"input": 750 * M, "output": 750 * M}),
    ("1M in a day and 200k out a day for gpt-6-sol cost", {"input": 30 * M, "output": 6 * M}),
    ("80/20 at 10M on glm 5.2 cost", {"input": 8 * M, "output": 2 * M}),
    ("gpt-5.4 cost 10M tokens 3 to 1", {"input": 7_500_000, "output": 2_500_000}),
    ("gpt-4.1 at 40M tokens, two thirds input", {"input": 26_666_667, "output": 13_333_333}),
    ("grok 4.7 20M in with 15M of it cached, 1M out, cost", {"input": 20 * M, "output": M, "cached": 15 * M}),
    ("haiku 4.5, 30M tokens, cache hit rate 0.5, how much", {"input": 15 * M, "cached": 7_500_000}),
    ("25 devs using 2M tokens/day each on sonnet 5.5, working days only", {"input": 550 * M, "output": 550 * M}),
    ("what'd 45M toks run me on claude opus 4.6", {"input": 22_500_000, "output": 22_500_000}),
    ("opus 5.5 @ 10M/2M", {"input": 10 * M, "output": 2 * M}),
    ("gpt-5-mini, 1k requests a day, 900 in 150 out, per month?", {"input": 27 * M, "output": 4_500_000}),
    ("gpt-5-mini: 900 in, 150 out, 1000 times a day", {"input": 27 * M, "output": 4_500_000}),
    ("100 users, 3 chats/day, 2k in 300 out, gpt-4o-mini", {"input": 18 * M, "output": 2_700_000}),
    ("grok 4.5 with 200k prompts, 100 requests a month, 1k out", {"input": 20 * M, "output": 100_000}),
    ("opus 5.5: 5k invoices per month at 3k in 200 out", {"input": 15 * M, "output": M}),
    ("gpt-5.4 with prompts of 120k in and 2k out, 100 a day", {"input": 360 * M, "output": 6 * M}),
    ("GLM 5.2 - 12M in, 3M out - cost pls", {"input": 12 * M, "output": 3 * M}),
    ("31.25T tokens on gpt-5.4 cost", {"input": 15_625_000 * M}),
    ("gpt-5.4 10M 3.125% input", {"input": 312_500, "output": 9_687_500}),
    ("what would gpt-5.4 cost per request for 1234 tokens in", {"prompt": 1234}),
    ("gpt-5.4 batch 20M", {"input": 10 * M, "tier": "batch"}),
    ("opus 5 fast mode 3M in 1M out cost", {"input": 3 * M, "output": M, "tier": "fast"}),
    ("what would gpt-5.4 cost for 2M input and 300K output", {"input": 2 * M, "output": 300_000, "prompt": None}),
    ("gpt-5.4 for 2M prompt and 300K completion tokens", {"input": 2 * M, "output": 300_000, "prompt": None}),
    ("cost of gpt-5.4 for 5M input", {"input": 5 * M, "output": 0, "prompt": None}),
    ("gpt-5.4 with 300k prompts at 10M tokens", {"input": 5 * M, "output": 5 * M, "prompt": 300_000}),
    ("gpt-5.4 10M tokens with a 300k prompt", {"input": 5 * M, "output": 5 * M, "prompt": 300_000}),
    ("gpt-5.4 at 2.5k requests a day, 1k in 200 out", {"input": 75 * M, "output": 15 * M}),
    ("2.7M tokens on opus 5.5, cost", {"input": 1_350_000, "output": 1_350_000}),
    ("2.5M in 1M out on sonnet 5.5, cost", {"input": 2_500_000, "output": M}),
    ("gpt-5.4 with input of 12M and output of 2M tokens. what's the cost?", {"input": 12 * M, "output": 2 * M}),
    ("gpt-5.5 w/ prompt caching at 80%, 30M in 3M out, cost?", {"input": 30 * M, "output": 3 * M, "cached": 24 * M}),
    ("cost of one call to gpt-5.4 with 10k input and 2k output", {"input": None, "prompt": 10_000}),
    ("how much does a single grok 4.7 call cost at 250k in / 3k out", {"input": None, "prompt": 250_000}),
    ("price out 6M input and 900K output on gpt-5.5", {"input": 6 * M, "output": 900_000}),
    ("cost out 30M tokens on gpt-5.2", {"input": 15 * M, "output": 15 * M}),
    ("sonnet 5.5 100M in 5M out, a quarter of the input cached. cost?", {"input": 100 * M, "cached": 25 * M}),
    ("gpt-5.5 30M tokens, two thirds of the input from cache, cost", {"input": 15 * M, "cached": 10 * M}),
    ("kimi k3, 50M tokens, all of the input cached, how much?", {"input": 25 * M, "cached": 25 * M}),
    ("gpt-5.4 at 12M, a quarter output, cost", {"input": 9 * M, "output": 3 * M}),
    ("sonnet 5.5, 40M tokens with 10M of them output, cost", {"input": 30 * M, "output": 10 * M}),
    ("gpt-5.4 cost 3x10^7 tokens", {"input": 15 * M, "output": 15 * M}),
    ("fast opus 5.5 for 10M tokens, cost?", {"input": 5 * M, "tier": "fast"}),
    ("opus 4.8 fast mode, 5M tokens, how much?", {"input": 2_500_000, "tier": "fast"}),
    ("gpt-5.4 for 8k context + 400 token answers, 1000 requests a day", {"input": 240 * M, "output": 12 * M}),
    ("gpt-5.4 1000 requests a day, 8k context, 400 out", {"input": 240 * M, "output": 12 * M}),
    ("gpt-5.4: 1000 users, each 50 requests/month, 3k tokens per request", {"input": 75 * M, "output": 75 * M}),
    ("100 pages at 700 tokens per page, output 200 tokens per page, haiku 4.5", {"input": 70_000, "output": 20_000}),
]


@pytest.mark.parametrize(("text", "wanted"), USAGE)
def test_usage_is_read(say: Say, text: str, wanted: dict[str, Any]) -> None:
    """Tokens a month, the cached part, the size of a prompt and the tier."""
    (made,) = say(text)
    load = made.question.workload
    read = {
        "input": load.input_tokens,
        "output": load.output_tokens,
        "cached": load.cached_input_tokens,
        "prompt": load.request_input_tokens,
        "tier": load.tier,
    }
    assert {name: read[name] for name in wanted} == wanted
    assert made.question.kind == "cost"


KINDS = [
    ("which for coding: kimi k3 or glm-5.2", "choose"),
    ("bulk tagging: gpt-5-nano or gpt-4.1-mini?", "choose"),
    ("what could replace sonnet 5.5 for less money", "alternatives"),
    ("cheaper than grok 4.7 with vision", "alternatives"),
    ("cheaper openai alternative to opus 5.5", "alternatives"),
    ("is gpt-5.4 cheaper than opus 5.5", "cheapest"),
    ("volume where gpt-5-mini gets $50 more expensive than gpt-5-nano", "breakeven"),
    ("when would we spend $12k a year on gpt-5.4", "breakeven"),
    ("when does gpt-5.4 become cheaper than gpt-5-nano", "breakeven"),
    ("how far will five hundred dollars go on glm 5.2?", "budget"),
    ("how many requests of 2k in 500 out can i do with $100 on gpt-5.4", "budget"),
    ("who wins on price at 1B tokens: gpt-5-nano or gpt-6-luna", "cheapest"),
    ("what sets opus 5 apart from opus 5.5", "difference"),
    ("is haiku 4.5 quicker than gpt-5-mini?", "performance"),
    ("everything about grok 4.7", "profile"),
    ("is gpt-4.1-nano still available?", "attribute"),
    ("open weights models under $1 output", "list"),
    ("which models got cheaper recently", "changes"),
    ("are these prices up to date?", "method"),
    ("what kind of questions can i ask", "help"),
    ("what did opus 4.8 cost in 2024", "history"),
    ("is $100 enough for 50M tokens on gpt-5.4?", "cost"),
    ("can I run 100M tokens through opus 5.5 for under $1000?", "cost"),
    ("how many users can $500 support on gpt-4.1-mini if each uses 1M tokens a month", "budget"),
    ("what models can I run for under $200/month with 50M in and 10M out?", "list"),
    ("models w/ max output of 128k", "list"),
    ("at what cache hit rate does gpt-5.4 beat gpt-4.1-mini", "breakeven"),
    ("at how many tokens is fable 5.2 $2.5k dearer than opus 5.5", "breakeven"),
    ("how many tokens a month until opus 5.5 costs us $1,000?", "breakeven"),
    ("tokens per month for $80 on gpt-5.4-mini if 90% is input", "budget"),
    ("gpt-5.4 output price above 272k", "attribute"),
    ("when does gpt-4.1-mini get shut down?", "attribute"),
    ("how many tokens can opus 4.8 output at most?", "attribute"),
    ("lowest-priced claude model", "cheapest"),
    ("least costly cohere model", "cheapest"),
    ("which model of deepseek's is the cheapest?", "cheapest"),
    ("what do you know about o3?", "profile"),
    ("give me a summary of gpt-5.4", "profile"),
    ("what does gpt-4.1-mini get on MMLU", "performance"),
    ("how fast is opus 5.5?", "performance"),
    ("does it make sense to go from gpt-4.1 to gpt-6-sol", "upgrade"),
    ("what changed between gpt-5.4 and gpt-5.5?", "difference"),
    ("gpt-5.5 is too expensive, what else is there?", "alternatives"),
    ("which cheaper models are comparable to gpt-5.2?", "alternatives"),
    ("anything from anthropic that's like gpt-5.5 but cheaper", "alternatives"),
    ("what's available on cerebras?", "list"),
    ("what can i get on cerebras?", "list"),
    ("which of haiku 4.5 and gpt-5.4-mini suits a helpdesk bot best?", "choose"),
    ("what's your source?", "method"),
    ("what can i ask you?", "help"),
    ("show me some examples", "help"),
    ("tell me about the history of rome", "unsupported"),
    ("which prices went up in october", "changes"),
    ("keep an eye on opus 5.5's price for me", "watch"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_kind_is_read(say: Say, text: str, kind: str) -> None:
    """Ordinary wordings, whatever word they use."""
    assert say(text)[0].question.kind == kind


NAMES = [
    ("gpt-5.4 v opus 5.5 v grok 4.7 at 5M a week", ("openai/gpt-5.4", "anthropic/claude-opus-5-5", "x-ai/grok-4.7")),
    ("/compare gpt-4.1-mni gpt-5.4", ("openai/gpt-4.1-mini", "openai/gpt-5.4")),
    ("amazon nova lite 10M tokens how much", ("aws/amazon.nova-lite-v1:0",)),
    ("price of text-embedding-3-small", ("openai/text-embedding-3-small",)),
    ("glm 5.3 flash for 80M tokens", ("zai/GLM-5.3-Flash",)),
    ("sonar 10M tokens cost", ("perplexity/sonar",)),
    ("newest anthropic model", ("anthropic/claude-haiku-5-5",)),
    ("gpt-oss-120b on groq vs on cerebras, 20M tokens", ("groq/openai/gpt-oss-120b", "cerebras/gpt-oss-120b")),
    ("save how much moving to gpt-5-mini from gpt-5.4 at 50M", ("openai/gpt-5.4", "openai/gpt-5-mini")),
    ("how much would i save with gpt-5-mini instead of gpt-5.4 at 20M", ("openai/gpt-5.4", "openai/gpt-5-mini")),
    ("how far does $2.5k go on gpt-5.4?", ("openai/gpt-5.4",)),
    ("composer 2.5 fast 10M", ("cursor/composer-2.5-fast",)),
]


@pytest.mark.parametrize(("text", "models"), NAMES)
def test_the_names_are_read(say: Say, text: str, models: tuple[str, ...]) -> None:
    """The maker's own API first, several hosts, from and to in the right order."""
    assert say(text)[0].question.models == models


@pytest.mark.parametrize("text", ["what does gpt cost", "cost of deepseek at 10M", "claude 10M"])
def test_a_bare_family_is_asked_back(say: Say, text: str) -> None:
    """Never guessed."""
    (made,) = say(text)
    assert [each.kind for each in made.answer.problems] == ["ambiguous_model"]
    assert not made.answer.figures


DIALOGS = [
    (("sonnet cost for 10M tokens", "5.5"), "cost", ("anthropic/claude-sonnet-5-5",), 10 * M),
    (("gpt-5.6 at 30M?", "terra"), None, ("openai/gpt-5.6-terra",), 30 * M),
    (("/compare gpt-5.4", "opus 5.5"), "compare", ("openai/gpt-5.4", "anthropic/claude-opus-5-5"), None),
    (("should i upgrade gpt-5.4?", "to gpt-6-sol"), "upgrade", ("openai/gpt-5.4", "openai/gpt-6-sol"), None),
    (
        ("save moving from gpt-5.5 to gpt-6-sol at 10M", "and to gpt-6-luna?"),
        "savings",
        ("openai/gpt-5.5", "openai/gpt-6-luna"),
        10 * M,
    ),
    (("how far does $500 go on gpt-5.4", "on opus 5.5?"), "budget", ("anthropic/claude-opus-5-5",), None),
    (("cost of gpt-5.4 at 10M", "gpt-5.9?", "what about 20M?"), "cost", ("openai/gpt-5.4",), 20 * M),
    (("gpt-5.4 on azure for 10M", "and on bedrock?"), "cost", ("aws/openai.gpt-5.4",), 10 * M),
    (("gpt-5.4 on groq for 10M", "openai then"), "cost", ("openai/gpt-5.4",), 10 * M),
    (
        ("compare opus and sonnet at 10M", "sonnet 5.5", "opus 5.5"),
        "compare",
        ("anthropic/claude-opus-5-5", "anthropic/claude-sonnet-5-5"),
        10 * M,
    ),
    (
        ("when does gpt-5.5 pass $1k a month", "and $3k?", "what about opus 5.5"),
        "breakeven",
        ("anthropic/claude-opus-5-5",),
        None,
    ),
    (("gpt-5.4 cost at 10M tokens", "is there something cheaper?"), "alternatives", ("openai/gpt-5.4",), 10 * M),
    (("gpt-5.4, gpt-5-mini and opus 5.5 at 10M", "drop both gpt models"), None, ("anthropic/claude-opus-5-5",), 10 * M),
    (
        ("opus 5.5 vs gpt-5.4 at 10M", "use opus 4.8 rather than 5.5"),
        "compare",
        ("anthropic/claude-opus-4-8", "openai/gpt-5.4"),
        10 * M,
    ),
    (("gpt-5.4 at 10M", "+5M", "another 10M tokens"), "cost", ("openai/gpt-5.4",), 25 * M),
    (("gpt-5.4 at 10M a day", "another 30M a month"), "cost", ("openai/gpt-5.4",), 330 * M),
    (("opus 5.5 10M cost", "on vertex?"), "cost", ("google/claude-opus-5-5",), 10 * M),
    (("gpt-5-mini 10M cost", "double it"), "cost", ("openai/gpt-5-mini",), 20 * M),
    (("gpt-5.4 and gpt-5.5 at 10M", "drop the first one"), "cost", ("openai/gpt-5.5",), 10 * M),
    (("gpt-5.4 vs gpt-5.5 at 10M", "just gpt-5.5"), "cost", ("openai/gpt-5.5",), 10 * M),
    (("gpt-5.4 cost at 10M", "forget gpt-5.4, use gpt-6-sol"), "cost", ("openai/gpt-6-sol",), 10 * M),
    (
        ("context window of gpt-5.4", "and opus 5.5?"),
        "attribute",
        ("openai/gpt-5.4", "anthropic/claude-opus-5-5"),
        None,
    ),
    (("gpt-5.4 vs gpt-5.5 at 10M", "prompts are 300k tokens"), "compare", ("openai/gpt-5.4", "openai/gpt-5.5"), 10 * M),
    (
        ("gpt-5.4-mini: 1000 requests a day, 2k in 500 out, cost", "what if prompts are 4k"),
        "cost",
        ("openai/gpt-5.4-mini",),
        135 * M,
    ),
    (
        ("gpt-5.4-mini: 1000 requests a day, 2k in 500 out, cost", "what if output is 400?"),
        "cost",
        ("openai/gpt-5.4-mini",),
        72 * M,
    ),
    (("500 docs/day 12k in 800 out on gpt-4.1", "docs are 25k"), "cost", ("openai/gpt-4.1",), 387 * M),
    (
        ("gpt-6-luna or haiku 5.5 20M", "with prompts of 120k in and 2k out", "which one?"),
        "compare",
        ("openai/gpt-6-luna", "anthropic/claude-haiku-5-5"),
        20 * M,
    ),
    (("something like opus 5.5 but cheaper", "with vision"), "alternatives", ("anthropic/claude-opus-5-5",), None),
    (("should i upgrade from gpt-4o to gpt-5.4?", "at 100M?"), "upgrade", ("openai/gpt-4o", "openai/gpt-5.4"), 100 * M),
]


@pytest.mark.parametrize(("turns", "kind", "models", "tokens"), DIALOGS)
def test_a_follow_up_changes_only_what_it_names(
    say: Say, turns: tuple[str, ...], kind: str | None, models: tuple[str, ...], tokens: int | None
) -> None:
    """The kind, the models and the volume after the last turn."""
    question = say(*turns)[-1].question
    assert question.models == models
    assert question.workload.tokens == tokens
    assert kind is None or question.kind == kind


def test_a_host_that_does_not_sell_it_has_no_price(say: Say) -> None:
    """A host's price is never taken from another host; what was there before stays."""
    first, asked, after = say("gpt-5-mini 10M cost", "on azure?", "at 20M")
    assert [each.kind for each in asked.answer.problems] == ["unknown_host"]
    assert not asked.answer.figures
    assert after.question.models == first.question.models


def test_a_day_that_there_is_not_is_said(say: Say) -> None:
    """Not a crash, and not a silent reading as something else."""
    (made,) = say("what did gpt-5.4 cost on 2026-02-30")
    assert [(each.kind, each.text) for each in made.answer.problems] == [("not_understood", "2026-02-30")]


def test_a_range_is_said_to_be_read_as_its_upper_end(say: Say) -> None:
    """Not one end in silence."""
    (made,) = say("gpt-5.4 cost 10M-20M tokens")
    assert made.question.workload.tokens == 20 * M
    assert any("10m-20m" in each for each in made.answer.more)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("750k words on gpt-5.4 input", "750k words"),
        ("which chinese models are under $1 output?", "chinese"),
        ("models that are not slow", "not slow"),
        ("models from japan under $1", "japan"),
        ("what would gpt-5.4 cost for 40 widgets at 10M", "40"),
        ("cheapest model with a swiss data center", "swiss"),
        ("save moving 30% of our traffic from opus 5.5 to haiku 5.5, 40M", "30% of our traffic"),
    ],
)
def test_what_an_answer_does_not_keep_to_is_said(say: Say, text: str, part: str) -> None:
    """A condition is used or named, never dropped in silence."""
    (made,) = say(text)
    assert ("not_understood", part) in [(each.kind, each.text) for each in made.answer.problems]
    assert part.split(maxsplit=1)[0] in str(made.message.blocks)


def test_a_maker_can_be_left_out(say: Say) -> None:
    """The opposite of what was asked would be worse than nothing."""
    (made,) = say("cheapest non-openai model")
    assert made.answer.models
    assert not any(each.startswith("openai/") for each in made.answer.models)


def test_a_family_names_the_one_model_of_the_thread(say: Say) -> None:
    """Not one of the whole catalog; what is added is still asked back."""
    *_, dropped, added = say("gpt-5.4 vs opus 5.5 vs grok 4.7 at 10M", "drop opus", "add gemini")
    assert dropped.question.models == ("openai/gpt-5.4", "x-ai/grok-4.7")
    assert [each.kind for each in added.answer.problems] == ["ambiguous_model"]


def test_the_day_of_the_prices_stays_in_a_thread(say: Say) -> None:
    """Until today's are asked for."""
    then, more, now = say("mistral large 4 10M cost on oct 22", "and 20M?", "and today?")
    assert [each.question.on for each in (then, more, now)] == ["2026-10-22", "2026-10-22", None]


def test_the_most_expensive_is_not_the_cheapest(say: Say) -> None:
    """The order turns round."""
    dearest, cheapest = say("most expensive anthropic model")[0], say("cheapest anthropic model")[0]
    assert dearest.answer.models[0] not in cheapest.answer.models[:1]
    assert "most expensive" in dearest.answer.headline


FILTERS = [
    ("models under $500 a month at 100M tokens", {"max_monthly_cost": "500"}),
    ("openai models for at most $100 per month at 30M", {"maker": "openai", "max_monthly_cost": "100"}),
    ("models with at least 100k max output under $2 input", {"min_max_output": "100000", "max_input_price": "2"}),
    ("which model can write at least 100k tokens", {"min_max_output": "100000"}),
    ("claude models with output over $30", {"maker": "anthropic", "min_output_price": "30"}),
    ("every kimi model with at least 1M tokens of context", {"maker": "moonshotai", "min_context": "1000000"}),
    ("openai models dearer than $5 output", {"maker": "openai", "min_output_price": "5"}),
    ("grok models with output pricier than $5/M", {"maker": "xai", "min_output_price": "5"}),
    ("models with output higher than $5", {"min_output_price": "5"}),
    ("models with output of $20 or more", {"min_output_price": "20", "min_output_price_inclusive": "true"}),
    ("$5+ output models", {"min_output_price": "5", "min_output_price_inclusive": "true"}),
    ("models with output not more than $10", {"max_output_price": "10", "max_output_price_inclusive": "true"}),
    ("models costing no less than $3 input", {"min_input_price": "3", "min_input_price_inclusive": "true"}),
    ("models over $500 a month at 100M tokens", {"min_monthly_cost": "500"}),
    ("models with context bigger than 500k", {"min_context": "500000"}),
    ("models whose context exceeds 500k", {"min_context": "500000"}),
    ("which models have a context smaller than 500k", {"max_context": "500000"}),
    ("models with context at most 200k", {"max_context": "200000", "max_context_inclusive": "true"}),
    ("openai and google models under $1 output", {"maker": "openai,google", "max_output_price": "1"}),
    ("gpt and claude models under $5 output", {"maker": "anthropic,openai", "family": "claude,gpt"}),
    ("models not by openai, google or anthropic under $2", {"not_maker": "openai,google,anthropic"}),
    ("models on groq or together under $1", {"provider": "groq,together"}),
    ("models without vision under $1", {"vision": "false"}),
    ("non-reasoning models from openai", {"maker": "openai", "reasoning": "false"}),
    ("which gemini supports audio", {"family": "gemini", "audio": "true"}),
    ("which grok is the cheapest", {"family": "grok"}),
    ("mistral: cheapest model", {"maker": "mistral"}),
    ("which openai models retire in 2027?", {"retires_from": "2027-01-01", "retires_to": "2027-12-31"}),
    ("which openai models retire by march?", {"maker": "openai", "retires_to": "2027-03-31"}),
    ("models that retire in the next 6 months", {"retires_from": "2026-11-22", "retires_to": "2027-05-21"}),
    ("claude models released after june 2026", {"family": "claude", "released_from": "2026-07-01"}),
    ("models released before 2025", {"released_to": "2024-12-31"}),
    ("models that are not being retired, under $1 input", {"staying": "true", "max_input_price": "1"}),
]


@pytest.mark.parametrize(("text", "filters"), FILTERS)
def test_conditions_on_a_list_are_read(say: Say, text: str, filters: dict[str, str]) -> None:
    """A bill a month and the longest answer, beside prices and windows."""
    (made,) = say(text)
    assert filters.items() <= made.question.filters.items()
    assert not made.answer.problems


def test_the_models_of_a_list_keep_to_its_conditions(say: Say, catalog: Catalog) -> None:
    """Dates, inputs, makers and families, by the catalog itself."""
    offerings = catalog.offerings
    (released,) = say("claude models released after june 2026")
    assert released.answer.models
    assert all(catalog.release(offerings[each]) >= "2026-07" for each in released.answer.models)
    (retiring,) = say("openai models that retire by 2027-03-31")
    assert retiring.answer.models
    for each in retiring.answer.models:
        found = catalog.retirement(offerings[each])
        assert found and found.retires_on and found.retires_on.isoformat() <= "2027-03-31"
    assert [each.name for each in retiring.answer.figures if each.name == "retires_on"]
    (two,) = say("gpt and claude models under $30 output")
    assert {catalog.model(offerings[each]).maker for each in two.answer.models} == {"openai", "anthropic"}
    (heard,) = say("google models that take audio")
    assert heard.answer.models
    for each in heard.answer.models:
        inputs = catalog.stated(offerings[each], "in_modalities")
        assert inputs and "audio" in inputs.value


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("which model has the largest context window?", "context_window"),
        ("largest context window among claude models", "context_window"),
        ("which model has the longest output", "max_output"),
    ],
)
def test_what_is_asked_for_most_of_comes_first(say: Say, catalog: Catalog, text: str, column: str) -> None:
    """A list goes by what its question asks about, where that is not the cost."""
    (made,) = say(text)
    sizes = [catalog.number(catalog.offerings[each], column) or 0 for each in made.answer.models]
    assert len(sizes) == 10
    assert sizes == sorted(sizes, reverse=True)
    assert f"{sizes[0]:,}" in made.answer.headline


def test_the_newest_come_first(say: Say, catalog: Catalog) -> None:
    """By the day of their release."""
    (made,) = say("newest models from google")
    days = [catalog.release(catalog.offerings[each]) for each in made.answer.models]
    assert days == sorted(days, reverse=True)
    assert days[0] in made.answer.headline


GROWTH = [
    (("gpt-5.4 at 100M", "what if traffic grows 20%?"), (60, 60)),
    (("gpt-5.4 at 100M", "and if the output halves?"), (50, 25)),
    (("gpt-5.4 at 100M", "30% more output"), (50, 65)),
    (("gpt-5.4 at 100M", "usage will drop by half"), (25, 25)),
    (("gpt-5.4 at 40M in and 10M out", "what if we cut the prompts by 25%"), (30, 10)),
    (("what if we cut 20% of the input on gpt-5.4 at 100M",), (40, 50)),
    (("if I double 10M tokens on gpt-5.4, what do I pay",), (10, 10)),
    (("gpt-5.4 at 100M, what if traffic doubles?",), (100, 100)),
]


@pytest.mark.parametrize(("turns", "millions"), GROWTH)
def test_growth_is_of_the_usage(say: Say, turns: tuple[str, ...], millions: tuple[int, int]) -> None:
    """As a follow-up and in the same breath as the volume; a percentage of growth is no share of the input."""
    load = say(*turns)[-1].question.workload
    assert (load.input_tokens, load.output_tokens) == (millions[0] * M, millions[1] * M)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("diffrence between gpt-5.4 and opus 5.5", "difference"),
        ("perfomance of gpt-5.4 vs opus 5.5", "performance"),
        ("alternitives to gpt-5.4", "alternatives"),
        ("whats the contxt window of gpt-5.4", "attribute"),
        ("which is the cheepest, gpt-5.4 or opus 5.5", "cheapest"),
        ("who provides the data?", "method"),
    ],
)
def test_slips_of_the_keys_are_read(say: Say, text: str, kind: str) -> None:
    """In the words that a question turns on; words of their own stay what they are."""
    (made,) = say(text)
    assert made.question.kind == kind


def test_a_limit_on_the_bill_is_kept_to(say: Say) -> None:
    """All that are listed cost less a month, and a dearer one of that maker is left out."""
    (made,) = say("anthropic models under $100 a month at 20M tokens")
    assert made.answer.models
    assert all(Decimal(each.value) < 100 for each in made.answer.figures if each.name == "monthly_cost")
    assert "anthropic/claude-opus-5-5" not in made.answer.models


@pytest.mark.parametrize(
    ("text", "count", "start"),
    [
        ("3 cheapest models with vision", 3, "The cheapest models with vision at 1M tokens a month: Ministral 3 3B"),
        ("what are the five most expensive openai models", 5, "The most expensive models by OpenAI at 1M tokens"),
        ("top 20 cheapest models", 10, "Mistral Small 3 is the cheapest"),
        ("second cheapest openai model", 10, "gpt-oss-120b is the second cheapest model by OpenAI"),
    ],
)
def test_so_many_of_a_ranking_are_shown(say: Say, text: str, count: int, start: str) -> None:
    """As many as were asked for, at most ten; a place in the ranking by its name."""
    (made,) = say(text)
    assert len(made.answer.models) == count
    assert made.answer.headline.startswith(start)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("context window and max output of gpt-5.4", ["context_window", "max_output"]),
        ("does opus 5.5 support vision and tools?", ["vision", "tools"]),
        ("input price and context window of gpt-5.4", ["input_price", "context_window"]),
        ("input and output price of gpt-5.4", ["input_price", "output_price", "cached_input_price"]),
    ],
)
def test_all_that_is_asked_in_one_breath_is_told(say: Say, text: str, names: list[str]) -> None:
    """In the order asked, and in the headline."""
    (made,) = say(text)
    told = [each.name for each in made.answer.figures if each.name in names]
    assert list(dict.fromkeys(told)) == names
    assert made.question.kind == "attribute"


SPANS = [
    ("per week?", "weekly_cost", Decimal("87.5") * 7 / 30),
    ("per quarter", "quarterly_cost", Decimal("262.5")),
    ("hourly?", "hourly_cost", Decimal("87.5") / 720),
]


@pytest.mark.parametrize(("text", "name", "value"), SPANS)
def test_other_spans_are_told(say: Say, text: str, name: str, value: Decimal) -> None:
    """A week is 7 of the 30 days of a month, a quarter three months."""
    _, made = say("gpt-5.4 cost at 10M", text)
    (found,) = [each for each in made.answer.figures if each.name == name]
    assert abs(found.decimal - value) < Decimal("1e-9")


COUNTED = [
    ("how many requests can I make with $100 on gpt-5.4 at 2k in and 500 out", "budget_requests", "8000"),
    (
        "how many users can $500 support on gpt-4.1-mini if each uses 1M tokens a month",
        "budget_users",
        "500",
    ),
]


@pytest.mark.parametrize(("text", "name", "value"), COUNTED)
def test_a_budget_is_counted_in_what_was_asked(say: Say, text: str, name: str, value: str) -> None:
    """Requests of the stated size, users of the stated usage; the tokens beside them."""
    (made,) = say(text)
    found = {each.name: each.value for each in made.answer.figures}
    assert found[name] == value
    assert "budget_tokens" in found


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("is $500 enough for 50M tokens on gpt-5.4?", "Yes, within $500 a month: GPT-5.4 costs $438"),
        ("can I run 100M tokens through opus 5.5 for under $1000?", "No, more than $1,000 a month: Claude Opus 5.5"),
        ("does 10M tokens on gpt-5.4 or gpt-4.1-mini fit in $50", "Within $50.00 a month only GPT-4.1 Mini: GPT-5.4"),
    ],
)
def test_whether_money_is_enough_is_said_first(say: Say, text: str, start: str) -> None:
    """Yes or no, then the cost."""
    assert say(text)[0].answer.headline.startswith(start)


def test_the_share_at_which_two_cost_the_same(say: Say) -> None:
    """Exact, and never where there is none."""
    (meet,) = say("what split makes gpt-5.4-mini cheaper than glm 5.2")
    (share,) = [each for each in meet.answer.figures if each.name == "flip_input_share"]
    prices = {
        (each.models[0], each.name): each.fraction for each in meet.answer.figures if each.name.endswith("_price")
    }
    mini, glm = meet.question.models
    saved, more = (prices[mini, name] - prices[glm, name] for name in ("input_price", "output_price"))
    assert abs(share.fraction * saved + (1 - share.fraction) * more) < Fraction(1, 10**9)
    (never,) = say("at what cache hit rate does gpt-5.4 beat gpt-4.1-mini")
    assert never.answer.headline.startswith("Never: GPT-4.1 Mini is cheaper than GPT-5.4 at every cached share")


UNKNOWN = [
    ("compare gpt-5.4 with nebula-pro at 10M", "compare", "nebula-pro", {"monthly_cost"}),
    ("compare gpt-5.4 and foomodel at 10M", "compare", "foomodel", {"monthly_cost"}),
    ("differences between gpt-5.4 and gpt-5.8?", "difference", "gpt-5.8", {"input_price", "output_price"}),
    ("savings from gpt-5.4 to gpt-8 at 10M", "savings", "gpt-8", {"monthly_cost"}),
    ("price of wizardlord 2?", "attribute", "wizardlord 2", set()),
    ("cost for zephyr-ultra at 5M tokens", "cost", "zephyr-ultra", set()),
]


@pytest.mark.parametrize(("text", "kind", "name", "figures"), UNKNOWN)
def test_an_unknown_name_is_said_and_the_rest_answered(
    say: Say, text: str, kind: str, name: str, figures: set[str]
) -> None:
    """The kind stays, the known model has its figures, nothing is computed of the unknown one, and the text says it."""
    (made,) = say(text)
    found = {each.name for each in made.answer.figures}
    assert made.question.kind == kind
    assert [(each.kind, each.text) for each in made.answer.problems] == [("unknown_model", name)]
    assert figures <= found
    assert not found & {"monthly_saving", "cost_difference"}
    assert made.answer.winner is None
    assert name in made.message.text


def test_what_is_sold_in_variants_only_is_asked_back(say: Say) -> None:
    """Not the plain model on its fast tier."""
    (made,) = say("grok 4 fast vs gpt-5-mini")
    (problem,) = made.answer.problems
    assert (problem.kind, problem.text) == ("ambiguous_model", "grok 4 fast")
    assert made.question.workload.tier == "standard"


def test_no_tokens_are_no_amount(say: Say) -> None:
    """In words too."""
    (made,) = say("what is the cost of gpt-5.4 for zero tokens?")
    assert [each.kind for each in made.answer.problems] == ["bad_amount"]


def test_cache_hits_are_no_model(say: Say) -> None:
    """A word that goes with an amount."""
    (made,) = say("/compare GPT-6 Astra vs Claude Fable 5.2 with 90% cache hits, 300M tokens a month")
    assert not made.answer.problems
    assert made.answer.winner


def test_of_three_that_tie_none_is_the_cheapest(say: Say) -> None:
    """The sentence and the winner agree."""
    (made,) = say("o3 or gpt-4.1 or gpt-5, compare at 20M")
    assert made.answer.winner is None
    assert "among the cheapest" in made.answer.headline


def test_how_many_times_the_price_is_said_first(say: Say) -> None:
    """The ratio that was asked for."""
    (made,) = say("how many times pricier is opus 5.5 input than gpt-5.4 input")
    assert made.answer.headline == (
        "Claude Opus 5.5's input price is 1.6 times GPT-5.4's: $4.00 against $2.50 per MTok."
    )


def test_a_bare_percentage_is_of_what_the_thread_has_a_share_of(say: Say) -> None:
    """The cached part where one was set, else the input; alone it is not understood, and said."""
    *_, cached = say("gpt-5.4 at 10M, 80% cached", "50%")
    assert cached.question.workload.cached_input_tokens == 2_500_000
    *_, split = say("gpt-5.4 at 10M", "80%?")
    assert split.question.workload.input_tokens == 8 * M
    (alone,) = say("gpt-5.4 at 10M, 80%")
    assert [(each.kind, each.text) for each in alone.answer.problems] == [("not_understood", "80%")]


def test_each_model_is_priced_on_the_tier_that_it_was_named_with(say: Say) -> None:
    """Where several are named; a follow-up keeps them, a tier for all takes their place."""
    first, more, flex = say("is opus 5.5 on batch cheaper than gpt-5.4 standard at 10M", "at 20M", "on flex")
    costs = [
        {each.models: each.value for each in made.answer.figures if each.name == "monthly_cost"}
        for made in (first, more)
    ]
    assert costs[0] == {("anthropic/claude-opus-5-5",): "60", ("openai/gpt-5.4",): "87.5"}
    assert {Decimal(value) for value in costs[1].values()} == {Decimal(120), Decimal(175)}
    assert first.answer.headline.startswith("Claude Opus 5.5 (batch) is cheaper")
    assert (flex.question.workload.tier, flex.question.tiers) == ("flex", {})


def test_two_tiers_of_one_model_are_a_saving(say: Say) -> None:
    """Not a comparison of it with itself."""
    (made,) = say("gpt-5.4 batch vs gpt-5.4 standard at 10M")
    (saved,) = [each for each in made.answer.figures if each.name == "monthly_saving"]
    assert saved.decimal == Decimal("43.75")


def test_one_model_at_several_hosts(say: Say) -> None:
    """However they are listed; one that does not sell it is said by name."""
    (three,) = say("gpt-oss-120b on groq, cerebras and together at 50M")
    assert [each.partition("/")[0] for each in three.question.models] == ["groq", "cerebras", "together"]
    (missing,) = say("llama 3.3 70b on groq vs fireworks")
    assert [(each.kind, each.text) for each in missing.answer.problems] == [
        ("unknown_host", "llama 3.3 70b on Fireworks")
    ]


HEADLINES = [
    ("can gpt-5.4-nano handle 500k token prompts?", "No: GPT-5.4 Nano holds 400,000 tokens of context"),
    ("does 300k context fit in opus 5.5?", "Yes: Claude Opus 5.5 holds 1,000,000 tokens of context"),
    ("gpt-5.4 vs gpt-5.5 which one is newer?", "GPT-5.5 is newer: released on 2026-04-23"),
    ("which of these support images: gpt-5.4, glm 5.3, kimi k3", "With vision: GPT-5.4 and Kimi K3; without: GLM-5.3."),
    ("which has the longer context, gpt-5.4 or opus 5.5?", "GPT-5.4 has the largest context window: 1,050,000 tokens"),
    ("is there a volume where kimi k3 gets cheaper than gpt-6-luna?", "Never: GPT-6 Luna is cheaper than Kimi K3"),
    ("will gpt-5.4's price change?", "No change of GPT-5.4's price is announced"),
    ("combien coûte gpt-5.4", "I understand English only: please ask in English."),
    (
        "if I spend $1000/month on gpt-5.4 what would the same usage cost on gpt-6-sol",
        "Moving from GPT-5.4 to GPT-6 Sol saves $314 a month: $1,000 becomes $686",
    ),
]


@pytest.mark.parametrize(("text", "start"), HEADLINES)
def test_the_first_words_answer_the_question(say: Say, text: str, start: str) -> None:
    """Yes or no, which one, how much."""
    assert say(text)[0].answer.headline.startswith(start)


def test_who_is_left_out_in_other_words(say: Say) -> None:
    """ "isn't from" is no "from"."""
    (made,) = say("cheapest model with 1M context and vision that isn't from openai")
    assert not any(each.startswith("openai/") for each in made.answer.models)


def test_several_volumes_are_rows_of_one_table(say: Say) -> None:
    """None of them is dropped; a single one takes their place."""
    first, one = say("gpt-5.4 vs opus 5.5 at 10M, 50M and 100M", "at 20M")
    costs = {each.tokens for each in first.answer.figures if each.name == "monthly_cost"}
    assert {"10000000", "50000000", "100000000"} <= costs
    assert first.question.volumes == (10 * M, 50 * M, 100 * M)
    assert (one.question.volumes, one.question.workload.tokens) == ((), 20 * M)


def test_places_in_a_list_are_names(say: Say) -> None:
    """ "The first" and "the top two" are of the list that was shown, with the volume that it was for."""
    listed, pair, three = say(
        "models under $2 output from openai at 50M", "compare the first and the third", "add the second"
    )
    first, second, third = listed.answer.models[:3]
    assert pair.question.models == (first, third)
    assert pair.question.workload.tokens == 50 * M
    assert not pair.question.filters
    assert three.question.models == (first, third, second)
    best, told, both = say("best model for coding", "tell me about #2", "compare it with the first one")
    assert (told.question.kind, told.question.models) == ("profile", best.answer.models[1:2])
    assert set(both.question.models) == set(best.answer.models[:2])


def test_a_gap_is_told_in_money_and_percent(say: Say) -> None:
    """Where it is asked for."""
    (made,) = say("how many percent cheaper is sonnet 5.5 than opus 5.5 at 30M")
    assert "$180 a month less" in made.message.text
    assert "50%" in made.message.text
    assert [each.value for each in made.answer.figures if each.name == "saving_share"] == ["0.5"]
    (plain,) = say("is sonnet 5.5 cheaper than opus 5.5 at 30M")
    assert "%" not in plain.message.text


def test_a_tier_is_sold_or_not(say: Say) -> None:
    """Answered by its price, or by that there is none."""
    sold, missing = say("is batch available for gpt-5.4?")[0], say("does kimi k3 offer batch?")[0]
    assert {each.tier for each in sold.answer.figures} == {"batch"}
    assert "tier_fallback" in [each.kind for each in missing.answer.problems]


def test_a_budget_is_enough_or_not(say: Say) -> None:
    """For the volume that a follow-up names."""
    made = say("how far does $500 go on gpt-5.4", "is that enough for 200M?")[-1]
    assert made.question.kind == "cost"
    assert made.answer.headline.startswith("No")


def test_a_thread_may_begin_anew(say: Say) -> None:
    """After that nothing of it counts."""
    *_, asked = say("gpt-5.4 vs opus 5.5 at 10M", "start over", "which is cheaper?")
    assert [each.kind for each in asked.answer.problems] == ["missing_model"]
    kept = say("gpt-5.4 vs opus 5.5", "remove both")[-1]
    assert len(kept.question.models) == 2
    assert "they stay" in kept.message.text


def test_one_of_several_is_left_for_its_own_cost(say: Say) -> None:
    """ "only": no comparison with one model."""
    made = say("gpt-5.4 vs opus 5.5 at 10M", "what about 20M for gpt-5.4 only")[-1]
    assert (made.question.kind, made.question.models) == ("cost", ("openai/gpt-5.4",))
    assert made.question.workload.tokens == 20 * M


def test_no_licence_is_made_up(say: Say) -> None:
    """It is in no source; whether the weights are open is."""
    (made,) = say("what licence does gpt-oss-120b have")
    assert "not on record" in made.answer.headline
    assert "open" in made.answer.headline
