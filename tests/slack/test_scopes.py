"""Scopes: what an installation was allowed is known without asking Slack again."""

import pytest
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.one_workspace import OneWorkspace
from bot.slack.scopes import FILES, granted, stated
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
