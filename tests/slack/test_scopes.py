"""Scopes: what an installation was allowed is known without asking Slack again."""

import pytest
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.oauth.installation_store import Installation as SlackInstallation
from slack_sdk.web.async_client import AsyncWebClient

from bot.message.controls import CSV
from bot.slack.installations import Installations
from bot.slack.one_workspace import OneWorkspace
from bot.slack.scopes import FILES, granted, stated
from tests.slack.conftest import Open
from tests.slack.standin import StandIn


@pytest.mark.parametrize("optional", ["", ",files:write"])
async def test_one_workspace_learns_its_scopes_when_it_asks_who_it_is(standin: StandIn, optional: str) -> None:
    bot = standin.install()
    bot.scopes += optional
    who = OneWorkspace(AsyncWebClient(base_url=f"{standin.url}/api/"), bot.token)
    context = AsyncBoltContext()
    assert await who.identify()
    context.set_authorize_result(await who(context=context, enterprise_id=None, team_id="T1", user_id="U1"))
    assert (FILES in granted(context)) == bool(optional)
    assert "commands" in granted(context)


def test_nothing_is_granted_that_slack_did_not_tell() -> None:
    assert granted(AsyncBoltContext()) == frozenset()
    assert stated({"X-OAuth-Scopes": "commands, files:write"}) == ["commands", "files:write"]
    assert stated({}) == []


@pytest.mark.parametrize("optional", [[], [FILES]])
async def test_with_many_workspaces_each_has_what_its_installation_was_granted(
    open_office: Open, optional: list[str]
) -> None:
    async with open_office(bot_token=None) as office:
        bot = office.bot
        await Installations(office.edge.state).async_save(
            SlackInstallation(
                app_id="A1", enterprise_id=None, team_id="T1", user_id="UADMIN", bot_token=bot.token, bot_id=bot.bot_id,
                bot_user_id=bot.bot_user, bot_scopes=["commands", "chat:write", *optional], is_enterprise_install=False,
            )
        )  # fmt: skip
        channel = office.standin.channel("C1", bot)
        await office.slack.command("gpt-4.1-mini gpt-5.4", channel)
        [answer] = await office.standin.until_seen(channel, 1)
        actions = [
            element["action_id"]
            for block in answer.blocks
            for element in block.get("elements", ())
            if "action_id" in element
        ]
        assert actions and (CSV in actions) == bool(optional)
