"""Serves Slack over HTTP or Socket Mode until it is told to stop, and then finishes what is in flight."""

import asyncio
import os
import signal
import socket
import tempfile

import aiohttp
import uvicorn
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from bot.metrics import FOLDER_OF_WORKERS
from bot.settings import BadSettings, Settings, load_settings
from bot.slack.edge import Edge
from bot.slack.logs import LOGGER, set_up_logging
from bot.slack.tasks import pause
from bot.slack.web import Web

PATIENCE = 10.0  # seconds for what is in flight when the server stops
CONNECTION_PATIENCE = 3  # seconds of these for open HTTP requests: Slack waits no longer for an answer
SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_WITHOUT_SOCKET = 120.0  # then a supervisor had better start us anew


class SocketLostError(ConnectionError):
    """Socket Mode could not be reached again for so long that the process gives up."""


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 3000, workers: int = 1) -> int:
    """Serve HTTP until SIGTERM or SIGINT and return the exit status 0.

    Raises BadSettings or OSError, each with one line, when that cannot start.
    """
    settings.checked(socket=False)
    with _listener(host, port) as listener:
        set_up_logging(settings.log)
        if workers > 1:
            _serve_with_workers(settings, listener, workers)
        else:
            asyncio.run(_serve_here(settings, listener))
    return 0


def serve_socket(settings: Settings) -> int:
    """Serve over Socket Mode until SIGTERM or SIGINT and return the exit status 0.

    Raises BadSettings or OSError, each with one line, when that cannot start or its connection is lost for good.
    """
    settings.checked(socket=True)
    set_up_logging(settings.log)
    asyncio.run(_serve_socket(settings))
    return 0


def worker() -> Web:
    """Return the ASGI app of one of several workers, which reads its settings itself."""
    settings = load_settings().checked(socket=False)
    set_up_logging(settings.log)
    return Web(None, lambda: Edge.start(settings))


async def _serve_here(settings: Settings, listener: socket.socket) -> None:
    stop = _Stop()
    edge = await Edge.start(settings)
    try:
        if not stop.event.is_set():
            _announce(listener)
            await uvicorn.Server(_config(Web(edge))).serve(sockets=[listener])
    finally:
        await edge.close(stop.patience_left())


async def _serve_socket(settings: Settings) -> None:
    stop = _Stop()
    edge = await Edge.start(settings)
    token = settings.app_token.get_secret_value() if settings.app_token is not None else ""
    handler = AsyncSocketModeHandler(edge.app, token, logger=LOGGER.getChild("socket"), web_client=edge.app.client)
    try:
        await _connect(handler)
        LOGGER.info("connected over Socket Mode")
        await _watch(handler, stop.event)
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped
        await edge.close(stop.patience_left())


class _Stop:
    """Set by SIGTERM or SIGINT; the server's own handling of them goes on beside it and ends in this one."""

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._at: float | None = None
        for number in (signal.SIGTERM, signal.SIGINT):
            self._loop.add_signal_handler(number, self._set)

    def _set(self) -> None:
        self._at = self._at or self._loop.time()
        self.event.set()

    def patience_left(self) -> float:
        """Return how many of the PATIENCE seconds are left for what is in flight."""
        return PATIENCE if self._at is None else max(0.0, PATIENCE - (self._loop.time() - self._at))


async def _connect(handler: AsyncSocketModeHandler) -> None:
    try:
        await handler.client.connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped
    except SlackApiError as error:
        reason = error.response.get("error", "no reason given")
        raise BadSettings(f"SLACK_APP_TOKEN: Slack does not open a connection with it ({reason})") from None
    except (aiohttp.ClientError, TimeoutError) as error:
        raise OSError(f"Slack's Socket Mode cannot be reached ({type(error).__name__})") from None


async def _watch(handler: AsyncSocketModeHandler, stop: asyncio.Event) -> None:
    """Return when told to stop; raise SocketLostError when the connection, which renews itself, stays away."""
    lost_for = 0.0
    while not stop.is_set():
        await pause(stop, SECONDS_BETWEEN_LOOKS)
        lost_for = 0.0 if await handler.client.is_connected() else lost_for + SECONDS_BETWEEN_LOOKS
        if lost_for > SECONDS_WITHOUT_SOCKET:
            raise SocketLostError("the connection to Slack's Socket Mode was lost and did not come back")


def _serve_with_workers(settings: Settings, listener: socket.socket, workers: int) -> None:
    """Check everything once here, so that a fault stops the start, and let uvicorn keep the workers alive."""
    asyncio.run(_check(settings))
    with tempfile.TemporaryDirectory(prefix="comparebot-metrics-") as folder:
        os.environ[FOLDER_OF_WORKERS] = folder
        config = _config("bot.server:worker")
        config.workers, config.factory = workers, True
        _announce(listener)
        supervisor = Multiprocess(config, sockets=[listener])
        supervisor.run()
        if any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes):
            raise OSError("a worker could not start; the lines above say why")


async def _check(settings: Settings) -> None:
    edge = await Edge.start(settings)
    await edge.close(0)


def _announce(listener: socket.socket) -> None:
    LOGGER.info("serving on %s port %s", *listener.getsockname()[:2])


def _listener(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as error:
        raise OSError(f"cannot serve on {host} port {port}: {getattr(error, 'strerror', None) or error}") from None


def _config(app: Web | str) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=CONNECTION_PATIENCE,
    )
