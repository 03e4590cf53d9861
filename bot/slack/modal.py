"""The compare modal: opening it, and answering what was filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.message.compare_modal import MODELS, REQUESTS, SIZE, VOLUME, Filled, compare_view, read_filled
from bot.message.elements import Choice
from bot.reply import Reply
from bot.slack.asked import Asked, clicking_workspace, installed_in
from bot.slack.delivery import Refused, Unconfirmed, call
from bot.slack.logs import LOGGER
from bot.slack.scopes import granted

NOT_AN_AMOUNT = "I cannot use this amount. Try one like {example}"
UNKNOWN_MODEL = "One of these is no longer in my price data. Please choose again."


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


def asked_by_modal(body: Mapping[str, Any], context: AsyncBoltContext) -> tuple[Asked, Filled]:
    """Read a filled-in modal: what it asks, and what is wrong with its fields."""
    view, user = body.get("view") or {}, str((body.get("user") or {}).get("id", ""))
    filled = read_filled((view.get("state") or {}).get("values") or {})
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


def errors_of(filled: Filled, answered: Reply) -> dict[str, str]:
    """What the fields should say where their words cannot be used, by field."""
    errors = {}
    for problem in answered.question.problems:
        if problem.kind != "bad_amount":
            errors[MODELS] = UNKNOWN_MODEL
        elif filled.has_requests:
            errors[SIZE] = NOT_AN_AMOUNT.format(example="2k in, 500 out")
        else:
            errors[VOLUME] = NOT_AN_AMOUNT.format(example="100M, or 30M in, 5M out")
    if filled.has_volume and not errors and not answered.question.said.has_volume:
        field, example = (REQUESTS, "10k a day") if filled.has_requests else (VOLUME, "100M, or 30M in, 5M out")
        errors[field] = NOT_AN_AMOUNT.format(example=example)
    return errors
