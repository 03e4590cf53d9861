"""Who opened the Home tab, used a shortcut or clicked there, and through which installation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.asked import clicking_workspace, installed_in

AT_HOME = ("event_callback", "message_action", "shortcut")
"""What reaches us from members of the installing workspace, or else says whom it is from; clicks do not."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at one of the bot's own places."""

    client: AsyncWebClient = field(repr=False)
    user: str
    workspace: str  # of the installation
    actor_workspace: str | None  # of the person; None when Slack does not say

    @property
    def is_member(self) -> bool:
        """Whether the person belongs to the workspace that installed the app."""
        return self.actor_workspace == self.workspace


def visitor_of(body: Mapping[str, Any], context: AsyncBoltContext) -> Visitor:
    """Read an interaction or an event."""
    if context.client is None:
        raise RuntimeError("Bolt made no client for this request")
    person = body.get("user") if isinstance(body.get("user"), dict) else {"id": body.get("event", {}).get("user", "")}
    actor = None if body.get("type") == "event_callback" else clicking_workspace(body, context)
    if actor is None and body.get("type") in AT_HOME:
        actor = context.actor_enterprise_id if context.is_enterprise_install else context.actor_team_id
    return Visitor(context.client, str((person or {}).get("id", "")), installed_in(context), actor)
