"""A workspace's default split and volumes in its answers, over real HTTP."""

from decimal import Decimal

from bot.state import SettingsChange
from tests.slack.conftest import Office

PAIR = "gpt-4.1-mini gpt-5.4"
SAID = "Not stated, so taken from this workspace's settings: 80% input and the volumes."


async def test_what_a_workspace_set_stands_in_for_what_was_not_stated(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    change = SettingsChange(input_share=Decimal("0.8"), volumes=(20_000_000, 2_000_000))
    await office.edge.state.change_settings("T1", None, change, "U1", "T1")
    for _ in range(2):  # the second one must not come from memory
        await office.slack.command(PAIR, channel)
    for seen in await office.standin.until_seen(channel, 2):
        assert SAID in str(seen.blocks)
        assert str(seen.blocks).index("2M tokens a month") < str(seen.blocks).index("20M tokens a month")


async def test_a_thread_goes_on_with_the_defaults(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    await office.edge.state.change_settings("T1", channel, SettingsChange(input_share=Decimal("0.8")), "U1", "T1")
    root = await office.slack.mention(PAIR, channel, office.bot)
    await office.standin.until_seen(channel, 1)
    await office.slack.mention("what about 1B?", channel, office.bot, thread_ts=root)
    _, then = await office.standin.until_seen(channel, 2)
    assert "80% input" in str(then.blocks)
