"""Real processes on one store: starting together, and killed at the worst moment."""

import asyncio
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from bot.state import State, utc_now

RACE = """
import asyncio, sys
from bot.state import State

async def main():
    state = await State.open(sys.argv[1])
    claim = await state.claim("C1|1.0", "p")
    print("mine" if claim else "taken", flush=True)
    await state.close()

asyncio.run(main())
"""

DIE = """
import asyncio, os, signal, sys
from bot.state import State

async def main():
    state = await State.open(sys.argv[1])
    for key in ("claimed", "posting"):
        claim = await state.claim(key, "dead")
        if key == "posting":
            assert await state.posting(claim)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def test_four_processes_that_start_at_once_on_an_empty_store_share_one_schema_and_one_claim(empty_url: str) -> None:
    processes = [_start(RACE, empty_url) for _ in range(4)]
    outputs = [process.communicate(timeout=30) for process in processes]
    assert [errors for _, errors in outputs] == [""] * 4
    assert sorted(output.strip() for output, _ in outputs) == ["mine", "taken", "taken", "taken"]


def test_after_a_kill_a_claimed_message_is_answered_by_another_and_a_posted_one_is_counted_as_lost(url: str) -> None:
    dead = _start(DIE, url)
    dead.communicate(timeout=30)
    assert dead.returncode == -signal.SIGKILL
    asyncio.run(_inherit(url))


async def _inherit(url: str) -> None:
    state = await State.open(url, now=_a_minute_later)
    heir = await state.claim("claimed", "heir")
    assert heir is not None
    assert await state.posting(heir)
    assert await state.claim("posting", "heir") is None
    assert await state.lost_replies() == 1
    await state.close()


def _a_minute_later() -> datetime:
    assert utc_now().tzinfo is UTC
    return utc_now() + timedelta(minutes=1)


def _start(program: str, url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
