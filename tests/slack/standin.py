"""A stand-in for Slack on loopback: its Web API, response URLs and Socket Mode, with channels that remember.

It takes what Slack would take, refuses what Slack would refuse, keeps every body that it was sent, and can be told to
fail. Nothing of the bot is imported here.
"""

import asyncio
import itertools
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.slack.blockkit import complaints

Json = dict[str, Any]


@dataclass(slots=True)
class Installation:
    """The app in one workspace: its bot user and token."""

    team: str
    bot_user: str
    bot_id: str
    token: str
    enterprise: str | None = None
    is_revoked: bool = False
    scopes: str = "app_mentions:read,chat:write,commands,im:history"


@dataclass(slots=True)
class Posted:
    """A message that people see: everybody in the channel, or one user alone."""

    channel: str
    ts: str
    text: str
    blocks: list[Json]
    thread_ts: str | None = None
    only_for: str | None = None  # a user id; None: everybody
    by: str = ""  # the bot's token, or "response_url"


@dataclass(slots=True)
class Channel:
    """A conversation and the bots that are in it."""

    bots: set[str] = field(default_factory=set)  # tokens
    messages: list[Posted] = field(default_factory=list)


@dataclass(slots=True)
class Fault:
    """What happens to the next calls of a method instead of the usual."""

    status: int = 200
    error: str = ""
    retry_after: int | None = None
    seconds: float = 0.0  # slow: the usual, but late
    is_posted: bool = False  # done as usual, and only then answered badly
    hangs_up: bool = False
    left: int = 1


@dataclass(slots=True)
class ResponseUrl:
    """Where a command or a click may be answered, five times."""

    channel: str
    user: str
    status: int = 200
    uses: int = 0
    message: Posted | None = None  # the one that was clicked on


class StandIn:
    """Slack, as far as the bot can tell."""

    def __init__(self) -> None:
        self.installations: dict[str, Installation] = {}
        self.channels: dict[str, Channel] = {}
        self.calls: list[tuple[str, Json]] = []
        self.rejected: list[str] = []  # complaints about blocks
        self.faults: dict[str, list[Fault]] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.uploads: list[str] = []  # what files hold
        self.codes: dict[str, Installation] = {}  # OAuth codes that people hold
        self.url = ""
        self.sockets: list[web.WebSocketResponse] = []
        self.acks: dict[str, asyncio.Future[Json]] = {}
        self._news = asyncio.Condition()
        self._clock = itertools.count(1_764_000_000)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["StandIn"]:
        """Serve on a free loopback port."""
        app = web.Application(client_max_size=4 * 1024 * 1024)
        app.router.add_post("/api/{method}", self._api)
        app.router.add_post("/response/{id}", self._response)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        try:
            yield self
        finally:
            for socket in self.sockets:
                await socket.close()
            await runner.cleanup()

    # What a test sets up

    def install(self, team: str = "T1", enterprise: str | None = None) -> Installation:
        """Install the app in a workspace."""
        installation = Installation(team, f"UBOT{team}", f"B{team}", f"xoxb-{team}-{secrets.token_hex(6)}", enterprise)
        self.installations[installation.token] = installation
        return installation

    def channel(self, name: str, *bots: Installation) -> str:
        """Open a channel with these bots in it."""
        self.channels[name] = Channel({bot.token for bot in bots})
        return name

    def fail(self, method: str, fault: Fault) -> None:
        """Let the next calls of a method (or "response_url") fail."""
        self.faults.setdefault(method, []).append(fault)

    def response_url(self, channel: str, user: str, status: int = 200, message: Posted | None = None) -> str:
        """Make a response URL, for a click of its message; a status other than 200 makes a dead one."""
        name = secrets.token_hex(8)
        self.response_urls[name] = ResponseUrl(channel, user, status, message=message)
        return f"{self.url}/response/{name}"

    def next_ts(self) -> str:
        """Return the time stamp of one more message."""
        return f"{next(self._clock)}.000100"

    # What a test looks at

    def seen_in(self, channel: str) -> list[Posted]:
        """Return everything that the bot said in a channel, in order."""
        return self.channels[channel].messages if channel in self.channels else []

    def bodies(self, method: str) -> list[Json]:
        """Return what a method was called with, in order."""
        return [body for name, body in self.calls if name == method]

    async def until_seen(self, channel: str, count: int, seconds: float = 10.0) -> list[Posted]:
        """Wait until the bot has said so much in a channel."""
        async with asyncio.timeout(seconds), self._news:
            await self._news.wait_for(lambda: len(self.seen_in(channel)) >= count)
        return self.seen_in(channel)

    # Socket Mode

    async def until_connected(self, count: int = 1, seconds: float = 10.0) -> None:
        """Wait for that many connections since the start."""
        async with asyncio.timeout(seconds), self._news:
            await self._news.wait_for(lambda: len(self.sockets) >= count)

    async def send(self, kind: str, payload: Json, **more: Any) -> Json:
        """Send an envelope over the newest connection and return the acknowledgement."""
        envelope = secrets.token_hex(8)
        self.acks[envelope] = asyncio.get_running_loop().create_future()
        message = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": True} | more
        await self.sockets[-1].send_json(message)
        async with asyncio.timeout(5):
            return await self.acks[envelope]

    async def ask_to_reconnect(self) -> None:
        """Do what Slack does every few hours."""
        await self.sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})
        self.sockets.append(socket)
        await self._tell()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                answer = json.loads(message.data)
                self.acks[answer["envelope_id"]].set_result(answer)
        return socket

    # The Web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body = await _body(request)
        self.calls.append((method, body))
        fault = self._fault(method)
        if fault is not None and not fault.is_posted and (bad := await _badly(request, fault)) is not None:
            return bad
        result = self._do(method, _token(request, body), body)
        await self._tell()
        if fault is not None and fault.is_posted and (bad := await _badly(request, fault)) is not None:
            return bad
        bot = self.installations.get(_token(request, body))
        return web.json_response(result, headers={} if bot is None else {"X-OAuth-Scopes": bot.scopes})

    def _do(self, method: str, token: str, body: Json) -> Json:
        if method == "oauth.v2.access":
            return self._oauth(body)
        if method == "apps.connections.open":
            url = self.url.replace("http", "ws", 1) + "/link"
            return _ok(url=url) if token.startswith("xapp-") else _no("invalid_auth")
        if method == "blocks.validate":
            return self._refusal(body | {"text": "Only blocks are looked at"}) or _ok()
        bot = self.installations.get(token)
        if bot is None or bot.is_revoked:
            return _no("invalid_auth" if bot is None else "token_revoked")
        if method in ("chat.postMessage", "chat.postEphemeral"):
            return self._post(bot, body, body.get("user") if method == "chat.postEphemeral" else None)
        if method == "files.completeUploadExternal" and bot.token not in self._bots(
            {"channel": body.get("channel_id")}
        ):
            return _no("not_in_channel" if body.get("channel_id") in self.channels else "channel_not_found")
        if method in ("chat.update", "chat.delete"):
            return self._change(bot, method, body)
        return self._view(method, body) if method.startswith("views.") else self._tell_about(method, bot, body)

    def _tell_about(self, method: str, bot: Installation, body: Json) -> Json:
        facts: dict[str, Json] = {
            "auth.test": {
                "url": "https://example.invalid/",
                "team": bot.team,
                "team_id": bot.team,
                "user": "comparebot",
                "user_id": bot.bot_user,
                "bot_id": bot.bot_id,
                "enterprise_id": bot.enterprise,
                "is_enterprise_install": False,
            },
            "conversations.info": {"channel": {"id": body.get("channel"), "is_member": bot.token in self._bots(body)}},
            "users.info": {"user": {"id": body.get("user"), "team_id": bot.team}},
            "files.getUploadURLExternal": {"upload_url": f"{self.url}/upload/F1", "file_id": "F0000000001"},
            "files.completeUploadExternal": {"files": [{"id": "F0000000001"}]},
            "functions.completeSuccess": {},
            "functions.completeError": {},
        }
        return _ok(**facts[method]) if method in facts else _no("unknown_method")

    def _post(self, bot: Installation, body: Json, only_for: str | None) -> Json:
        name = str(body.get("channel"))
        if name.startswith("U"):  # what is sent to a person goes to the direct messages with them
            name = f"D{name}"
            self.channels.setdefault(name, Channel({bot.token}))
        if name not in self.channels:
            return _no("channel_not_found")
        if bot.token not in self.channels[name].bots:
            return _no("not_in_channel")
        refusal = self._refusal(body)
        if refusal is not None:
            return refusal
        posted = self._keep(name, body, only_for, bot.token)
        if only_for is not None:
            return _ok(message_ts=posted.ts)
        return _ok(channel=name, ts=posted.ts, message={"text": posted.text, "ts": posted.ts})

    def _change(self, bot: Installation, method: str, body: Json) -> Json:
        for posted in self.seen_in(str(body.get("channel"))):
            if posted.ts == body.get("ts") and posted.only_for is None:
                if posted.by != bot.token:
                    return _no("cant_update_message" if method == "chat.update" else "cant_delete_message")
                if method == "chat.delete":
                    self.channels[posted.channel].messages.remove(posted)
                    return _ok(ts=posted.ts)
                refusal = self._refusal(body)
                if refusal is None:
                    posted.text, posted.blocks = str(body["text"]), body.get("blocks", posted.blocks)
                return refusal or _ok(ts=posted.ts, channel=posted.channel)
        return _no("message_not_found")

    def _view(self, method: str, body: Json) -> Json:
        view = body.get("view", {})
        found = complaints(view.get("blocks"), surface="home" if method == "views.publish" else "modal")
        self.rejected += found
        return _no("invalid_arguments", messages=found) if found else _ok(view={"id": "V1", "hash": "1"} | view)

    def _oauth(self, body: Json) -> Json:
        installation = self.codes.pop(str(body.get("code")), None)
        if installation is None:
            return _no("invalid_code")
        self.installations[installation.token] = installation
        return _ok(
            app_id="A1", access_token=installation.token, token_type="bot", scope=installation.scopes,
            bot_user_id=installation.bot_user, team={"id": installation.team, "name": installation.team},
            enterprise=None, authed_user={"id": "UADMIN"}, is_enterprise_install=False,
        )  # fmt: skip

    def _refusal(self, body: Json) -> Json | None:
        found = complaints(body.get("blocks", []), body.get("text"))
        if not found:
            return None
        self.rejected += found
        return _no("invalid_blocks", errors=found)

    def _keep(self, channel: str, body: Json, only_for: str | None, by: str) -> Posted:
        posted = Posted(
            channel, self.next_ts(), str(body["text"]), body.get("blocks", []), body.get("thread_ts"), only_for, by
        )
        self.channels.setdefault(channel, Channel()).messages.append(posted)
        return posted

    def _bots(self, body: Json) -> set[str]:
        channel = self.channels.get(str(body.get("channel")))
        return channel.bots if channel is not None else set()

    async def _response(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        self.calls.append(("response_url", body))
        fault = self._fault("response_url")
        if fault is not None and (bad := await _badly(request, fault)) is not None:
            return bad
        url = self.response_urls.get(request.match_info["id"])
        if url is None or url.status != 200 or url.uses >= 5:
            return web.Response(status=404 if url is None or url.uses >= 5 else url.status, text="expired_url")
        if body.get("delete_original") or body.get("replace_original"):
            return self._change_original(url, body)
        if self._refusal(body) is not None:
            return web.Response(status=404, text="invalid_blocks")
        url.uses += 1
        self._keep(url.channel, body, None if body.get("response_type") == "in_channel" else url.user, "response_url")
        await self._tell()
        return web.Response(text="ok")

    def _change_original(self, url: ResponseUrl, body: Json) -> web.Response:
        if url.message is None or url.message not in self.seen_in(url.channel):
            return web.Response(status=404, text="message_not_found")
        if body.get("delete_original"):
            self.channels[url.channel].messages.remove(url.message)
        elif self._refusal(body) is not None:
            return web.Response(status=404, text="invalid_blocks")
        else:
            url.message.text, url.message.blocks = str(body["text"]), body.get("blocks", [])
        url.uses += 1
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        fault = self._fault("upload")
        if fault is not None and (bad := await _badly(request, fault)) is not None:
            return bad
        self.uploads.append((await request.read()).decode())
        return web.Response(text="OK")

    def _fault(self, method: str) -> Fault | None:
        waiting = self.faults.get(method)
        if not waiting:
            return None
        waiting[0].left -= 1
        return waiting.pop(0) if waiting[0].left == 0 else waiting[0]

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


async def _badly(request: web.Request, fault: Fault) -> web.StreamResponse | None:
    """Answer as the fault says; None when it only takes time."""
    await asyncio.sleep(fault.seconds)
    if fault.hangs_up:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.error:
        return web.json_response(_no(fault.error), status=fault.status, headers=headers)
    return None if fault.status == 200 else web.Response(status=fault.status, text="<html>oops</html>", headers=headers)


async def _body(request: web.Request) -> Json:
    if request.content_type == "application/json":
        body: Json = await request.json()
        return body
    form = {name: str(value) for name, value in [*request.query.items(), *(await request.post()).items()]}
    return {name: json.loads(value) if value[:1] in ("[", "{") else value for name, value in form.items()}


def _token(request: web.Request, body: Json) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ") or str(body.get("token", ""))


def _ok(**more: Any) -> Json:
    return {"ok": True} | more


def _no(error: str, **more: Any) -> Json:
    return {"ok": False, "error": error} | more
