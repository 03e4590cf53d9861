"""Who opened the Home tab, used a shortcut or clicked there, and through which installation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.asked import installed_in


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
    """Read an interaction or an event; a person's own workspace outweighs the one where it happened."""
    if context.client is None:
        raise RuntimeError("Bolt made no client for this request")
    told = body.get("user")
    person: Mapping[str, Any] = told if isinstance(told, dict) else {"id": body.get("event", {}).get("user", "")}
    home = context.actor_enterprise_id if context.is_enterprise_install else person.get("team_id")
    return Visitor(
        client=context.client,
        user=str(person.get("id", "")),
        workspace=installed_in(context),
        actor_workspace=home or context.actor_team_id,
    )
