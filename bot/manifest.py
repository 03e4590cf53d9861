"""The Slack app manifest: what Slack must be told about this app, with the least scopes it needs."""

from typing import Any
from urllib.parse import urlsplit

from bot.settings import BadSettings

NAME = "comparebot"
BOT_SCOPES = ("app_mentions:read", "chat:write", "commands", "im:history")
BOT_EVENTS = ("app_mention", "app_uninstalled", "message.im", "tokens_revoked")
EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"


def manifest(socket: bool, url: str | None = None, command: str = "/compare") -> dict[str, Any]:
    """Return the manifest for Socket Mode, or for HTTP at `url` (https://HOST); without a URL it is Socket Mode.

    Raises BadSettings when the URL is not one that Slack would call.
    """
    host = None if socket or url is None else _public_host(url)
    events: dict[str, Any] = {"bot_events": list(BOT_EVENTS)}
    interactivity: dict[str, Any] = {"is_enabled": True}
    slash_command: dict[str, Any] = {
        "command": command,
        "description": "Compare what language models cost and can do",
        "usage_hint": "gpt-4.1-mini gpt-5.4 at 100M",
        "should_escape": False,
    }
    oauth: dict[str, Any] = {"scopes": {"bot": list(BOT_SCOPES)}}
    if host is not None:
        slash_command["url"] = events["request_url"] = interactivity["request_url"] = host + EVENTS_PATH
        interactivity["message_menu_options_url"] = host + EVENTS_PATH
        oauth["redirect_urls"] = [host + REDIRECT_PATH]
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": NAME,
            "description": "Compares language models on real prices, limits and benchmarks; every number has a source",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [slash_command],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": host is not None,
            "socket_mode_enabled": host is None,
            "token_rotation_enabled": False,
        },
    }


def _public_host(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or parts.path not in ("", "/"):
        raise BadSettings(f"--url: {url!r} is not of the form https://HOST, which Slack asks for")
    return f"https://{parts.netloc}"
