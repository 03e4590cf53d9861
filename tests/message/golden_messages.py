"""Golden messages with their controls, and the compare modal. `python -m tests.message.golden_messages` writes them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.message.compare_modal import compare_view
from bot.message.controls import Standing, with_controls
from bot.message.elements import Block, Choice
from bot.question.thread import Thread
from bot.reply import Reply, reply
from catalog import build, store
from catalog.lookup import Catalog
from tests.conftest import AS_OF

FOLDER = Path(__file__).parent / "golden-views"
COMPARISON = "/compare gpt-4.1-mini gpt-5.4"
OPEN = Standing(key="key", asker="U1", may_be_filed=True)
ALONE = Standing(key="key", asker="U1", is_alone=True, may_be_shared=True)
CHANGED = Standing(
    key="key", asker="U1", can_go_back=True, changes=("ada: + Claude Sonnet 5.5", "ben: 100M tokens a month")
)


def as_sent(made: Reply, catalog: Catalog, standing: Standing) -> Block:
    """A reply as Slack gets it."""
    blocks = with_controls(made.message, made.question, made.answer, catalog, standing)
    return {"text": made.message.text, "blocks": blocks}


def after(catalog: Catalog, *texts: str) -> Reply:
    """The reply to the last of several texts of one thread."""
    thread = Thread()
    for text in texts:
        made = reply(text, thread, catalog, AS_OF)
        thread = made.thread
    return made


def messages(catalog: Catalog) -> dict[str, Block]:
    """Every message and view, by name."""
    changed = after(catalog, COMPARISON, "add anthropic/claude-sonnet-5-5", "at 100000000 tokens a month")
    corrected = after(catalog, "cost of gpt-9 ultra at 10M tokens", "openai/gpt-6-astra")
    return {
        "message-compare": as_sent(after(catalog, COMPARISON), catalog, OPEN),
        "message-changed": as_sent(changed, catalog, CHANGED),
        "message-alone": as_sent(after(catalog, COMPARISON), catalog, ALONE),
        "message-unknown": as_sent(
            after(catalog, "cost of gpt-9 ultra at 10M tokens"), catalog, ALONE._replace(may_be_shared=False)
        ),
        "message-corrected": as_sent(
            corrected, catalog, ALONE._replace(can_go_back=True, changes=("ada: GPT-6 Astra",))
        ),
        "message-shared": as_sent(corrected, catalog, OPEN._replace(shared_by="ada")),
        "message-ambiguous": as_sent(after(catalog, "/compare claude gpt-5.4"), catalog, OPEN),
        "modal": compare_view([Choice("GPT-4.1 Mini", "openai/gpt-4.1-mini"), Choice("GPT-5.4", "openai/gpt-5.4")]),
    }


def as_json(view: Block) -> str:
    """A view as its golden file has it."""
    return json.dumps(view, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.sqlite"
        build.build(path, datetime(2026, 11, 22, tzinfo=UTC))
        for name, view in messages(store.open_catalog(path)).items():
            (FOLDER / f"{name}.json").write_text(as_json(view), encoding="utf-8")
