"""How a message gets to Slack: which way first, what when Slack refuses it, and never twice."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import aiohttp
import orjson
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.message.command import USUAL, renamed, renamed_in
from bot.metrics import REJECTED
from bot.slack.asked import Asked
from bot.slack.logs import LOGGER

LONGEST_WAIT = 60.0  # seconds we wait when Slack limits us; longer counts as refused
DEFAULT_WAIT = 1.0  # seconds, where Slack does not say how long
BLOCK_FAULTS = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_attachments"})
BUSY = frozenset({"ratelimited", "rate_limited", "no_connection"})
IN_DOUBT = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
GONE = "message_not_found"
POINTER = re.compile(r"json-pointer:([/\w]+)")

Payload = dict[str, Any]
Result = TypeVar("Result")
Sleep = Callable[[float], Awaitable[object]]


class Refused(RuntimeError):
    """Slack did not take the message, for certain; the message is Slack's own short word for why."""

    def __init__(self, reason: str, retry_after: float = DEFAULT_WAIT, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after
        self.detail = detail


class Unconfirmed(RuntimeError):
    """Slack may or may not have taken the message, so that sending it again might show it twice."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message with its way: `alone` is for the asker's eyes only, `replaces` goes in place of what was clicked on."""

    text: str
    blocks: list[dict[str, Any]]
    alone: bool
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Slack took the message this way; `ts` and `channel` are known where Slack told them, which a response URL never
    does."""

    route: str
    ts: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Sends letters; one aiohttp session for all of them. `command` is what they call the slash command."""

    session: aiohttp.ClientSession
    command: str = USUAL
    sleep: Sleep = asyncio.sleep

    async def deliver(self, client: AsyncWebClient, asked: Asked, letter: Letter) -> Receipt:
        """Send a letter by the first way that works; raise Refused when none does, Unconfirmed when nobody knows."""
        refusals: list[Refused] = []
        if self.command != USUAL:
            text, blocks = renamed(letter.text, self.command), renamed_in(letter.blocks, self.command)
            letter = replace(letter, text=text, blocks=blocks)
        for route in _routes(asked, letter):
            try:
                return await self._by(client, route, asked, letter)
            except Refused as refusal:
                LOGGER.info("Slack refused a message: route=%s reason=%s", route, refusal.reason)
                refusals.append(refusal)
                if refusal.reason == GONE:
                    break
        raise refusals[0] if refusals else Refused("no_way_to_answer")

    async def delete(self, client: AsyncWebClient, asked: Asked) -> None:
        """Delete the message that was clicked on; Refused or Unconfirmed where Slack does not."""
        try:
            await call(client, "chat.delete", {"channel": asked.channel, "ts": asked.ts})
        except Refused as refusal:
            if refusal.reason == GONE:
                return
            if not asked.response_url:
                raise
            await self._respond(asked.response_url, {"delete_original": True})

    async def _by(self, client: AsyncWebClient, route: str, asked: Asked, letter: Letter) -> Receipt:
        """Send, waiting for a limit; once more as text only where the blocks are refused."""
        payload = _payload(route, asked, letter)
        try:
            return await self.patiently(lambda: self._send(client, route, asked, payload))
        except Refused as refusal:
            if refusal.reason not in BLOCK_FAULTS or not payload.get("blocks"):
                raise
            LOGGER.warning("Slack rejected blocks: reason=%s at=%s", refusal.reason, refusal.detail)
        REJECTED.inc()
        del payload["blocks"]
        if letter.replaces:
            payload["blocks"] = []  # without the key, the message would keep its old ones
        return await self.patiently(lambda: self._send(client, route, asked, payload))

    async def patiently(self, send: Callable[[], Awaitable[Result]]) -> Result:
        """Send; where Slack is busy, once more after the time that it names, if that is not too long."""
        try:
            return await send()
        except Refused as refusal:
            if refusal.reason not in BUSY or refusal.retry_after > LONGEST_WAIT:
                raise
            wait = refusal.retry_after
        await self.sleep(wait)
        return await send()

    async def _send(self, client: AsyncWebClient, route: str, asked: Asked, payload: Payload) -> Receipt:
        if route == "response_url":
            await self._respond(asked.response_url or "", payload)
            return Receipt(route)
        response = await call(client, route, payload)
        ts, channel = response.get("ts"), response.get("channel")
        return Receipt(route, ts if isinstance(ts, str) else None, channel if isinstance(channel, str) else None)

    async def _respond(self, url: str, payload: Payload) -> None:
        try:
            async with self.session.post(url, data=orjson.dumps(payload), headers=_JSON) as response:
                status, body = response.status, (await response.content.read(4096)).decode(errors="replace")
        except aiohttp.InvalidURL as error:
            raise Refused("bad_response_url") from error
        except aiohttp.ClientConnectorError as error:
            raise Refused("no_connection") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unconfirmed("response_url") from error
        if status == 429:
            raise Refused("ratelimited", seconds(response.headers))
        if status >= 500:
            raise Unconfirmed(f"response_url answered {status}")
        if status != 200:
            raise Refused(next((fault for fault in BLOCK_FAULTS if fault in body), f"response_url_{status}"))


async def call(client: AsyncWebClient, method: str, payload: Payload, *, as_form: bool = False) -> Mapping[str, Any]:
    """Call a method of Slack's API; Refused when Slack says no, Unconfirmed when nobody knows.

    A few methods take no JSON but a form.
    """
    try:
        response = await (client.api_call(method, data=payload) if as_form else client.api_call(method, json=payload))
    except SlackApiError as error:
        raise _refusal(error) from error
    except aiohttp.ClientConnectorError as error:
        raise Refused("no_connection") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Unconfirmed(method) from error
    data = response.data
    return data if isinstance(data, dict) else {}


def _refusal(error: SlackApiError) -> Refused | Unconfirmed:
    response = error.response
    data = response.data if isinstance(response.data, dict) else {}
    reason = str(data.get("error", ""))
    if response.status_code == 429 or reason in BUSY:
        return Refused("ratelimited", seconds(response.headers))
    if response.status_code >= 500 or reason in IN_DOUBT or not reason:
        return Unconfirmed(f"Slack answered {response.status_code}")
    return Refused(reason, detail=" ".join(POINTER.findall(str(data))))


def _routes(asked: Asked, letter: Letter) -> list[str]:
    by_url = ["response_url"] if asked.response_url else []
    if letter.replaces:
        return ["chat.update", *by_url] if asked.ts else by_url
    if asked.surface in ("command", "modal", "click"):
        return [*by_url, "chat.postEphemeral"] if letter.alone else ["chat.postMessage", *by_url]
    return ["chat.postEphemeral"] if letter.alone and asked.surface == "mention" else ["chat.postMessage"]


def _payload(route: str, asked: Asked, letter: Letter) -> Payload:
    if route == "chat.update":
        return {"channel": asked.channel, "ts": asked.ts, "text": letter.text, "blocks": letter.blocks}
    payload: Payload = {"text": letter.text, "unfurl_links": False, "unfurl_media": False}
    if letter.blocks or letter.replaces:
        payload["blocks"] = letter.blocks
    # Slack shows an ephemeral message in a thread only where the thread exists already.
    thread = asked.thread_ts if route != "chat.postMessage" or asked.surface == "click" else asked.root
    in_thread: Payload = {"thread_ts": thread} if thread else {}
    if route == "response_url":
        if letter.replaces:
            return payload | {"replace_original": True}
        kind = "ephemeral" if letter.alone else "in_channel"
        return payload | in_thread | {"response_type": kind, "replace_original": False}
    payload["channel"] = asked.channel
    if route == "chat.postEphemeral":
        payload["user"] = asked.user
    return payload | in_thread


def seconds(headers: Mapping[str, Any]) -> float:
    """Read Retry-After, in seconds; header names come in either case."""
    stated = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    try:
        return max(0.0, float(str(stated)))
    except ValueError:
        return DEFAULT_WAIT


_JSON = {"Content-Type": "application/json; charset=utf-8"}
