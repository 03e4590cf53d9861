"""What people do at the bot's own places: its Home tab, its settings modal, its shortcuts. As Slack sends it."""

import itertools
import json
from typing import Any
from urllib.parse import urlencode

from tests.slack.client import Answer, Json, Slack
from tests.slack.standin import Installation

_numbers = itertools.count(1)
DIRECT = "D1"


async def interact(slack: Slack, payload: Json) -> Answer:
    """Send an interaction."""
    return await slack.post(urlencode({"payload": json.dumps(payload)}))


def person(user: str, team: str, **more: Any) -> Json:
    """Return what every interaction says about who and where."""
    return {
        "user": {"id": user, "name": user.lower(), "team_id": team},
        "team": {"id": "T1", "domain": "t1"},
        "api_app_id": "A1",
        "token": "deprecated",
        "trigger_id": f"trigger.{next(_numbers)}.place",
        "is_enterprise_install": False,
    } | more


async def open_home(
    slack: Slack, bot: Installation, user: str = "U1", tab: str = "home", foreign_team: str | None = None
) -> Answer:
    """Open the Home tab; somebody of another organisation can do that where a channel is shared."""
    event = {"type": "app_home_opened", "user": user, "channel": DIRECT, "tab": tab, "event_ts": "1764000000.000001"}
    if foreign_team is None:
        return await slack.event(event, bot)
    return await slack.event(event | {"user_team": foreign_team}, bot, is_ext_shared_channel=True)


async def press(slack: Slack, action: str, user: str = "U1", team: str = "T1", value: str = "") -> Answer:
    """Press a button on the Home tab."""
    view = {"id": "V1", "type": "home", "private_metadata": DIRECT, "callback_id": "home"}
    button = {"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1764000000.1"}
    container = {"type": "view", "view_id": "V1"}
    payload = person(user, team, type="block_actions", view=view, container=container, actions=[button])
    return await interact(slack, payload)


async def submit(
    slack: Slack, callback: str, values: dict[str, Json], user: str = "U1", team: str = "T1", more: Json | None = None
) -> Answer:
    """Submit a modal; `values` has what each field's element says."""
    state = {"values": {name: {name: element} for name, element in values.items()}}
    view = {"id": "V2", "type": "modal", "callback_id": callback, "private_metadata": DIRECT, "state": state}
    return await interact(slack, person(user, team, type="view_submission", view=view, response_urls=[]) | (more or {}))


async def type_ahead(slack: Slack, field: str, typed: str) -> Answer:
    """Type into a menu of a modal."""
    view = {"id": "V2", "type": "modal"}
    return await interact(
        slack, person("U1", "T1", type="block_suggestion", view=view, action_id=field, block_id=field, value=typed)
    )


async def use_message_shortcut(
    slack: Slack,
    callback: str,
    channel: str,
    message: Json,
    user: str = "U1",
    team: str = "T1",
    more: Json | None = None,
) -> Answer:
    """Use a shortcut on a message."""
    said = {"type": "message", "user": "U9", "ts": "1764000000.000200"} | message
    payload = person(
        user,
        team,
        type="message_action",
        callback_id=callback,
        channel={"id": channel, "name": "general"},
        message=said,
        message_ts=said["ts"],
        response_url=slack.standin.response_url(channel, user),
    )
    return await interact(slack, payload | (more or {}))


async def use_global_shortcut(slack: Slack, callback: str, user: str = "U1", team: str = "T1") -> Answer:
    """Use a shortcut from anywhere."""
    return await interact(slack, person(user, team, type="shortcut", callback_id=callback, action_ts="1764000000.1"))


def chosen(*values: str) -> Json:
    """Return what a menu of several says."""
    return {"selected_options": [{"text": {"type": "plain_text", "text": each}, "value": each} for each in values]}


def picked(value: str) -> Json:
    """Return what a menu of one says."""
    return {"selected_option": {"text": {"type": "plain_text", "text": value}, "value": value}}
