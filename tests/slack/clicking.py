"""What people do with the bot's messages: find a control, click it, choose from a menu, fill in the modal."""

import itertools
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from tests.slack.client import Answer, Json
from tests.slack.conftest import Office
from tests.slack.standin import Posted

_numbers = itertools.count(1)


def controls(posted: Posted) -> dict[str, Json]:
    """Return the controls of a message, by action."""
    return {element["action_id"]: element | {"block_id": block["block_id"]} for block, element in _elements(posted)}


def labels(posted: Posted) -> list[str]:
    """Return what stands on the buttons of a message."""
    return [element["text"]["text"] for _, element in _elements(posted) if element["type"] == "button"]


def labelled(posted: Posted, label: str) -> str:
    """Return the action of the button with this label."""
    return next(
        str(element["action_id"])
        for _, element in _elements(posted)
        if element["type"] == "button" and element["text"]["text"] == label
    )


def changes(posted: Posted) -> str:
    """Return the line that says who changed what."""
    return next((line for line in _history(posted) if line.startswith("Changed by")), "")


def shared_by(posted: Posted) -> str:
    """Return the line that says who showed a message to everybody."""
    return next((line for line in _history(posted) if line.startswith("Shared by")), "")


async def click(
    office: Office,
    posted: Posted,
    action: str,
    chosen: str | None = None,
    user: str = "U1",
    team: str = "T1",
    **more: Any,
) -> Answer:
    """Click a control of a message, or choose a value from its menu."""
    return await interact(office, click_payload(office, posted, action, chosen, user, team) | more)


def click_payload(
    office: Office, posted: Posted, action: str, chosen: str | None = None, user: str = "U1", team: str = "T1"
) -> Json:
    """Return a click as Slack sends it."""
    control = controls(posted)[action]
    done: Json = {"type": control["type"], "action_id": action, "block_id": control["block_id"], "action_ts": "1.0"}
    if control["type"] == "external_select":
        done["selected_option"] = {"text": {"type": "plain_text", "text": chosen}, "value": chosen}
    elif control["type"] == "static_select":
        done["selected_option"] = next(each for each in control["options"] if chosen in each["text"]["text"])
    elif control["type"] == "feedback_buttons":
        done["value"] = control[chosen or "positive_button"]["value"]
    else:
        done |= {"text": control["text"], "value": control.get("value", "")}
    container: Json = {
        "type": "message",
        "message_ts": posted.ts,
        "channel_id": posted.channel,
        "is_ephemeral": posted.only_for is not None,
    }
    if posted.thread_ts:
        container["thread_ts"] = posted.thread_ts
    return _person("block_actions", user, team) | {
        "container": container,
        "channel": {"id": posted.channel, "name": "general"},
        "actions": [done],
        "response_url": office.standin.response_url(posted.channel, user, message=posted),
    }


async def type_into(office: Office, action: str, typed: str) -> list[Json]:
    """Type into a menu with type-ahead and return the options."""
    payload = _person("block_suggestion", "U1", "T1") | {"action_id": action, "block_id": "b", "value": typed}
    answer = await interact(office, payload)
    assert answer.status == 200
    options: list[Json] = answer.json["options"]
    return options


async def submit(office: Office, channel: str | None, models: list[str], user: str = "U1", **fields: str) -> Answer:
    """Fill in the compare modal and submit it; menus take the value of their option."""
    values: Json = {"models": {"models": {"selected_options": [{"value": each} for each in models]}}}
    for name, value in fields.items():
        is_menu = name in ("split", "caching", "tier")
        values[name] = {name: {"selected_option": {"value": value}} if is_menu else {"value": value}}
    values["where"] = {"where": {"selected_conversation": channel}}
    view = {"id": f"V{next(_numbers)}", "type": "modal", "callback_id": "compare", "state": {"values": values}}
    urls = [{"channel_id": channel, "response_url": office.standin.response_url(channel, user)}] if channel else []
    return await interact(office, _person("view_submission", user, "T1") | {"view": view, "response_urls": urls})


async def interact(office: Office, payload: Json) -> Answer:
    """Send an interaction."""
    return await office.slack.post(urlencode({"payload": json.dumps(payload)}))


def _person(kind: str, user: str, team: str) -> Json:
    return {
        "type": kind,
        "user": {"id": user, "name": user.lower(), "username": user.lower(), "team_id": team},
        "team": {"id": "T1", "domain": "t1"},
        "api_app_id": "A1",
        "token": "deprecated",
        "trigger_id": f"trigger.{next(_numbers)}.click",
        "is_enterprise_install": False,
    }


def _history(posted: Posted) -> list[str]:
    return [each["text"] for block in posted.blocks if block["type"] == "context" for each in block["elements"]]


def _elements(posted: Posted) -> Iterator[tuple[Json, Json]]:
    for block in posted.blocks:
        if block["type"] in ("actions", "context_actions"):
            for element in block["elements"]:
                yield block, element
