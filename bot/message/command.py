"""What the slash command is called here, in texts that call it /compare. Pure."""

import re
from typing import Any

USUAL = "/compare"
AS_A_COMMAND = re.compile(r"(?<![\w/.:-])/compare(?![\w/-])")
SHOWN = ("text", "title", "caption", "alt_text", "label", "accessibility_label")


def renamed(text: str, command: str) -> str:
    """A text that calls the slash command by its name."""
    return text if command == USUAL else AS_A_COMMAND.sub(lambda _: command, text)


def renamed_in(part: Any, command: str) -> Any:
    """Blocks that call the slash command by its name where people read it; what a control says to the bot stays."""
    if command == USUAL:
        return part
    if isinstance(part, list):
        return [renamed_in(each, command) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        key: renamed(value, command) if key in SHOWN and isinstance(value, str) else renamed_in(value, command)
        for key, value in part.items()
    }
