"""What goes into the log: one line per event, without any message's text and without tokens."""

import json
import logging
import re
import secrets
import sys
import traceback
from typing import Literal

LOGGER = logging.getLogger("comparebot")
SECRET = re.compile(r"\b(?:xox[a-z]|xapp|xoxe\.xox[bp])-[\w-]+")
QUIET = {
    "slack_bolt": logging.ERROR,
    "slack_sdk": logging.ERROR,
    "aiohttp": logging.ERROR,
    "uvicorn": logging.WARNING,
    "alembic": logging.WARNING,
}


class TextLine(logging.Formatter):
    """Time, level and message on one line; tokens blotted out."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03d"

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of text."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {_one_line(record)}"
        return SECRET.sub("(token)", line)


class JsonLine(logging.Formatter):
    """The same as one JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": _one_line(record),
        }
        return SECRET.sub("(token)", json.dumps(line))


def set_up_logging(style: Literal["text", "json"]) -> None:
    """Send all log lines to standard error in the given style; libraries speak up only for trouble."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if style == "json" else TextLine())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    quieten_libraries()


def quieten_libraries() -> None:
    """Keep Bolt, the SDK and the server from logging bodies: Bolt logs a forged request whole at INFO.

    Bolt sets the level of each of its loggers from the root's when it makes them, so this comes after the app is made.
    """
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
    for name in list(logging.root.manager.loggerDict):
        top = name.partition(".")[0]
        if top in QUIET:
            logging.getLogger(name).setLevel(QUIET[top])


def new_reference() -> str:
    """Return a short id that a person can read out and an operator can search the log for."""
    return secrets.token_hex(4)


def where(error: BaseException) -> str:
    """Return the kind of an error and the place it was raised; never its text, which may quote what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames[-4:]))
    return f"{type(error).__name__} at {places or 'an unknown place'}"


def _one_line(record: logging.LogRecord) -> str:
    message = record.getMessage().replace("\r", " ").replace("\n", " | ")
    if record.exc_info and record.exc_info[1] is not None:
        message += f" ({where(record.exc_info[1])})"
    return message
