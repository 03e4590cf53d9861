"""What an operator deploys: manifests, image, unit and compose file, read by parsers."""

import configparser
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.__main__ import main
from bot.catalog_file import CatalogFile
from bot.manifest import manifest
from bot.question.thread import Thread
from bot.reply import reply
from bot.settings import BadSettings
from tests.slack.manifest_schema import EVENTS_NEED, MANIFEST

DEPLOY = Path(__file__).parents[2] / "deploy"
URL = "https://comparebot.example.com"
MANIFESTS = {
    "http": manifest(socket=False, url=URL),
    "socket": manifest(socket=True),
    "workflow": manifest(socket=False, url=URL, workflow=True),
}


def test_the_manifests_in_deploy_are_the_ones_that_the_command_prints() -> None:
    for name, made in MANIFESTS.items():
        assert json.loads((DEPLOY / f"manifest.{name}.json").read_text()) == made


@pytest.mark.parametrize("name", MANIFESTS)
def test_slack_would_take_the_manifests(name: str) -> None:
    made = MANIFESTS[name]
    jsonschema.Draft202012Validator(MANIFEST).validate(made)
    scopes, settings = made["oauth_config"]["scopes"], made["settings"]
    for event, scope in EVENTS_NEED.items():
        assert event in settings["event_subscriptions"]["bot_events"] and scope in scopes["bot"]
    assert set(scopes["bot_optional"]) < set(scopes["bot"]), "Slack wants the optional scopes in both lists"
    has_urls = ["url" in command for command in made["features"]["slash_commands"]]
    assert has_urls == [not settings["socket_mode_enabled"]]


def test_the_workflow_step_is_in_its_own_manifest_alone() -> None:
    for name in ("http", "socket"):
        assert "functions" not in MANIFESTS[name] and "function_runtime" not in MANIFESTS[name]["settings"]
    made = MANIFESTS["workflow"]
    assert made["settings"]["org_deploy_enabled"] and made["settings"]["function_runtime"] == "remote"
    assert "function_executed" in made["settings"]["event_subscriptions"]["bot_events"]
    step = made["functions"]["compare_models"]
    assert set(step["output_parameters"]["properties"]) == {"verdict", "winner", "costs"}
    added = {"functions": made["functions"]}
    assert {**MANIFESTS["http"], **added, "settings": made["settings"]} == made


def test_the_command_line_prints_the_manifest_with_the_step_where_it_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    flags: list[str]
    for flags, name in (([], "http"), (["--workflow"], "workflow")):
        assert main(["manifest", "--url", URL, *flags]) == 0
        assert json.loads(capsys.readouterr().out) == MANIFESTS[name]


def test_every_suggested_prompt_is_one_that_the_bot_answers(catalog: CatalogFile) -> None:
    prompts = MANIFESTS["http"]["features"]["agent_view"]["suggested_prompts"]
    assert len(prompts) == 4
    for prompt in prompts:
        made = reply(prompt["message"], Thread(), catalog.current(), date(2026, 11, 22))
        assert not made.for_asker_alone and made.answer.figures, prompt


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


def test_the_manifest_asks_for_the_least_scopes_and_names_the_optional_ones() -> None:
    scopes = manifest(socket=True)["oauth_config"]["scopes"]
    optional = set(scopes["bot_optional"])
    assert set(scopes["bot"]) - optional == {"commands", "chat:write", "app_mentions:read", "im:history"}
    assert optional == {"files:write", "assistant:write"}


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
