"""How much CPU a whole `/compare A B`, or a letter typed into a menu, costs over a Bolt request that does nothing.

Both go through the same Bolt app, signature and all, in this process; the message is finished when it is the JSON that
Slack would get. Claims, thread state and the network come after that and do not count. Measured in turns, and the
median of the ratios of neighbours is what counts: `python -m tests.bench`. At the end, without Slack and without any reply
kept, what a question of any kind and one with a misspelt name cost over `/compare gpt-4.1-mini gpt-5.4`.
"""

import asyncio
import itertools
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import aiohttp
import orjson
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.catalog_file import CatalogFile
from bot.question.thread import Thread
from bot.reply import reply
from bot.slack.app import Listeners, build_app
from bot.slack.asked import Asked
from bot.slack.attend import Attendant
from bot.slack.delivery import Post
from bot.slack.desk import Desk
from bot.slack.interactive import Interactive
from bot.slack.one_workspace import OneWorkspace
from bot.slack.prepared import Prepared
from bot.slack.tasks import Tasks
from bot.state import State
from catalog.lookup import Catalog
from tests.conftest import AS_OF
from tests.question.test_as_typed import KINDS, USAGE
from tests.slack.client import SIGNING_SECRET, signed

PAIRS = 300
WARM_UP = 30
SIZE: list[int] = []
COMPARE = "/compare gpt-4.1-mini gpt-5.4"


async def no_op(*_: object) -> BoltResponse:
    """Answer a command with nothing."""
    return BoltResponse(status=200)


async def finish(_: AsyncWebClient, __: Asked, prepare: Callable[[], Awaitable[Prepared]]) -> None:
    """Finish the message: turn it into the body that Slack would get."""
    letter = (await prepare()).letter
    SIZE.append(len(orjson.dumps({"text": letter.text, "blocks": letter.blocks})))


async def seconds_for(app: AsyncApp, tasks: Tasks, form: dict[str, str]) -> float:
    """Return the CPU seconds of this thread for one command or interaction."""
    body = urlencode(form)
    request_headers: dict[str, str | list[str]] = {
        "content-type": "application/x-www-form-urlencoded", **signed(body.encode())
    }  # fmt: skip
    started = time.thread_time()
    response = await app.async_dispatch(AsyncBoltRequest(body=body, headers={**request_headers}))
    await tasks.idle()
    spent = time.thread_time() - started
    assert response.status == 200, response.body
    return spent


async def measure(folder: Path) -> None:
    """Print the ratios."""
    catalog = CatalogFile(folder / "catalog.sqlite")
    state = await State.open(f"sqlite+aiosqlite:///{folder / 'state.sqlite'}")
    client = AsyncWebClient(retry_handlers=[])
    who = OneWorkspace(client, "xoxb-bench")
    desk, tasks = Desk(catalog, state, lambda: datetime.now(UTC)), Tasks()

    async def nobody(_: str) -> None:
        return None

    async def forget(*_: object) -> None:
        return None

    session = aiohttp.ClientSession()
    interactive = Interactive(Attendant(desk, Post(session), "bench", lambda _: None), tasks)
    listeners = Listeners(desk.at_once, desk.prepare, finish, tasks, nobody, forget)
    app = build_app(listeners, client, who, SIGNING_SECRET, None, [interactive.register])
    idle = AsyncApp(
        name="no-op", signing_secret=SIGNING_SECRET, client=client, authorize=who, process_before_response=True,
        attaching_conversation_kwargs_enabled=False,
    )  # fmt: skip
    idle.command("/compare")(no_op)

    for name, forms in (
        ("the same pair", map(_form, itertools.repeat("gpt-4.1-mini gpt-5.4"))),
        ("ever new pairs", map(_form, _new_pairs(catalog))),
        ("a misspelt name", map(_form, itertools.repeat("gemni 3.5 flash gpt-5.4"))),
        ("ever new misspelt", map(_form, _misspelt(catalog))),
        ("type-ahead, new", map(_typing, _beginnings(catalog))),
        ("type-ahead, wide", map(_typing, itertools.cycle(["", "g", "5", "gpt", "claude"]))),
    ):
        ratios = []
        for number, form in zip(range(PAIRS + WARM_UP), forms, strict=False):
            order = (idle, app) if number % 2 else (app, idle)
            spent = {
                app_in_turn: await seconds_for(app_in_turn, tasks, form if app_in_turn is app else _form(""))
                for app_in_turn in order
            }
            if number >= WARM_UP:
                ratios.append(spent[app] / spent[idle])
        ratios.sort()
        print(f"{name:17} {median(ratios):5.2f}  (p10 {ratios[PAIRS // 10]:.2f}, p90 {ratios[PAIRS * 9 // 10]:.2f})")
    print(f"one message: {median(SIZE) / 1000:.1f} kB of JSON; CPU over a no-op Bolt request, median of {PAIRS} pairs")
    replies(catalog.current())
    await session.close()
    await state.close()


def replies(catalog: Catalog) -> None:
    """Print what questions cost over a plain comparison, all made anew."""
    texts = [text for text, _ in (*USAGE, *KINDS)]
    for name, asked in (
        ("of any kind", texts),
        ("misspelt", [f"{word} cost at 10M tokens" for word in ("gemni 3.5 flash", "clade opus 5.5", "gpt-5.4-mni")]),
    ):
        ratios = []
        for text in asked * (PAIRS // len(asked) + 1):
            spent = []
            for each in (text, COMPARE):
                started = time.thread_time()
                reply(each, Thread(), catalog, AS_OF)
                spent.append(time.thread_time() - started)
            ratios.append(spent[0] / spent[1])
        print(f"{name:17} {median(ratios):5.2f}  of {COMPARE}")


def _new_pairs(catalog: CatalogFile) -> Iterator[str]:
    names = [name for name in catalog.current().offerings if name.startswith(("openai/", "anthropic/"))]
    return (f"{one} {other}" for one, other in itertools.combinations(names, 2))


def _misspelt(catalog: CatalogFile) -> Iterator[str]:
    """Leave out one letter of a name, another one each time."""
    for name in itertools.cycle(catalog.current().offerings):
        letters = [place for place, letter in enumerate(name) if letter.isalpha() and place > name.index("/")]
        for place in letters:
            yield f"{name[:place]}{name[place + 1 :]} gpt-5.4"


def _beginnings(catalog: CatalogFile) -> Iterator[str]:
    """Beginnings of names, two letters and up, another one each time."""
    names = sorted({each.name for each in catalog.current().offerings.values() if len(each.name) > 12})
    return (name[:length] for length in (6, 4, 9) for name in names)


def _typing(text: str) -> dict[str, str]:
    payload = {
        "type": "block_suggestion", "action_id": "models", "block_id": "models", "value": text,
        "user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1"}, "api_app_id": "A1", "token": "x",
    }  # fmt: skip
    return {"payload": orjson.dumps(payload).decode()}


def _form(text: str) -> dict[str, str]:
    return {
        "token": "x", "team_id": "T1", "team_domain": "t", "channel_id": "C1", "channel_name": "general",
        "user_id": "U1", "user_name": "u", "command": "/compare", "text": text, "api_app_id": "A1",
        "is_enterprise_install": "false", "response_url": "http://127.0.0.1:9/", "trigger_id": "1.2.3",
    }  # fmt: skip


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(asyncio.run(measure(Path(temporary))))
