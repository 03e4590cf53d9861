"""What Slack takes as an app manifest (schema version 2), as far as this bot uses it. By Slack's manifest-schema."""

from typing import Any

Schema = dict[str, Any]


def _text(longest: int, shortest: int = 1, pattern: str | None = None) -> Schema:
    made: Schema = {"type": "string", "minLength": shortest, "maxLength": longest}
    return made | ({"pattern": pattern} if pattern else {})


def _list(items: Schema, most: int, **more: Any) -> Schema:
    return {"type": "array", "items": items, "maxItems": most} | more


def _object(must: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(must),
        "additionalProperties": False,
    }


YES_OR_NO: Schema = {"type": "boolean"}
ADDRESS = _text(3000, pattern="^https://")
SCOPES = _list(_text(50, pattern=r"^[a-z_.]+(:[a-z_.]+)*$"), 255, uniqueItems=True)
PARAMETERS = _object(
    ("properties",),
    properties={
        "type": "object",
        "maxProperties": 20,
        "additionalProperties": _object(
            ("type",),
            type={"enum": ["string", "integer", "number", "boolean", "object", "array"]},
            title=_text(255),
            description=_text(255),
            hint=_text(255),
            is_required=YES_OR_NO,
            is_hidden=YES_OR_NO,
        ),
    },
    required=_list({"type": "string"}, 20),
)
MANIFEST = _object(
    ("display_information",),
    _metadata=_object(major_version={"type": "integer"}, minor_version={"type": "integer"}),
    display_information=_object(
        ("name",),
        name=_text(35),
        description=_text(140),
        long_description=_text(4000, 175),
        background_color=_text(7, 4),
    ),
    features=_object(
        app_home=_object(
            home_tab_enabled=YES_OR_NO, messages_tab_enabled=YES_OR_NO, messages_tab_read_only_enabled=YES_OR_NO
        ),
        bot_user=_object(("display_name",), display_name=_text(80), always_online=YES_OR_NO),
        agent_view=_object(
            agent_description=_text(300),
            suggested_prompts=_list(_object(("title", "message"), title=_text(75), message=_text(3000)), 4),
        ),
        slash_commands=_list(
            _object(
                ("command", "description"),
                command=_text(32, 2, "^/"),
                url=ADDRESS,
                description=_text(2000),
                usage_hint=_text(1000),
                should_escape=YES_OR_NO,
            ),
            50,
            minItems=1,
        ),
        shortcuts=_list(
            _object(
                ("name", "type", "callback_id", "description"),
                name=_text(24),
                type={"enum": ["message", "global"]},
                callback_id=_text(255),
                description=_text(150),
            ),
            10,
            minItems=1,
        ),
    ),
    oauth_config=_object(
        redirect_urls=_list(_text(2500), 1000, uniqueItems=True), scopes=_object(bot=SCOPES, bot_optional=SCOPES)
    ),
    settings=_object(
        event_subscriptions=_object(request_url=ADDRESS, bot_events=_list(_text(50), 100, uniqueItems=True)),
        interactivity=_object(
            ("is_enabled",), is_enabled=YES_OR_NO, request_url=ADDRESS, message_menu_options_url=ADDRESS
        ),
        org_deploy_enabled=YES_OR_NO,
        socket_mode_enabled=YES_OR_NO,
        token_rotation_enabled=YES_OR_NO,
        function_runtime={"enum": ["remote"]},
    ),
    functions={
        "type": "object",
        "maxProperties": 50,
        "propertyNames": {"maxLength": 100},
        "additionalProperties": _object(
            ("title", "description", "input_parameters", "output_parameters"),
            title=_text(255),
            description=_text(255),
            input_parameters=PARAMETERS,
            output_parameters=PARAMETERS,
        ),
    },
)
"""A whole manifest."""

EVENTS_NEED = {"app_mention": "app_mentions:read", "message.im": "im:history"}
"""Which scope an event needs; the schema does not know."""
