"""Whatever is typed: one valid reply, at once. A short run here, 100,000 texts with --long."""

import random
import time

import pytest

from bot.message.limits import faults, texts
from bot.question.thread import Thread
from bot.reply import reply
from catalog.lookup import Catalog
from tests.conftest import AS_OF

NAMES = [
    "gpt-5.4",
    "opus 5.5",
    "claude",
    "gpt-4.1-mini",
    "llama 3.3 70b",
    "gemni 3.5 flash",
    "o3",
    "blorptron-3b",
    "azure/gpt-5.4",
    "mini",
    "kimi k3",
    "deepseek v4 pro",
    "text-embedding-3-small",
    "mistral ocr 4.1",
    "latest opus",
    "nova pro via bedrock",
    "groq",
    "anthropic",
    "gemini-4-argon",
]
AMOUNTS = [
    "10M tokens",
    "3M in and 1M out",
    "80% cached",
    "500K output tokens a day",
    "1e30 tokens",
    "-5 tokens",
    "0 tokens",
    "$500",
    "$2k a month",
    "3:1",
    "0:0",
    "10k requests a day, 2k in / 500 out",
    "300k in per request",
    "half a million",
    "1.500M",
    "9" * 5000,
    "130% input",
    "200 users",
    "per user",
    "€5",
    "NaN tokens",
    "1/0",
    "5/3 input",
    "1e99999 tokens",
    "0.0000001 tokens",
    "per year",
    "a day",
    "per request",
    "2026-06-15",
    "in june",
    "31 february",
    "2026-02-30",
    "in 2025",
    "prompts of 300k tokens",
    "600k token prompts",
    "100 rpm",
    "8k of it cached",
    "10M-20M",
    "two thirds input",
    "hit rate 0.5",
    "between $1 and $2 output",
    "working days only",
    "batch",
    "flex",
    "fast mode",
    "1M context",
    "under $1 output",
]
WORDS = [
    "compare",
    "vs",
    "or",
    "and",
    "which is cheaper",
    "cheapest",
    "how much",
    "save moving from",
    "to",
    "when does",
    "pass",
    "upgrade from",
    "better than",
    "differences between",
    "tell me about",
    "context window of",
    "history of",
    "alternatives to",
    "list models",
    "what about",
    "add",
    "drop",
    "swap",
    "for",
    "instead",
    "why?",
    "on vertex?",
    "double it",
    "drop the first one",
    "just",
    "5.5",
    "most expensive model",
    "best model",
    "cheaper than",
    "from",
    "for summarization",
    "on MMLU",
    "faster",
    "with vision",
    "<@U0123456>",
    "<!channel>",
    "<!here|here>",
    "<https://x.y|gpt-5.4>",
    "&lt;!channel&gt;",
    "*bold*",
    "`code`",
    "\u202eabc",
    "\x00",
    "😀",
    "'; DROP TABLE prices; --",
    "?",
    "\n",
    "/compare",
    "/model",
    "help",
    "what did",
    "than",
]


def text(chance: random.Random) -> str:
    """A text shaped like the grammar, with every category of characters in between."""
    parts = []
    for _ in range(chance.randrange(1, 12)):
        kind = chance.random()
        if kind < 0.93:
            parts.append(chance.choice(NAMES if kind < 0.35 else AMOUNTS if kind < 0.6 else WORDS))
        else:
            parts.append(
                "".join(
                    chr(code)
                    for _ in range(chance.randrange(1, 9))
                    if not 0xD800 <= (code := chance.randrange(0x11000)) < 0xE000
                )
            )
    return chance.choice([" ", " ", ", ", "", "\t"]).join(parts)


def test_any_text_gets_one_valid_reply_at_once(catalog: Catalog, pytestconfig: pytest.Config) -> None:
    """Never an exception, never more than Slack takes, never an unescaped mention, never longer than a second."""
    chance = random.Random(2000)
    thread = Thread()
    for _ in range(100_000 if pytestconfig.getoption("--long") else 2_000):
        if chance.random() < 0.5:
            thread = Thread()
        asked = text(chance)
        began = time.process_time()
        made = reply(asked, thread, catalog, AS_OF)
        line = made.to_json()
        assert time.process_time() - began < 1, asked[:200]
        assert "\n" not in line
        assert faults(made.message.blocks, made.message.text) == [], asked[:200]
        assert not any(
            mark in each for each in (made.message.text, *texts(made.message.blocks)) for mark in ("<!", "<@", "<#")
        ), asked[:200]
        assert all(figure.evidence for figure in made.answer.figures), asked[:200]
        thread = Thread.model_validate_json(made.thread.model_dump_json())


@pytest.mark.parametrize(
    "asked",
    [
        "",
        " ",
        "a" * 4000,
        "1" * 4000,
        "gpt-5.4 " * 500,
        "(" * 4000,
        "opus " * 800,
        "\u202e" * 100,
        "10M " * 1000,
        "x" * 1000 + " vs gpt-5.4",
        "٣٠ مليون رمز",
        "多少钱",
        "🎉" * 500,
        "select * from prices",
        "<!channel> gpt-5.4",
        "list models batch flex " * 170 + "gpt-5.4",
        "which models can we get $5 " * 140 + "gpt-5.4 opus 5.5",
        "how much cut off " * 220,
        "tokens where " * 300 + "gpt-5.4",
        "not 4m, " * 480,
        "from gpt it better than " * 160,
    ],
)
def test_long_and_odd_texts_cost_no_more_than_a_second(catalog: Catalog, asked: str) -> None:
    """No pattern may blow up."""
    began = time.process_time()
    made = reply(asked, Thread(), catalog, AS_OF)
    assert time.process_time() - began < 1
    assert faults(made.message.blocks, made.message.text) == []
