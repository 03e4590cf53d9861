"""What may be seen by whom where several organisations meet, and which of several bots is spoken to."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.slack.asked import mentioned_users
from bot.slack.delivery import Letter

LONGEST_NOTE = 2_000
MOST_BLOCKS = 50


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another installation of ours in the same channel, and the token to speak with its voice."""

    workspace: str
    token: str = field(repr=False)


FindSibling = Callable[[str], Awaitable[Sibling | None]]  # our installation whose bot user has this id


def is_for(bot_user: str | None, text: str) -> bool:
    """Whether a mention is for this bot user; a text that mentions nobody is for whoever it was delivered to."""
    mentioned = mentioned_users(text)
    return not mentioned or bot_user is None or bot_user in mentioned


async def sibling_mentioned(text: str, find: FindSibling) -> Sibling | None:
    """Return our other installation that a text mentions: Slack may deliver its mention through this one."""
    for user in mentioned_users(text):
        sibling = await find(user)
        if sibling is not None:
            return sibling
    return None


def with_note(letter: Letter, note: str | None) -> Letter:
    """Add the workspace's private note to a letter that only a member of that workspace will see."""
    if not note or len(letter.blocks) >= MOST_BLOCKS:
        return letter
    element = {"type": "plain_text", "text": f"Note of your workspace: {note}"[:LONGEST_NOTE], "emoji": False}
    block: dict[str, Any] = {"type": "context", "elements": [element]}
    return replace(letter, blocks=[*letter.blocks, block])
