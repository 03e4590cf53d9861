"""Opens the compare modal."""

from collections.abc import Iterable

from slack_sdk.web.async_client import AsyncWebClient

from bot.message.compare_modal import compare_view
from bot.message.elements import Choice
from bot.slack.delivery import Refused, Unconfirmed, call
from bot.slack.logs import LOGGER


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
