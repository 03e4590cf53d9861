"""What an operator deploys: manifests, image, unit and compose file, read by parsers."""

import configparser
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.manifest import BOT_EVENTS, BOT_SCOPES, manifest
from bot.settings import BadSettings

DEPLOY = Path(__file__).parents[2] / "deploy"


def test_the_manifests_in_deploy_are_the_ones_that_the_command_prints() -> None:
    http = manifest(socket=False, url="https://comparebot.example.com")
    assert json.loads((DEPLOY / "manifest.http.json").read_text()) == http
    assert json.loads((DEPLOY / "manifest.socket.json").read_text()) == manifest(socket=True)


def test_the_http_manifest_names_one_address_for_everything() -> None:
    made = manifest(socket=False, url="https://bot.example.com/", command="/llmcost")
    [command] = made["features"]["slash_commands"]
    assert command["command"] == "/llmcost"
    address = "https://bot.example.com/slack/events"
    settings = made["settings"]
    assert command["url"] == settings["event_subscriptions"]["request_url"] == address
    assert settings["interactivity"]["request_url"] == settings["interactivity"]["message_menu_options_url"] == address
    assert made["oauth_config"]["redirect_urls"] == ["https://bot.example.com/slack/oauth_redirect"]
    assert settings["socket_mode_enabled"] is False


def test_the_socket_manifest_names_no_address() -> None:
    made = manifest(socket=True, url="https://bot.example.com")
    assert "https://" not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"] is True


def test_the_manifest_keeps_to_slacks_lengths_and_to_the_least_scopes() -> None:
    made = manifest(socket=True)
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    assert len(made["features"]["bot_user"]["display_name"]) <= 80
    assert set(BOT_SCOPES) == {"commands", "chat:write", "app_mentions:read", "im:history"}
    assert {"app_mention", "message.im", "app_uninstalled", "tokens_revoked"} <= set(BOT_EVENTS)


@pytest.mark.parametrize("url", ["http://bot.example.com", "bot.example.com", "https://", "https://h/path", ""])
def test_an_address_that_slack_would_not_call_is_refused(url: str) -> None:
    with pytest.raises(BadSettings, match="--url"):
        manifest(socket=False, url=url)


def test_the_compose_file_runs_two_bots_on_one_postgresql() -> None:
    services: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    bots = [service for service in services.values() if service.get("image") == "comparebot"]
    assert len(bots) == 2
    [state] = {bot["environment"]["COMPAREBOT_STATE_URL"] for bot in bots}
    assert state.startswith("postgresql+asyncpg://") and "@db:5432/" in state
    for bot in bots:
        assert bot["depends_on"] == {"db": {"condition": "service_healthy"}}
        assert bot["read_only"] and bot["cap_drop"] == ["ALL"]
        assert int(bot["stop_grace_period"].removesuffix("s")) > 10
        assert not any("TOKEN" in name or "SECRET" in name for name in bot["environment"])
        assert (DEPLOY.parent / "deploy" / bot["build"]["dockerfile"].removeprefix("deploy/")).is_file()
    assert services["db"]["image"].startswith("postgres:") and "healthcheck" in services["db"]
    published = [bot["ports"][0] for bot in bots]
    assert len(set(published)) == 2 and all(port.startswith("127.0.0.1:") for port in published)


def test_the_unit_is_hardened_and_gives_the_bot_time_to_finish() -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]  # names keep their case
    unit.read(DEPLOY / "comparebot.service")
    service = unit["Service"]
    assert " serve " in service["ExecStart"]
    assert int(service["TimeoutStopSec"]) > 10
    assert service["RestartPreventExitStatus"] == "2"
    for name in ("DynamicUser", "NoNewPrivileges", "ProtectHome", "PrivateTmp", "RestrictNamespaces"):
        assert service[name] == "yes", name


def test_the_image_runs_without_root_and_with_pinned_packages_only() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    instructions = [line for line in lines if re.match(r"[A-Z]+ ", line)]
    assert instructions[-3].startswith("STOPSIGNAL") or "STOPSIGNAL SIGTERM" in instructions
    user = next(number for number, line in enumerate(instructions) if line.startswith("USER"))
    assert instructions[user] == "USER comparebot" and any(
        line.startswith("ENTRYPOINT") for line in instructions[user:]
    )
    installs = [line for line in lines if "pip install" in line]
    assert len(installs) == 1 and "--require-hashes" in installs[0]


def test_no_file_for_operators_names_a_package_registry() -> None:
    for path in DEPLOY.iterdir():
        if path.is_file():
            assert not re.search(r"pypi\.|pythonhosted|docker\.io|ghcr\.io|quay\.io", path.read_text()), path.name
