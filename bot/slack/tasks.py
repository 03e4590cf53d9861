"""Work that goes on after Slack was answered: kept track of, and finished before the process ends."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

from bot.metrics import IN_FLIGHT

Result = TypeVar("Result")


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait, but no longer than until `stop` is set."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


class Tasks:
    """The tasks that are under way."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Run `work` at its own pace and keep it alive until it ends."""
        task = asyncio.create_task(work)
        self._running.add(task)
        IN_FLIGHT.inc()
        task.add_done_callback(self._ended)
        return task

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._running:
            await asyncio.wait(self._running)

    async def drain(self, seconds: float) -> int:
        """Wait up to `seconds` for everything to end; return how many tasks had to be cancelled."""
        try:
            async with asyncio.timeout(seconds):
                await self.idle()
        except TimeoutError:
            pass
        late = [task for task in self._running if task.cancel()]
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        IN_FLIGHT.dec()


class Turns:
    """One turn at a time per conversation, in the order of arrival; conversations do not wait for each other."""

    def __init__(self) -> None:
        self._locks: dict[tuple[str, str], tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def turn(self, conversation: tuple[str, str]) -> AsyncIterator[None]:
        """Hold the conversation for the length of one turn."""
        lock, waiting = self._locks.get(conversation, (asyncio.Lock(), 0))
        self._locks[conversation] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks.pop(conversation)
            if waiting > 1:
                self._locks[conversation] = (lock, waiting - 1)


class UnderWay:
    """The channels that are getting a message of ours whose time stamp, and so its thread, is not known yet."""

    def __init__(self) -> None:
        self._posts: dict[str, set[asyncio.Future[None]]] = {}

    @contextmanager
    def post(self, channel: str) -> Iterator[None]:
        """Mark a message as being under way until the end of the block."""
        arrived = asyncio.get_running_loop().create_future()
        posts = self._posts.setdefault(channel, set())
        posts.add(arrived)
        try:
            yield
        finally:
            arrived.set_result(None)
            posts.discard(arrived)
            if not posts:
                self._posts.pop(channel, None)

    async def arrived(self, channel: str, seconds: float) -> None:
        """Wait, for at most so long, until what is under way now has arrived."""
        posts = set(self._posts.get(channel, ()))
        if posts:
            await asyncio.wait(posts, timeout=seconds)
