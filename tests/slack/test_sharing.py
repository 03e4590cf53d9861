"""Two organisations in one channel: who answers, who sees what, and that nothing of one reaches the other."""

import asyncio
import json
import random
from collections import Counter
from dataclasses import dataclass

import pytest
from slack_sdk.oauth.installation_store import Installation as SlackInstallation

from bot.slack.installations import Installations
from bot.state import SettingsChange
from tests.slack.clicking import click_payload, controls, interact
from tests.slack.client import Json, message_event
from tests.slack.conftest import ON_BOTH, Office, Open
from tests.slack.standin import Installation, Posted

COMPARISON = "compare gpt-4.1-mini gpt-5.4"
SHARED = "C9"


async def install(office: Office, bot: Installation) -> None:
    """Keep an installation as the OAuth flow does."""
    await Installations(office.edge.state).async_save(
        SlackInstallation(
            app_id="A1", enterprise_id=None, team_id=bot.team, user_id="UADMIN", bot_token=bot.token,
            bot_id=bot.bot_id, bot_user_id=bot.bot_user, bot_scopes=["commands"], is_enterprise_install=False,
        )
    )  # fmt: skip


async def two_workspaces(office: Office) -> tuple[Installation, Installation]:
    """Install the app in T1 and T2 with a private note each, and share a channel between them."""
    one, two = office.bot, office.standin.install("T2")
    for bot in (one, two):
        await install(office, bot)
        note = SettingsChange(private_note=f"private-of-{bot.team}")
        await office.edge.state.change_settings(bot.team, None, note, by_user="UADMIN", by_workspace=bot.team)
    office.standin.channel(SHARED, one, two)
    return one, two


def mention(office: Office, bot: Installation, user: str, team: str, text: str = COMPARISON) -> Json:
    """Return a mention in the shared channel by a member of a workspace."""
    event = message_event(office.standin, f"<@{bot.bot_user}> {text}", SHARED, user, team)
    return event | {"type": "app_mention", "user_team": team, "source_team": team}


async def test_only_the_mentioned_bot_answers_whichever_installation_slack_delivers_through(open_office: Open) -> None:
    async with open_office(bot_token=None) as office:
        one, two = await two_workspaces(office)
        event = mention(office, one, "U2", "T2")
        for through in (two, one, two):
            await office.slack.event(event, through, is_ext_shared_channel=True)
        await office.settle()
        [reply] = office.standin.seen_in(SHARED)
        assert reply.by == one.token


async def test_a_mention_of_somebody_elses_bot_gets_no_answer(open_office: Open) -> None:
    async with open_office(bot_token=None) as office:
        one, _ = await two_workspaces(office)
        stranger = Installation("T3", "UBOTT3", "BT3", "xoxb-elsewhere")
        await office.slack.event(mention(office, stranger, "U1", "T1"), one, is_ext_shared_channel=True)
        await office.settle()
        assert office.standin.seen_in(SHARED) == []


@ON_BOTH
async def test_a_member_sees_the_private_note_alone_and_a_guest_never(open_office: Open) -> None:
    async with open_office(bot_token=None) as office:
        one, _ = await two_workspaces(office)
        for user, team in (("U1", "T1"), ("U2", "T2"), ("U3", "")):
            event = mention(office, one, user, team, "help") | {"user_team": team or None, "source_team": team or None}
            await office.slack.event(event, one, is_ext_shared_channel=True)
        await office.slack.event(mention(office, one, "U1", "T1"), one, is_ext_shared_channel=True)
        await office.settle()
        seen = {posted.only_for: "private-of-T1" in json.dumps(posted.blocks) for posted in _posted(office, SHARED)}
        assert seen == {"U1": True, "U2": False, "U3": False, None: False}


async def test_a_thread_of_one_installation_is_not_continued_by_the_other(open_office: Open) -> None:
    async with open_office(bot_token=None) as office:
        _, two = await two_workspaces(office)
        await office.slack.command("gpt-4.1-mini gpt-5.4", SHARED, user="U1", team="T1")
        await office.settle()
        [answer] = office.standin.seen_in(SHARED)
        follow_up = mention(office, two, "U2", "T2", "which is cheaper at 100M tokens?") | {"thread_ts": answer.ts}
        await office.slack.event(follow_up, two, is_ext_shared_channel=True)
        await office.settle()
        reply = office.standin.seen_in(SHARED)[-1]
        assert reply.only_for == "U2" and "$875" not in reply.text


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # slack_sdk 3.47 with aiohttp 3.14
async def test_a_workspace_installs_through_the_pages_and_is_forgotten_when_it_leaves(open_office: Open) -> None:
    async with open_office(bot_token=None) as office:
        bot = office.standin.install("T7")
        office.standin.codes["code-7"] = bot
        async with office.slack.session.get(office.slack.bot_url + "/slack/install") as page:
            html, cookie = await page.text(), page.cookies["slack-app-oauth-state"].value
        assert cookie in html
        url = f"{office.slack.bot_url}/slack/oauth_redirect?code=code-7&state={cookie}"
        async with office.slack.session.get(url, headers={"Cookie": f"slack-app-oauth-state={cookie}"}) as page:
            assert page.status == 200, await page.text()
        channel = office.standin.channel("C7", bot)
        await office.slack.command("gpt-4.1-mini gpt-5.4", channel, team="T7")
        await office.settle()
        assert [posted.by for posted in office.standin.seen_in(channel)] == [bot.token]

        for event in ({"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UBOTT7"]}}):
            assert (await office.slack.event(event, bot)).status == 200
        await office.settle()
        assert await office.edge.state.installation("T7") is None
        await office.slack.command("gpt-4.1-mini gpt-5.4", channel, team="T7")
        await office.settle()
        assert "install it again" in office.standin.seen_in(channel)[-1].text


async def test_a_request_while_a_workspace_leaves_does_not_keep_its_token_in_use(open_office: Open) -> None:
    async with open_office(bot_token=None) as office:
        channel = office.standin.channel("C1", office.bot)
        for _ in range(5):
            await install(office, office.bot)
            asking = [office.slack.command("gpt-5.4 o3", channel) for _ in range(6)]
            await asyncio.gather(*asking[:3], office.slack.event({"type": "app_uninstalled"}, office.bot), *asking[3:])
            await office.settle()
            await office.slack.command("gpt-5.4 o3", channel)
            await office.settle()
            assert "install it again" in office.standin.seen_in(channel)[-1].text


async def test_an_organisation_that_installed_once_is_one_workspace(open_office: Open) -> None:
    async with open_office(bot_token=None) as office:
        bot = office.standin.install("T5", enterprise="E5")
        await Installations(office.edge.state).async_save(
            SlackInstallation(
                app_id="A1", enterprise_id="E5", team_id=None, user_id="UADMIN", bot_token=bot.token,
                bot_id=bot.bot_id, bot_user_id=bot.bot_user, bot_scopes=["commands"], is_enterprise_install=True,
            )
        )  # fmt: skip
        note = SettingsChange(private_note="private-of-E5")
        await office.edge.state.change_settings("E5", None, note, by_user="UADMIN", by_workspace="E5")
        office.standin.channel(SHARED, bot)
        org = {"enterprise_id": "E5", "is_enterprise_install": True}
        authorization = {"team_id": None, "user_id": bot.bot_user, "is_bot": True} | org

        await office.slack.command("help", SHARED, team="T5", enterprise_id="E5", is_enterprise_install="true")
        event = message_event(office.standin, f"<@{bot.bot_user}> help", SHARED, "U6", "T6") | {"type": "app_mention"}
        await office.slack.event(event, bot, authorizations=[authorization], team_id="T6", enterprise_id="E5")
        foreign = mention(office, bot, "U7", "T7", "help") | {"user_team": "E7"}
        shared = {"is_ext_shared_channel": True, "authorizations": [authorization], "enterprise_id": "E5"}
        await office.slack.event(foreign, bot, **shared)
        await office.settle()
        seen = {posted.only_for: "private-of-E5" in json.dumps(posted.blocks) for posted in _posted(office, SHARED)}
        assert seen == {"U1": True, "U6": True, "U7": False}

        await office.slack.event({"type": "app_uninstalled"}, bot, authorizations=[authorization], team_id=None)
        await office.settle()
        assert await office.edge.state.installation("E5") is None


async def test_a_users_own_token_that_is_revoked_uninstalls_nothing(open_office: Open) -> None:
    async with open_office(bot_token=None) as office:
        one, _ = await two_workspaces(office)
        await office.slack.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}, one)
        await office.settle()
        assert await office.edge.state.installation("T1") is not None


@dataclass(frozen=True, slots=True)
class Member:
    """A person of one organisation."""

    user: str
    team: str


@ON_BOTH
async def test_nothing_private_of_one_workspace_reaches_the_other(
    open_office: Open, state_url: str, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    rounds = 300 if state_url.startswith("sqlite") else 100
    rounds = 10_000 if request.config.getoption("--long") else rounds
    chance = random.Random(20261122)  # the same on every run
    async with open_office(bot_token=None) as office:
        bots = await two_workspaces(office)
        members = [Member(f"U{team}{number}", f"T{team}") for team in (1, 2) for number in (1, 2)]
        for bot in bots:
            for member in members:
                office.standin.channel(f"D{bot.team}{member.user}", bot)
        for first in range(0, rounds, 20):
            await asyncio.gather(
                *(_anything(office, chance, bots, members) for _ in range(first, min(first + 20, rounds)))
            )
            await office.settle()

        home = {member.user: member.team for member in members}
        leaks = [posted for channel in office.standin.channels for posted in _leaked(office, channel, home)]
        shown = sum(
            "private-of-" in json.dumps(posted.blocks) for c in office.standin.channels for posted in _posted(office, c)
        )
        assert leaks == [] and shown > 0
        assert "private-of-" not in caplog.text
        roots = Counter(
            posted.thread_ts
            for posted in _posted(office, SHARED)
            if posted.thread_ts and not posted.only_for and "Shared by" not in json.dumps(posted.blocks)
        )
        assert not roots or max(roots.values()) == 1, "a mention was answered twice"
        assert office.standin.rejected == []


async def _anything(
    office: Office, chance: random.Random, bots: tuple[Installation, Installation], members: list[Member]
) -> None:
    """Let a member of either workspace do something that may show something."""
    member, bot, through = chance.choice(members), chance.choice(bots), chance.choice(bots)
    text = chance.choice(["help", COMPARISON, "which is cheaper at 100M tokens?", "", "gpt-5.4", "asdf"])
    own = next(candidate for candidate in bots if candidate.team == member.team)
    kind = chance.choice(["command", "mention", "direct", "click"])
    if kind == "click":
        await _click_anything(office, chance, bots, member)
    elif kind == "command":
        await office.slack.command(text, SHARED, user=member.user, team=own.team)
    elif kind == "mention":
        event = mention(office, bot, member.user, member.team, text)
        event["user_team"] = chance.choice([member.team, None])
        for _ in range(chance.choice([1, 1, 2])):
            await office.slack.event(event, through, is_ext_shared_channel=True)
    else:
        event = message_event(office.standin, text, f"D{bot.team}{member.user}", member.user, member.team)
        event |= {"channel_type": "im", "user_team": member.team}
        await office.slack.event(event, bot, is_ext_shared_channel=member.team != bot.team)


async def _click_anything(
    office: Office, chance: random.Random, bots: tuple[Installation, Installation], member: Member
) -> None:
    """Let a member click on something that they see, in the shared channel or with either bot."""
    channel = chance.choice([SHARED, *(f"D{bot.team}{member.user}" for bot in bots)])
    seen = [posted for posted in _posted(office, channel) if posted.only_for in (None, member.user)]
    posted = chance.choice(seen) if seen else None
    found = sorted(controls(posted)) if posted else []
    if posted is None or not found:
        return
    action = chance.choice(found)
    chosen = {"volume": "100M", "split": "80%", "caching": "50%", "tier": "Standard", "add": "openai/gpt-5.5"}
    through = chance.choice(bots).team if channel == SHARED else channel[1:3]
    payload = click_payload(office, posted, action, chosen.get(action), member.user, member.team)
    await interact(office, payload | {"team": {"id": through, "domain": through.lower()}})


def _leaked(office: Office, channel: str, home: dict[str, str]) -> list[Posted]:
    """Return what shows a workspace's note to anybody but a member of that workspace."""

    def leaks(posted: Posted) -> bool:
        viewer = posted.only_for or (channel[3:] if channel.startswith("D") else None)
        everything = posted.text + json.dumps(posted.blocks)
        return any(f"private-of-{team}" in everything and home.get(viewer or "") != team for team in ("T1", "T2"))

    return [posted for posted in _posted(office, channel) if leaks(posted)]


def _posted(office: Office, channel: str) -> list[Posted]:
    return office.standin.seen_in(channel)
