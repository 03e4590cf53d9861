"""What a person asked the bot, whichever way it came: by slash command, mention or direct message."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack.scopes import AGENT, granted

Surface: TypeAlias = Literal["command", "mention", "direct", "modal", "click"]

PEOPLES_SUBTYPES = frozenset({None, "file_share", "thread_broadcast"})
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Asked:
    """One message of one person to the bot."""

    surface: Surface
    key: str  # the same for the same message, however often and through whichever installation it is delivered
    workspace: str  # of the installation that answers: its team id, or enterprise id when installed org-wide
    actor_workspace: str | None  # of the person who asks; None when Slack does not say
    user: str
    channel: str
    text: str = field(repr=False)
    ts: str | None = None  # of the message, or of the one clicked on; commands and what one person alone sees have none
    thread_ts: str | None = None  # of the thread the message stands in, if it stands in one
    response_url: str | None = field(default=None, repr=False)
    scopes: frozenset[str] = frozenset()  # of the installation, as far as they are known
    is_public: bool = False  # whether the channel is known to be open to every member of the workspace

    @property
    def root(self) -> str | None:
        """The first message of the thread that the answer belongs to; None where the answer starts no thread.

        No event says whether a direct message was written in the agent view, where every message begins a thread and
        an answer outside of it is missed. Whoever granted the scope of agents has that view.
        """
        begins = self.surface in ("mention", "click") or (self.surface == "direct" and AGENT in self.scopes)
        return self.thread_ts or (self.ts if begins else None)

    @property
    def conversation(self) -> tuple[str, str]:
        """What must take turns: the thread, or else this person in this channel."""
        place = self.thread_ts if self.surface == "direct" else self.root
        return (self.channel, place or self.user)

    def once_per(self, what: str, key: str) -> "Asked":
        """The same, so that each person does it once per key."""
        return replace(self, key=f"{what}:{key}:{self.user}")


def asked_by_command(body: Mapping[str, Any], context: AsyncBoltContext) -> Asked:
    """Read a slash command; whatever the command is called, the question starts with /compare."""
    text = str(body.get("text") or "").strip()
    return Asked(
        surface="command",
        key=f"command:{body.get('trigger_id') or uuid.uuid4()}",
        workspace=installed_in(context),
        actor_workspace=_actor_workspace(context),
        user=str(body.get("user_id", "")),
        channel=str(body.get("channel_id", "")),
        text=f"/compare {text}" if text else "/compare",
        response_url=body.get("response_url") or None,
        scopes=granted(context),
        is_public=_is_public(body),
    )


def asked_by_event(body: Mapping[str, Any], context: AsyncBoltContext) -> Asked | None:
    """Read a mention or a direct message; None when the event is no question of a person to the bot."""
    event: Mapping[str, Any] = body["event"]
    surface = _surface(event)
    user, channel, ts = event.get("user"), event.get("channel"), event.get("ts")
    if surface is None or not (isinstance(user, str) and isinstance(channel, str) and isinstance(ts, str)):
        return None
    if event.get("bot_id") or event.get("hidden") or event.get("subtype") not in PEOPLES_SUBTYPES or "edited" in event:
        return None
    return Asked(
        surface=surface,
        key=f"message:{channel}:{ts}",
        workspace=installed_in(context),
        actor_workspace=_sender_workspace(event, context),
        user=user,
        channel=channel,
        text=str(event.get("text") or ""),
        ts=ts,
        thread_ts=event.get("thread_ts") or None,
        scopes=granted(context),
    )


def mentioned_users(text: str) -> list[str]:
    """Return the ids of the users mentioned in an escaped text, in order."""
    return MENTION.findall(text)


def installed_in(context: AsyncBoltContext) -> str:
    """Return the workspace of the installation that a request belongs to."""
    if context.is_enterprise_install and context.enterprise_id:
        return context.enterprise_id
    authorized = context.authorize_result
    return (authorized.team_id if authorized is not None else None) or context.team_id or context.enterprise_id or ""


def _surface(event: Mapping[str, Any]) -> Surface | None:
    if event.get("type") == "app_mention":
        return "mention"
    if event.get("type") == "message" and event.get("channel_type") == "im":
        return "direct"
    return None


def _is_public(body: Mapping[str, Any]) -> bool:
    """Whether a command comes from a public channel: Slack gives only those their own name."""
    name = str(body.get("channel_name", ""))
    is_hidden = name in ("", "privategroup", "directmessage") or name.startswith("mpdm-")
    return str(body.get("channel_id", "")).startswith("C") and not is_hidden


def _actor_workspace(context: AsyncBoltContext) -> str | None:
    return context.actor_enterprise_id if context.is_enterprise_install else context.actor_team_id


def clicking_workspace(body: Mapping[str, Any], context: AsyncBoltContext) -> str | None:
    """Return the workspace of the person who clicks or submits; None when Slack does not say.

    What Bolt takes for it is the workspace that the message or view belongs to, which in a shared channel is another.
    """
    home = (body.get("user") or {}).get("team_id") or None
    if context.is_enterprise_install:
        return context.actor_enterprise_id if home and home == (body.get("team") or {}).get("id") else None
    return home if isinstance(home, str) else None


def _sender_workspace(event: Mapping[str, Any], context: AsyncBoltContext) -> str | None:
    """Return the sender's workspace; what the event itself says about a foreign sender outweighs the envelope."""
    home = installed_in(context)
    if not context.is_enterprise_install:
        for name in ("user_team", "source_team", "team"):
            stated = event.get(name)
            if isinstance(stated, str) and stated != home:
                return stated if stated.startswith("T") else None
    return _actor_workspace(context)
