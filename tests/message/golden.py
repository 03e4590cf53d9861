"""The golden replies: what a person reads, and what Slack gets. `python -m tests.message.golden` writes them anew."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bot.message.terminal import show
from bot.question.thread import Thread
from bot.reply import Reply, reply
from catalog import build, store
from catalog.lookup import Catalog
from tests.conftest import AS_OF

FOLDER = Path(__file__).parent / "golden"
QUESTIONS = {
    "compare": "/compare gpt-4.1-mini gpt-5.4",
    "compare-three": "/compare gpt-5.4 claude-opus-5-5 gemini-3.1-pro-preview at 100M",
    "cheapest": "which is cheaper at 100M tokens: gpt-5 or o3?",
    "cheapest-of-all": "cheapest anthropic model with 1M context",
    "cost": "what would gpt-5.4 cost for 10k requests a day, 2k in / 500 out, 80% cached?",
    "savings": "how much do we save moving from gpt-4o to gpt-4o-mini at 50M?",
    "budget": "how far does $500 go on gpt-5.4?",
    "better": "is gpt-5.4 better than gpt-4.1-mini?",
    "upgrade": "should i upgrade from gpt-4o to gpt-5.1?",
    "performance": "which scores higher on MMLU, gpt-4.1-mini or gpt-5.4?",
    "choose": "which should I use for summarization, gpt-4.1-mini or gpt-5.4?",
    "profile": "tell me about gpt-5.4",
    "attribute": "what's gpt-5.4's context window?",
    "difference": "main differences between gpt-4.1-mini and gpt-5.4",
    "list": "models under $1 output with 1M context",
    "alternatives": "something like gpt-5.4 but cheaper",
    "history": "what did gpt-5.6-sol cost in July?",
    "unknown": "cost of gpt-9 ultra at 10M tokens",
    "misspelt": "price of gpt-4.1-mni",
    "ambiguous": "/compare claude gpt-5.4",
    "bad-amount": "gpt-5.4 for -3M tokens",
    "help": "help",
    "method": "how do you calculate this?",
    "unsupported": "whats the weather in berlin",
}


def terminal(made: Reply, catalog: Catalog) -> str:
    """A reply as the terminal shows it, 110 columns wide."""
    sink = io.StringIO()
    show(made.question, made.answer, catalog, Console(file=sink, width=110, highlight=False))
    return "\n".join(line.rstrip() for line in sink.getvalue().splitlines()) + "\n"


def block_kit(made: Reply) -> str:
    """A reply as Slack gets it."""
    return json.dumps({"text": made.message.text, "blocks": made.message.blocks}, indent=1, ensure_ascii=False) + "\n"


def write(catalog: Catalog) -> None:
    """Write all golden files."""
    for name, question in QUESTIONS.items():
        made = reply(question, Thread(), catalog, AS_OF)
        (FOLDER / f"{name}.txt").write_text(f"> {question}\n\n{terminal(made, catalog)}", encoding="utf-8")
        (FOLDER / f"{name}.json").write_text(block_kit(made), encoding="utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.sqlite"
        build.build(path, datetime(2026, 11, 22, tzinfo=UTC))
        write(store.open_catalog(path))
