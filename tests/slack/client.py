"""Slack's side of the HTTP connection: signs requests as Slack does and sends them to the bot."""

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.slack.standin import Installation, StandIn

SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"

Json = dict[str, Any]
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered to a request."""

    status: int
    body: str

    @property
    def json(self) -> Json:
        """The body as JSON; an empty one as nothing."""
        parsed: Json = json.loads(self.body) if self.body else {}
        return parsed


@dataclass(frozen=True, slots=True)
class Slack:
    """Sends commands, events and clicks of people to the bot at `bot_url`."""

    session: aiohttp.ClientSession
    standin: StandIn
    bot_url: str

    async def post(
        self, body: str | bytes, content_type: str = FORM, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a signed body; `headers` replaces the signature's."""
        raw = body.encode() if isinstance(body, str) else body
        sent = {"Content-Type": content_type} | (signed(raw) if headers is None else dict(headers))
        async with self.session.post(f"{self.bot_url}/slack/events", data=raw, headers=sent) as response:
            return Answer(response.status, await response.text())

    async def get(self, path: str) -> Answer:
        """Fetch a page."""
        async with self.session.get(self.bot_url + path, allow_redirects=False) as response:
            return Answer(response.status, await response.text())

    async def command(self, text: str, channel: str, user: str = "U1", team: str = "T1", **more: str) -> Answer:
        """Type the slash command."""
        return await self.post(urlencode(command_payload(self.standin, text, channel, user, team) | more))

    async def mention(self, text: str, channel: str, bot: Installation, user: str = "U1", **more: Any) -> str:
        """Mention the bot and return the message's time stamp; fails unless the bot takes it."""
        event = message_event(self.standin, f"<@{bot.bot_user}> {text}", channel, user, bot.team)
        event |= {"type": "app_mention"} | more
        answer = await self.event(event, bot)
        assert answer.status == 200, answer
        return str(event["ts"])

    async def direct(self, text: str, channel: str, bot: Installation, user: str = "U1", **more: Any) -> str:
        """Write to the bot directly and return the message's time stamp."""
        event = message_event(self.standin, text, channel, user, bot.team) | {"channel_type": "im"} | more
        answer = await self.event(event, bot)
        assert answer.status == 200, answer
        return str(event["ts"])

    async def event(self, event: Json, bot: Installation, **envelope: Any) -> Answer:
        """Deliver an event through an installation."""
        return await self.post(self.event_body(event, bot, **envelope), JSON)

    def event_body(self, event: Json, bot: Installation, **envelope: Any) -> str:
        """Return an event as Slack's request body."""
        return json.dumps(event_envelope(event, bot) | envelope)


def signed(raw: bytes, at: float | None = None, secret: str = SIGNING_SECRET) -> dict[str, str]:
    """Return the headers that prove that Slack sent this body at this time."""
    timestamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def command_payload(standin: StandIn, text: str, channel: str, user: str = "U1", team: str = "T1") -> dict[str, str]:
    """Return the fields of a slash command."""
    return {
        "token": "deprecated",
        "team_id": team,
        "team_domain": team.lower(),
        "channel_id": channel,
        "channel_name": "general",
        "user_id": user,
        "user_name": user.lower(),
        "command": "/compare",
        "text": text,
        "api_app_id": "A1",
        "is_enterprise_install": "false",
        "response_url": standin.response_url(channel, user),
        "trigger_id": f"trigger.{next(_numbers)}",
    }


def message_event(standin: StandIn, text: str, channel: str, user: str, team: str) -> Json:
    """Return a person's message as an event."""
    return {"type": "message", "user": user, "team": team, "text": text, "channel": channel, "ts": standin.next_ts()}


def event_envelope(event: Json, bot: Installation) -> Json:
    """Return an event as delivered through an installation."""
    return {
        "token": "deprecated",
        "team_id": bot.team,
        "api_app_id": "A1",
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{next(_numbers)}",
        "event_time": int(time.time()),
        "is_ext_shared_channel": False,
        "authorizations": [
            {
                "enterprise_id": bot.enterprise,
                "team_id": bot.team,
                "user_id": bot.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
    }
