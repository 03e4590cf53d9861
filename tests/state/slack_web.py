"""As much of Slack's Web API as installing needs, over real HTTP on loopback."""

import asyncio
from types import TracebackType
from typing import Any, Self

from aiohttp import web


class SlackWeb:
    """Counts what it is asked, and answers what it is told to."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.grant: dict[str, Any] = {"ok": True, "token_type": "bot"}
        self.status = 200
        self.seconds = 0.0
        self.url = ""

    def count(self, method: str) -> int:
        """How often a method was called."""
        return sum(name == method for name, _ in self.calls)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/api/{method}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/api/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls.append((method, {name: str(value) for name, value in (await request.post()).items()}))
        await asyncio.sleep(self.seconds)
        if self.status != 200:
            return web.Response(status=self.status, text="<html>upstream sad</html>")
        if method == "auth.test":
            return web.json_response({"ok": True, "url": "https://t1.slack.com/", "bot_id": "B1", "user_id": "UB1"})
        return web.json_response(self.grant)
