"""The real command in processes of its own: it starts or says why not, serves, and finishes what is in flight."""

import asyncio
import json
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from bot.catalog_file import CatalogFile
from tests.slack.client import SIGNING_SECRET, Slack, command_payload, event_envelope, message_event
from tests.slack.standin import Fault, Installation, StandIn

COMPARISON = "gpt-4.1-mini gpt-5.4"
SERVING = re.compile(r"serving on \S+ port (\d+)")


@dataclass(slots=True)
class Bot:
    """A running `comparebot serve`."""

    process: Process
    lines: list[str] = field(default_factory=list)

    async def until_line(self, pattern: re.Pattern[str], seconds: float = 20.0) -> re.Match[str]:
        """Read the log until a line matches."""
        assert self.process.stderr is not None
        async with asyncio.timeout(seconds):
            while line := (await self.process.stderr.readline()).decode():
                self.lines.append(line)
                if found := pattern.search(line):
                    return found
        raise AssertionError("".join(self.lines))

    async def stop(self) -> int:
        """Send SIGTERM and return the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def ended(self, seconds: float = 15.0) -> int:
        """Wait for the end and return the exit status."""
        async with asyncio.timeout(seconds):
            _, rest = await self.process.communicate()
        self.lines += rest.decode().splitlines(keepends=True)
        assert self.process.returncode is not None
        return self.process.returncode


@asynccontextmanager
async def comparebot(folder: Path, *arguments: str, **settings: str) -> AsyncIterator[Bot]:
    """Run the command with nothing but these settings; killed at the end if it still runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "COMPAREBOT_"))}
    command = [sys.executable, "-m", "bot", *arguments]
    environment = kept | {"PYTHONPATH": str(Path(__file__).parents[2])} | settings
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=environment, stdout=PIPE, stderr=PIPE, start_new_session=True
    )
    bot = Bot(process)
    try:
        yield bot
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)  # its workers too
            await process.communicate()


@pytest.fixture
def installed(standin: StandIn) -> Installation:
    """The app in workspace T1."""
    return standin.install("T1")


@pytest.fixture
def settings(standin: StandIn, installed: Installation, catalog: CatalogFile, tmp_path: Path) -> dict[str, str]:
    """What a bot for one workspace is told."""
    return {
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_BOT_TOKEN": installed.token,
        "SLACK_API_URL": f"{standin.url}/api/",
        "COMPAREBOT_CATALOG": str(catalog.path),
        "COMPAREBOT_STATE_URL": f"sqlite+aiosqlite:///{tmp_path / 'state.sqlite'}",
    }


async def test_sigterm_finishes_what_is_in_flight_and_exits_0(
    standin: StandIn, installed: Installation, settings: dict[str, str], tmp_path: Path
) -> None:
    channel = standin.channel("C1", installed)
    async with (
        comparebot(tmp_path, "serve", "--port", "0", **settings) as bot,
        aiohttp.ClientSession() as session,
    ):
        port = (await bot.until_line(SERVING))[1]
        slack = Slack(session, standin, f"http://127.0.0.1:{port}")
        standin.fail("chat.postMessage", Fault(seconds=0.5))
        assert (await slack.command(COMPARISON, channel)).status == 200
        assert standin.seen_in(channel) == []
        assert await bot.stop() == 0
        assert len(standin.seen_in(channel)) == 1
        assert installed.token not in "".join(bot.lines) and SIGNING_SECRET not in "".join(bot.lines)


async def test_several_workers_share_the_port_the_state_and_the_counters(
    standin: StandIn, installed: Installation, settings: dict[str, str], tmp_path: Path
) -> None:
    channel = standin.channel("C1", installed)
    settings["COMPAREBOT_LOG"] = "json"
    async with comparebot(tmp_path, "serve", "--port", "0", "--workers", "2", **settings) as bot:
        port = (await bot.until_line(SERVING))[1]
        event = message_event(standin, f"<@{installed.bot_user}> {COMPARISON}", channel, "U1", "T1")
        for _ in range(6):  # each over a connection of its own, so that both workers get some
            async with aiohttp.ClientSession() as session:
                slack = Slack(session, standin, f"http://127.0.0.1:{port}")
                assert (await slack.event(event | {"type": "app_mention"}, installed)).status == 200
        await standin.until_seen(channel, 1)
        async with aiohttp.ClientSession() as session:
            counters = await Slack(session, standin, f"http://127.0.0.1:{port}").get("/metrics")
        assert "comparebot_repeats_total" in counters.body
        assert await bot.stop() == 0
        assert len(standin.seen_in(channel)) == 1
        assert all(json.loads(line)["level"] for line in bot.lines)


async def test_socket_mode_answers_over_a_websocket_reconnects_and_exits_0(
    standin: StandIn, installed: Installation, settings: dict[str, str], tmp_path: Path
) -> None:
    channel = standin.channel("C1", installed)
    del settings["SLACK_SIGNING_SECRET"]
    async with comparebot(tmp_path, "serve", "--socket", SLACK_APP_TOKEN="xapp-1-test", **settings) as bot:
        await standin.until_connected()
        ack = await standin.send("slash_commands", {**command_payload(standin, COMPARISON, channel)})
        assert ack["payload"] == {"response_type": "in_channel"}
        [first] = await standin.until_seen(channel, 1)

        await standin.ask_to_reconnect()
        await standin.until_connected(2)
        follow_up = message_event(
            standin, f"<@{installed.bot_user}> which is cheaper at 100M tokens?", channel, "U1", "T1"
        )
        follow_up |= {"type": "app_mention", "thread_ts": first.ts}
        for attempt in range(2):
            ack = await standin.send("events_api", event_envelope(follow_up, installed), retry_attempt=attempt)
            assert "envelope_id" in ack
        _, second = await standin.until_seen(channel, 2)
        assert "$100" in second.text and "$875" in second.text and second.thread_ts == first.ts

        ack = await standin.send("slash_commands", {**command_payload(standin, "which payload is cheaper", channel)})
        await standin.until_seen(channel, 3)
        assert await bot.stop() == 0
        assert len(standin.seen_in(channel)) == 3
        assert "xapp-" not in "".join(bot.lines)


async def test_a_missing_token_stops_the_start_with_one_line(settings: dict[str, str], tmp_path: Path) -> None:
    async with comparebot(tmp_path, "serve", "--port", "0", **(settings | {"SLACK_BOT_TOKEN": ""})) as bot:
        assert await bot.ended() == 2
        [line] = bot.lines
        assert "SLACK_BOT_TOKEN" in line and "Traceback" not in line
