"""How much CPU a whole `/compare A B` costs, up to its finished message, over a Bolt request that does nothing.

Both go through the same Bolt app, signature and all, in this process; the message is finished when it is the JSON that
Slack would get. Claims, thread state and the network come after that and do not count. Measured in turns, and the
median of the ratios of neighbours is what counts: `python -m tests.bench`.
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

import orjson
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.catalog_file import CatalogFile
from bot.slack.app import Listeners, build_app
from bot.slack.asked import Asked
from bot.slack.desk import Desk
from bot.slack.one_workspace import OneWorkspace
from bot.slack.prepared import Prepared
from bot.slack.tasks import Tasks
from bot.state import State
from tests.slack.client import SIGNING_SECRET, signed

PAIRS = 300
WARM_UP = 30
SIZE: list[int] = []


async def no_op(*_: object) -> BoltResponse:
    """Answer a command with nothing."""
    return BoltResponse(status=200)


async def finish(_: AsyncWebClient, __: Asked, prepare: Callable[[], Awaitable[Prepared]]) -> None:
    """Finish the message: turn it into the body that Slack would get."""
    letter = (await prepare()).letter
    SIZE.append(len(orjson.dumps({"text": letter.text, "blocks": letter.blocks})))


async def seconds_for(app: AsyncApp, tasks: Tasks, text: str) -> float:
    """Return the CPU seconds of this thread for one command."""
    body = urlencode(_form(text))
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

    app = build_app(Listeners(desk.at_once, desk.prepare, finish, tasks, nobody, forget), client, who, SIGNING_SECRET)
    idle = AsyncApp(
        name="no-op", signing_secret=SIGNING_SECRET, client=client, authorize=who, process_before_response=True,
        attaching_conversation_kwargs_enabled=False,
    )  # fmt: skip
    idle.command("/compare")(no_op)

    for name, texts in (
        ("the same pair", itertools.repeat("gpt-4.1-mini gpt-5.4")),
        ("ever new pairs", _new_pairs(catalog)),
        ("a misspelt name", itertools.repeat("gemni 3.5 flash gpt-5.4")),
        ("ever new misspelt", _misspelt(catalog)),
    ):
        ratios = []
        for number, text in zip(range(PAIRS + WARM_UP), texts, strict=False):
            order = (idle, app) if number % 2 else (app, idle)
            spent = {app_in_turn: await seconds_for(app_in_turn, tasks, text) for app_in_turn in order}
            if number >= WARM_UP:
                ratios.append(spent[app] / spent[idle])
        ratios.sort()
        print(f"{name:17} {median(ratios):5.2f}  (p10 {ratios[PAIRS // 10]:.2f}, p90 {ratios[PAIRS * 9 // 10]:.2f})")
    print(f"one message: {median(SIZE) / 1000:.1f} kB of JSON; CPU over a no-op Bolt request, median of {PAIRS} pairs")
    await state.close()


def _new_pairs(catalog: CatalogFile) -> Iterator[str]:
    names = [name for name in catalog.current().offerings if name.startswith(("openai/", "anthropic/"))]
    return (f"{one} {other}" for one, other in itertools.combinations(names, 2))


def _misspelt(catalog: CatalogFile) -> Iterator[str]:
    """Leave out one letter of a name, another one each time."""
    for name in itertools.cycle(catalog.current().offerings):
        letters = [place for place, letter in enumerate(name) if letter.isalpha() and place > name.index("/")]
        for place in letters:
            yield f"{name[:place]}{name[place + 1 :]} gpt-5.4"


def _form(text: str) -> dict[str, str]:
    return {
        "token": "x", "team_id": "T1", "team_domain": "t", "channel_id": "C1", "channel_name": "general",
        "user_id": "U1", "user_name": "u", "command": "/compare", "text": text, "api_app_id": "A1",
        "is_enterprise_install": "false", "response_url": "http://127.0.0.1:9/", "trigger_id": "1.2.3",
    }  # fmt: skip


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(asyncio.run(measure(Path(temporary))))
