"""The golden Home tab, settings modal and answer to the message shortcut. `python -m tests.message.golden_places` writes
them anew."""

import json
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answer.draft import prices_line
from bot.message.controls import Standing, with_controls
from bot.message.elements import Block, Choice
from bot.message.estimate import count_line, estimate_question, with_count
from bot.message.home import Home, Lately, Settled, home_view, notice_view
from bot.message.settings_modal import settings_view
from bot.question.thread import Thread
from bot.reply import reply
from catalog import build, store
from catalog.lookup import Catalog
from tests.conftest import AS_OF

FOLDER = Path(__file__).parent / "golden-views"
RECENT = (
    Lately("GPT-4.1 Mini or GPT-5.4 · 100M tokens a month · 80% input, 20% output",
           "/compare openai/gpt-4.1-mini openai/gpt-5.4, at 100000000 tokens a month, 80% input", "2026-11-22", True),
    Lately("Claude Sonnet 5 or Gemini 3.8 Flash", "/compare anthropic/claude-sonnet-5 google/gemini-3.8-flash",
           "2026-11-20", False),
)  # fmt: skip
FAVOURITES = (Choice("GPT-5.4", "openai/gpt-5.4"), Choice("Claude Sonnet 5", "anthropic/claude-sonnet-5"))
VOLUMES = (1_000_000, 10_000_000, 100_000_000)
TRIO = ("openai/gpt-5.4", "anthropic/claude-sonnet-5", "google/gemini-3.8-flash")


def views(catalog: Catalog) -> dict[str, Block]:
    """Every view and message, by name."""
    prices = prices_line(catalog, AS_OF)
    names = tuple(each.label for each in FAVOURITES)
    settled = Settled(True, Fraction(4, 5), VOLUMES, names, may_change=True)
    return {
        "home": home_view(Home("/compare", prices, RECENT, settled), "D1"),
        "home-new": home_view(
            Home("/compare", prices, (), Settled(True, Fraction(1, 2), VOLUMES, (), may_change=True))
        ),
        "home-no-editor": home_view(
            Home("/llmcost", prices, RECENT[1:], settled._replace(may_change=False, editors=("U1", "U2")))
        ),
        "home-foreign": home_view(Home("/compare", prices, (), None)),
        "home-no-state": home_view(Home("/compare", prices, None, None)),
        "settings": settings_view("channel", Fraction(4, 5), VOLUMES, FAVOURITES, ("U1", "U2")),
        "settings-new": settings_view("asker", Fraction(37, 100), (5_000_000,), (), ()),
        "notice": notice_view("Settings", "Only members & editors may change <these>."),
        "estimate": estimate(catalog),
    }


def estimate(catalog: Catalog) -> Block:
    """What the message shortcut answers for a message of 1,234 tokens."""
    made = reply(estimate_question(TRIO, 1234), Thread(), catalog, AS_OF)
    standing = Standing(key="key", asker="U1", is_alone=True, may_be_shared=True)
    line = count_line(1234, "o200k_base", "splintr-rs 0.22.0", ("GPT-5.4",), ("Claude Sonnet 5", "Gemini 3.8 Flash"))
    blocks = with_controls(made.message, made.question, made.answer, catalog, standing)
    return {"text": f"{made.message.text} {line}", "blocks": with_count(blocks, line)}


def as_json(view: Block) -> str:
    """A view as its golden file has it."""
    return json.dumps(view, indent=1, ensure_ascii=False) + "\n"


def write(catalog: Catalog) -> None:
    """Write all golden files."""
    FOLDER.mkdir(exist_ok=True)
    for name, view in views(catalog).items():
        (FOLDER / f"{name}.json").write_text(as_json(view), encoding="utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.sqlite"
        build.build(path, datetime(2026, 11, 22, tzinfo=UTC))
        write(store.open_catalog(path))
