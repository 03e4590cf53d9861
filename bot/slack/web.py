"""The HTTP side as a bare ASGI app: Slack's requests, the OAuth pages, health and metrics."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_internals import build_async_context
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.manifest import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH
from bot.metrics import CONTENT_TYPE, REFUSED, metrics_text
from bot.slack.edge import Edge
from bot.slack.logs import LOGGER, new_reference, where

LARGEST_BODY = 1024 * 1024  # bytes
PLAIN = "text/plain; charset=utf-8"
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Page:
    """An HTTP response."""

    status: int
    body: bytes
    headers: list[tuple[bytes, bytes]]


class RequestRefusedError(ValueError):
    """A request that is turned away before anything reads it; the argument is the HTTP status."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Web:
    """The ASGI app. It serves `edge`, or starts and closes one of its own with the server."""

    def __init__(self, edge: Edge | None, start: Callable[[], Awaitable[Edge]] | None = None) -> None:
        self._edge = edge
        self._start = start

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection's scope."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            page = await self._answer_safely(scope, receive)
            await send({"type": "http.response.start", "status": page.status, "headers": page.headers})
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else page.body})
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1000})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        if self._start is not None:
            try:
                self._edge = await self._start()
            except (OSError, ValueError) as error:
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self._start is not None and self._edge is not None:
            await self._edge.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer_safely(self, scope: Scope, receive: Receive) -> Page:
        try:
            return await self._answer(scope, receive)
        except Exception as error:  # noqa: BLE001  # nothing that goes wrong may show a visitor more than this
            reference = new_reference()
            LOGGER.error("a page could not be made: reference=%s (%s)", reference, where(error))
            return _text(HTTPStatus.INTERNAL_SERVER_ERROR, f"Sorry, something went wrong (reference: {reference}).\n")

    async def _answer(self, scope: Scope, receive: Receive) -> Page:
        edge, method, path = self._edge, scope["method"], scope["path"]
        if method in ("GET", "HEAD") and path == "/healthz":
            return _text(HTTPStatus.OK, "ok\n")
        if edge is None:
            return _text(HTTPStatus.SERVICE_UNAVAILABLE, "starting\n")
        if method == "POST" and path == EVENTS_PATH:
            return await _slack(edge, scope, receive)
        if method in ("GET", "HEAD"):
            return await _page(edge, scope, path)
        return _text(HTTPStatus.NOT_FOUND, "not found\n")


async def _page(edge: Edge, scope: Scope, path: str) -> Page:
    if path == "/readyz":
        faults = await edge.faults()
        status = HTTPStatus.SERVICE_UNAVAILABLE if faults else HTTPStatus.OK
        return _text(status, "\n".join(faults or ["ready"]) + "\n")
    if path == "/metrics":
        await edge.update_metrics()
        return Page(HTTPStatus.OK, metrics_text(), [(b"content-type", CONTENT_TYPE.encode())])
    flow = edge.app.oauth_flow
    if flow is not None and path in (INSTALL_PATH, REDIRECT_PATH):
        request = AsyncBoltRequest(body="", query=scope["query_string"].decode("latin-1"), headers={**_headers(scope)})
        handle = flow.handle_installation if path == INSTALL_PATH else flow.handle_callback
        return _from_bolt(await handle(request))
    return _text(HTTPStatus.NOT_FOUND, "not found\n")


async def _slack(edge: Edge, scope: Scope, receive: Receive) -> Page:
    headers = _headers(scope)
    try:
        _check_headers(headers)
        request = _request(edge, await _body(headers, receive), headers)
        response = await _dispatch(edge, request, headers)
    except RequestRefusedError as refusal:
        REFUSED.labels(str(refusal.status.value)).inc()
        return _text(refusal.status, refusal.status.phrase.lower() + "\n")
    if response.status == HTTPStatus.UNAUTHORIZED:
        REFUSED.labels("401").inc()
    if response.status == HTTPStatus.NOT_FOUND:  # Bolt's word for a request that nothing listens to
        return _text(HTTPStatus.OK, "")
    return _from_bolt(response)


def _check_headers(headers: dict[str, str]) -> None:
    """Refuse a timestamp that is no number and a signature that is not ASCII: Bolt would stumble over them."""
    timestamp, signature = headers.get("x-slack-request-timestamp", "0"), headers.get("x-slack-signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 16 and signature.isascii()):
        raise RequestRefusedError(HTTPStatus.UNAUTHORIZED)


def _request(edge: Edge, raw: bytes, headers: dict[str, str]) -> AsyncBoltRequest:
    """Read a body as Bolt does; one that cannot be read is refused, as forged where its signature does not hold."""
    try:
        body = raw.decode()
        request = AsyncBoltRequest(body=body, headers={**headers})
        if not request.body and body:
            _read_command_again(request)
    except UNREADABLE as error:
        is_signed = _is_signed(edge, raw, headers)
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST if is_signed else HTTPStatus.UNAUTHORIZED) from error
    return request


async def _dispatch(edge: Edge, request: AsyncBoltRequest, headers: dict[str, str]) -> BoltResponse:
    """Give a request to Bolt, which stumbles over some that Slack would never send, signed or not."""
    try:
        return await edge.app.async_dispatch(request)
    except Exception as error:
        if not _is_signed(edge, request.raw_body.encode(), headers):
            raise RequestRefusedError(HTTPStatus.UNAUTHORIZED) from error
        LOGGER.error("a request could not be handled: reference=%s (%s)", new_reference(), where(error))
        return BoltResponse(status=HTTPStatus.OK)


def _is_signed(edge: Edge, raw: bytes, headers: dict[str, str]) -> bool:
    timestamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not (timestamp and signature.isascii()):
        return False
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return edge.verifier.is_valid(body=raw, timestamp=timestamp, signature=signature)


def _read_command_again(request: AsyncBoltRequest) -> None:
    """Repair a form that Bolt gave up on: it takes any form with the word "payload" in it for an interaction."""
    form = dict(parse_qsl(request.raw_body, keep_blank_values=True))
    if "payload" not in form:
        request.body = form
        request.context = build_async_context(AsyncBoltContext({}), form)


async def _body(headers: dict[str, str], receive: Receive) -> bytes:
    stated = headers.get("content-length", "0")
    if not stated.isdigit() or int(stated) > LARGEST_BODY:
        raise RequestRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RequestRefusedError(HTTPStatus.BAD_REQUEST)
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            raise RequestRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if not message.get("more_body", False):
            return bytes(body)


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _from_bolt(response: BoltResponse) -> Page:
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
    body = response.body if isinstance(response.body, str) else ""
    return Page(response.status, body.encode(), headers)


def _text(status: HTTPStatus, text: str) -> Page:
    return Page(status, text.encode(), [(b"content-type", PLAIN.encode())])
