"""The compare modal: opening it, and answering what was filled in."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.message.compare_modal import Filled, compare_view, read_filled
from bot.message.elements import Choice
from bot.slack.asked import Asked, clicking_workspace, installed_in
from bot.slack.delivery import Refused, Unconfirmed, call
from bot.slack.logs import LOGGER
from bot.slack.scopes import granted


async def open_compare_modal(
    client: AsyncWebClient, trigger_id: str, channel: str | None, models: Iterable[Choice] = ()
) -> bool:
    """Open the modal; False where Slack does not, as with a trigger that has expired.

    `channel` is where it was asked for, if anywhere; `models` (name and offering id) are chosen already.
    """
    try:
        await call(client, "views.open", {"trigger_id": trigger_id, "view": compare_view(models, channel or "")})
    except (Refused, Unconfirmed) as refusal:
        LOGGER.info("the compare modal did not open: reason=%s", refusal)
        return False
    return True


def asked_by_modal(body: Mapping[str, Any], context: AsyncBoltContext, known: Container[str]) -> tuple[Asked, Filled]:
    """Read a filled-in modal: what it asks, and what is wrong with its fields; `known` are the ids of offerings."""
    view, user = body.get("view") or {}, str((body.get("user") or {}).get("id", ""))
    filled = read_filled((view.get("state") or {}).get("values") or {}, known)
    urls = {str(each.get("channel_id")): each.get("response_url") for each in body.get("response_urls") or ()}
    asked = Asked(
        surface="modal",
        key=f"modal:{view.get('id')}",
        workspace=installed_in(context),
        actor_workspace=clicking_workspace(body, context),
        user=user,
        channel=filled.channel or user,
        text=filled.text,
        response_url=urls.get(filled.channel or "") or None,
        scopes=granted(context),
    )
    return (asked if filled.channel else replace(asked, surface="direct")), filled
