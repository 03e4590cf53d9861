"""The Slack app manifest: what Slack must be told about this app, with the least scopes it needs."""

from typing import Any
from urllib.parse import urlsplit

from bot.settings import BadSettings

NAME = "comparebot"
NEEDED_SCOPES = ("app_mentions:read", "chat:write", "commands", "im:history")
OPTIONAL_SCOPES = ("assistant:write", "files:write")
BOT_SCOPES = (*NEEDED_SCOPES, *OPTIONAL_SCOPES)  # Slack wants the optional ones in both lists
BOT_EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")
ESTIMATE, COMPARE_SHORTCUT, STEP = "estimate_message", "compare_models_form", "compare_models"
PROMPTS = (
    ("Compare two models", "compare gpt-4.1-mini and gpt-5.4"),
    ("Which is cheaper for my volume?", "which is cheaper at 100M tokens a month: gpt-5.4 or claude-sonnet-5?"),
    ("Find a model", "cheapest model with 1M context and vision"),
    ("What is it good at?", "which should I use for summarization, gpt-4.1-mini or gpt-5.4?"),
)
SHORTCUTS = [
    {
        "name": "What would this cost?",
        "type": "message",
        "callback_id": ESTIMATE,
        "description": "Counts the tokens of a message and says what they cost as input",
    },
    {
        "name": "Compare models",
        "type": "global",
        "callback_id": COMPARE_SHORTCUT,
        "description": "Opens a form to compare language models",
    },
]
WORKFLOW_STEP = {
    "title": "Compare models",
    "description": "Compares language models on price and what they can do",
    "input_parameters": {
        "properties": {
            "models": {
                "type": "string",
                "title": "Models",
                "description": "Two to six names, separated by commas: gpt-4.1-mini, gpt-5.4",
                "is_required": True,
            },
            "usage": {
                "type": "string",
                "title": "Usage",
                "description": "For example: 100M tokens a month, 80% input, on batch",
                "is_required": False,
            },
        },
        "required": ["models"],
    },
    "output_parameters": {
        "properties": {
            "verdict": {"type": "string", "title": "Verdict", "description": "The answer in one sentence"},
            "winner": {"type": "string", "title": "Winner", "description": "The model that wins, or: none"},
            "costs": {"type": "string", "title": "Costs", "description": "A line for each model and volume"},
        },
        "required": ["verdict", "winner", "costs"],
    },
}
EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"


def manifest(
    socket: bool, url: str | None = None, command: str = "/compare", *, workflow: bool = False
) -> dict[str, Any]:
    """Return the manifest for Socket Mode, or for HTTP at `url` (https://HOST); without a URL it is Socket Mode.

    `workflow` adds the workflow step, for which Slack wants the app installed for a whole organisation.
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
    oauth: dict[str, Any] = {"scopes": {"bot": list(BOT_SCOPES), "bot_optional": list(OPTIONAL_SCOPES)}}
    if host is not None:
        slash_command["url"] = events["request_url"] = interactivity["request_url"] = host + EVENTS_PATH
        interactivity["message_menu_options_url"] = host + EVENTS_PATH
        oauth["redirect_urls"] = [host + REDIRECT_PATH]
    made: dict[str, Any] = {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": NAME,
            "description": "Compares language models on real prices, limits and benchmarks; every number has a source",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "agent_view": {
                "agent_description": "Ask what language models cost and can do; every number has a source.",
                "suggested_prompts": [{"title": title, "message": message} for title, message in PROMPTS],
            },
            "slash_commands": [slash_command],
            "shortcuts": SHORTCUTS,
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
    if workflow:
        events["bot_events"].append("function_executed")
        made["settings"] |= {"org_deploy_enabled": True, "function_runtime": "remote"}
        made["functions"] = {STEP: WORKFLOW_STEP}
    return made


def _public_host(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or parts.path not in ("", "/"):
        raise BadSettings(f"--url: {url!r} is not of the form https://HOST, which Slack asks for")
    return f"https://{parts.netloc}"
