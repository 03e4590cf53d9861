"""Checks what the bot stands on, one line each: configuration, catalog, state store and, if asked, Slack."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.catalog_file import CatalogFile
from bot.question.thread import Thread
from bot.reply import reply
from bot.settings import BadSettings, Settings, load_settings
from bot.slack.desk import SAMPLE
from bot.state import State

SECONDS_FOR_SLACK = 10


def run_doctor(*, live: bool = False) -> int:
    """Print one line per check and return the exit status: 1 when any fails."""
    return asyncio.run(_doctor(live))


async def _doctor(live: bool) -> int:
    try:
        settings = load_settings()
    except BadSettings as error:
        print(f"FAIL  configuration: {error}")
        return 1
    checks: dict[str, Callable[[Settings], Awaitable[str]]] = {
        "configuration": _configuration,
        "catalog": _catalog,
        "state store": _state,
    }
    if live:
        checks |= {"Slack": _slack, "Slack's opinion of a message": _blocks}
    has_failed = False
    for name, check in checks.items():
        try:
            print(f"ok    {name}: {await check(settings)}")
        except (OSError, ValueError) as error:
            has_failed = True
            print(f"FAIL  {name}: {' '.join(str(error).split())}")
    return 1 if has_failed else 0


async def _configuration(settings: Settings) -> str:
    ways = []
    refusals = []
    for name, is_socket in (("HTTP", False), ("Socket Mode", True)):
        try:
            settings.checked(socket=is_socket)
            ways.append(name)
        except BadSettings as error:
            refusals.append(error)
    if not ways:
        raise refusals[0]
    return f"{'one workspace' if settings.is_one_workspace else 'many workspaces'}, over {' or '.join(ways)}"


async def _catalog(settings: Settings) -> str:
    file = CatalogFile(settings.catalog, settings.dropped_sources)
    catalog = await asyncio.to_thread(file.current)
    return f"{file.path} has {len(catalog.offerings):,} offerings of {len(catalog.models):,} models"


async def _state(settings: Settings) -> str:
    state = await State.open(settings.state_url, keys=settings.encryption_keys)
    try:
        await state.ping()
        return "it answers, and its schema is up to date"
    finally:
        await state.close()


async def _slack(settings: Settings) -> str:
    if settings.bot_token is None:
        await _call(settings, "api.test", None)
        return f"{settings.api_url} answers"
    who = await _call(settings, "auth.test", settings.bot_token.get_secret_value())
    return f"{settings.api_url} knows us as {who.get('user')} in {who.get('team')}"


async def _blocks(settings: Settings) -> str:
    catalog = await asyncio.to_thread(CatalogFile(settings.catalog).current)
    blocks = reply(SAMPLE, Thread(), catalog, datetime.now(UTC).date()).message.blocks
    token = settings.bot_token.get_secret_value() if settings.bot_token is not None else None
    await _call(settings, "blocks.validate", token, blocks=blocks)
    return f"it takes the {len(blocks)} blocks of {SAMPLE}"


async def _call(settings: Settings, method: str, token: str | None, **body: object) -> dict[str, object]:
    """Call Slack; raise OSError with one line when it refuses or cannot be reached."""
    client = AsyncWebClient(token=token, base_url=settings.api_url, timeout=SECONDS_FOR_SLACK, retry_handlers=[])
    try:
        response = await client.api_call(method, json=body)
    except SlackApiError as error:
        reason = error.response.get("error") if isinstance(error.response.data, dict) else error.response.status_code
        raise OSError(f"{method} was refused: {reason}") from None
    except (aiohttp.ClientError, TimeoutError) as error:
        raise OSError(f"{settings.api_url} cannot be reached ({type(error).__name__})") from None
    return response.data if isinstance(response.data, dict) else {}
