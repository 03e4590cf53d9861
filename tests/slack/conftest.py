"""A running bot over real HTTP, with a stand-in for Slack on the other side."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import aiohttp
import pytest
import uvicorn
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.catalog_file import CatalogFile
from bot.settings import Settings
from bot.slack.edge import Edge
from bot.slack.web import Web
from bot.state import State, utc_now
from tests.postgres import Postgres, postgres
from tests.slack.client import SIGNING_SECRET, Slack
from tests.slack.standin import Installation, StandIn

__all__ = ["ON_BOTH", "Office", "Open", "postgres"]

ON_BOTH = pytest.mark.parametrize("state_url", ["sqlite", "postgresql"], indirect=True)


@dataclass(frozen=True, slots=True)
class Office:
    """A running bot, the Slack it talks to, and its installation in workspace T1."""

    slack: Slack
    standin: StandIn
    edge: Edge
    bot: Installation

    async def settle(self) -> None:
        """Wait until the bot has finished everything."""
        await self.edge.tasks.idle()


class Open(Protocol):
    """Opens an office with these settings on top of the usual, and a clock or catalog of its own."""

    def __call__(
        self, now: Callable[[], datetime] = utc_now, own_catalog: CatalogFile | None = None, **settings: object
    ) -> AbstractAsyncContextManager[Office]: ...


@pytest.fixture(scope="session")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> CatalogFile:
    """The real catalog, built and read once."""
    file = CatalogFile(tmp_path_factory.mktemp("catalog") / "catalog.sqlite")
    file.current()
    return file


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    """Slack, on loopback."""
    async with StandIn().running() as running:
        yield running


@pytest.fixture(scope="session")
def empty_state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with our tables: making them anew for every test would take longer than most tests."""
    file = tmp_path_factory.mktemp("state") / "state.sqlite"

    async def make() -> None:
        await (await State.open(f"sqlite+aiosqlite:///{file}")).close()

    asyncio.run(make())
    return file


@pytest.fixture
def state_url(request: pytest.FixtureRequest, tmp_path: Path, empty_state: Path) -> str:
    """Where the state is: a SQLite file, or with ON_BOTH a PostgreSQL database in turn."""
    if getattr(request, "param", "sqlite") == "sqlite":
        shutil.copy(empty_state, tmp_path / "state.sqlite")
        return f"sqlite+aiosqlite:///{tmp_path / 'state.sqlite'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def open_office(standin: StandIn, catalog: CatalogFile, state_url: str, no_settings: None) -> Open:
    """Open an office whose bot serves workspace T1, or many workspaces with `bot_token=None`."""
    bot = standin.install("T1")
    usual: dict[str, object] = {
        "signing_secret": SecretStr(SIGNING_SECRET),
        "bot_token": SecretStr(bot.token),
        "client_id": "1.2",
        "client_secret": SecretStr("not-a-secret"),
        "encryption_key": SecretStr(Fernet.generate_key().decode()),
        "api_url": f"{standin.url}/api/",
        "catalog": catalog.path,
        "stated_state_url": SecretStr(state_url),
    }

    @asynccontextmanager
    async def office(
        now: Callable[[], datetime] = utc_now, own_catalog: CatalogFile | None = None, **settings: object
    ) -> AsyncIterator[Office]:
        edge = await Edge.start(Settings.model_validate(usual | settings), now=now, catalog=own_catalog or catalog)
        try:
            async with served(Web(edge)) as url, aiohttp.ClientSession() as session:
                yield Office(Slack(session, standin, url), standin, edge, bot)
        finally:
            await edge.close(5)

    return office


@pytest.fixture
async def office(open_office: Open) -> AsyncIterator[Office]:
    """The usual office: one workspace."""
    async with open_office() as opened:
        yield opened


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the machine that the tests run on."""
    for name in (
        "SLACK_SIGNING_SECRET",
        "SLACK_BOT_TOKEN",
        "SLACK_CLIENT_ID",
        "SLACK_CLIENT_SECRET",
        "SLACK_APP_TOKEN",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@asynccontextmanager
async def served(app: Web) -> AsyncIterator[str]:
    """Serve an app under uvicorn on a free port and give its address; without uvicorn's pauses at the end."""
    config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        await server.startup(sockets=[listener])
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            for listening in server.servers:
                listening.close()
            for connection in list(server.server_state.connections):
                connection.shutdown()
