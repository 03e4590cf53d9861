"""The Home tab and the settings, over real signed HTTP."""

from decimal import Decimal
from pathlib import Path

import pytest
from slack_sdk.oauth.installation_store import Installation as SlackInstallation

from bot.message.controls import CSV
from bot.message.home import AGAIN, COMPARE, FAVOURITES, SETTINGS
from bot.message.limits import faults
from bot.slack.installations import Installations
from bot.state import SettingsChange
from tests.slack.clicking import click, controls
from tests.slack.client import Json
from tests.slack.conftest import Office, Open
from tests.slack.places import DIRECT, chosen, open_home, picked, press, submit, type_ahead
from tests.slack.standin import Fault, StandIn

PAIR = "gpt-4.1-mini gpt-5.4 at 100M"
TITLE = "GPT-4.1 Mini or GPT-5.4"


async def published(office: Office, user: str = "U1", foreign_team: str | None = None) -> Json:
    """Open the Home tab and return what the bot published."""
    assert (await open_home(office.slack, office.bot, user, foreign_team=foreign_team)).status == 200
    await office.settle()
    body = office.standin.bodies("views.publish")[-1]
    assert body["user_id"] == user and not office.standin.rejected
    view: Json = body["view"]
    assert not faults(view["blocks"], "", is_view=True)
    return view


def filled(**changed: Json) -> dict[str, Json]:
    """Return a settings modal as it stands, with these fields changed."""
    usual: dict[str, Json] = {
        "seen": picked("channel"),
        "split": picked("50% input"),
        "volumes": {"value": "1M, 10M, 100M"},
        "favourites": chosen(),
        "editors": {"selected_users": []},
    }
    return usual | changed


async def test_home_says_what_the_bot_does_how_to_begin_and_of_what_date_the_prices_are(office: Office) -> None:
    view = await published(office)
    shown = str(view)
    for part in ("I compare language models", COMPARE, "Nothing yet", "in force on", SETTINGS, "1M, 10M and 100M"):
        assert part in shown
    assert view["private_metadata"] == DIRECT


async def test_the_messages_tab_publishes_nothing(office: Office) -> None:
    assert (await open_home(office.slack, office.bot, tab="messages")).status == 200
    await office.settle()
    assert not office.standin.bodies("views.publish")


@pytest.mark.parametrize(
    ("channel_name", "visibility", "others_see"),
    [("general", "channel", True), ("privategroup", "channel", False), ("general", "asker", False)],
)
async def test_others_see_a_comparison_only_where_everybody_could_see_it(
    office: Office, channel_name: str, visibility: str, others_see: bool
) -> None:
    channel = office.standin.channel("C1", office.bot)
    change = SettingsChange.model_validate({"visibility": visibility})
    await office.edge.state.change_settings("T1", None, change, "U1", "T1")
    await office.slack.command(PAIR, channel, channel_name=channel_name)
    await office.standin.until_seen(channel, 1)
    await office.settle()
    assert TITLE in str(await published(office, "U1"))
    assert (TITLE in str(await published(office, "U2"))) == others_see


async def test_somebody_of_another_organisation_sees_neither_comparisons_nor_settings(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    await office.slack.command(PAIR, channel)
    await office.standin.until_seen(channel, 1)
    await office.settle()
    shown = str(await published(office, "U7", "T2"))
    assert COMPARE in shown
    assert TITLE not in shown and SETTINGS not in shown and "Recent comparisons" not in shown


async def test_a_recent_comparison_is_asked_again_as_a_direct_message(office: Office) -> None:
    channel, direct = office.standin.channel("C1", office.bot), office.standin.channel(DIRECT, office.bot)
    await office.slack.command(PAIR, channel)
    await office.standin.until_seen(channel, 1)
    await office.settle()
    view = await published(office)
    buttons = [block["accessory"] for block in view["blocks"] if "accessory" in block]
    [again] = [button for button in buttons if button["action_id"].startswith(AGAIN)]
    assert (await press(office.slack, again["action_id"], value=again["value"])).status == 200
    [answer] = await office.standin.until_seen(direct, 1)
    assert "GPT-4.1 Mini" in answer.text and "100M" in answer.text
    await office.slack.direct("what about 1B?", direct, office.bot)
    assert "1B" in (await office.standin.until_seen(direct, 2))[1].text


async def test_a_message_stands_once_as_it_was_last_with_its_usage(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    await office.slack.command("gpt-4.1-mini gpt-5.4", channel)
    await office.settle()
    [posted] = office.standin.seen_in(channel)
    for action, choice, user in (("volume", "1M", "U1"), ("volume", "100M", "U2"), ("tier", "Batch", "U3")):
        await click(office, posted, action, choice, user=user)
        await office.settle()
    for user, whose in (("U1", "you"), ("U2", "in a public channel")):
        rows = [block["text"]["text"] for block in (await published(office, user))["blocks"] if "accessory" in block]
        [row] = [each for each in rows if TITLE in each]
        assert row.startswith(f"*{TITLE} · 100M tokens a month · Batch tier*\n") and row.endswith(whose)
    await click(office, posted, "back")
    await office.settle()
    assert "Batch" not in str(await published(office))


async def test_what_others_make_of_a_message_stands_under_the_one_who_asked(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    await office.slack.command("gpt-5.4", channel)
    await office.settle()
    [profile] = office.standin.seen_in(channel)
    await click(office, profile, "add", "openai/gpt-4.1-mini", user="U2")
    await office.settle()
    assert "GPT-4.1 Mini" in profile.text and "GPT-5.4 or GPT-4.1 Mini" in str(await published(office, "U1"))
    assert "Nothing yet" in str(await published(office, "U2"))


async def test_an_answer_from_home_has_its_table_as_a_file_too(standin: StandIn, open_office: Open) -> None:
    for installation in standin.installations.values():
        installation.scopes += ",files:write"
    async with open_office() as office:
        direct = office.standin.channel(DIRECT, office.bot)
        await press(office.slack, f"{AGAIN}0", value=f"/compare {PAIR}")
        await office.settle()
        [answer] = office.standin.seen_in(direct)
        assert CSV in controls(answer)
        await click(office, answer, CSV)
        await office.settle()
        assert len(office.standin.uploads) == 1


async def test_compare_opens_the_modal_and_the_favourites_are_in_it(office: Office) -> None:
    favourites = ("openai/gpt-5.4", "anthropic/claude-sonnet-5", "openai/no-such-model")
    await office.edge.state.change_settings("T1", None, SettingsChange(favourites=favourites), "U1", "T1")
    assert FAVOURITES in str(await published(office))
    await press(office.slack, COMPARE)
    await press(office.slack, FAVOURITES)
    await office.settle()
    plain, prefilled = [body["view"] for body in office.standin.bodies("views.open")]
    assert "initial_options" not in str(plain)
    assert "openai/gpt-5.4" in str(prefilled) and "Claude Sonnet 5" in str(prefilled)
    assert "no-such-model" not in str(prefilled)
    chosen_already = prefilled["blocks"][0]["element"]["initial_options"]
    await press(office.slack, SETTINGS)
    await office.settle()
    fields = {each["block_id"]: each for each in office.standin.bodies("views.open")[-1]["view"]["blocks"]}
    assert fields["favourites"]["element"]["initial_options"] == chosen_already
    for option in chosen_already:
        offered = (await type_ahead(office.slack, "favourites", option["text"]["text"])).json["options"]
        assert option in offered, "Slack knows a chosen option by all of it"


async def test_somebody_of_another_organisation_opens_the_form_without_the_favourites(office: Office) -> None:
    favourites = ("openai/gpt-5.4", "anthropic/claude-sonnet-5")
    await office.edge.state.change_settings("T1", None, SettingsChange(favourites=favourites), "U1", "T1")
    await press(office.slack, FAVOURITES, user="U7", team="T2")
    await office.settle()
    [body] = office.standin.bodies("views.open")
    assert body["view"]["callback_id"] == "compare" and "initial_options" not in str(body)


async def test_settings_are_shown_changed_audited_and_count_at_once(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    await office.slack.command(PAIR.removesuffix(" at 100M"), channel)
    await press(office.slack, SETTINGS)
    await office.settle()
    view = office.standin.bodies("views.open")[-1]["view"]
    assert not faults(view["blocks"], "", is_view=True) and "1M, 10M, 100M" in str(view)
    wanted = filled(
        split=picked("80% input"),
        volumes={"value": "20M, 2,000,000 and 5 million"},
        favourites=chosen("openai/gpt-5.4"),
    )
    answer = await submit(office.slack, "settings", wanted)
    assert (answer.status, answer.body) == (200, "")
    await office.settle()
    home = str(office.standin.bodies("views.publish")[-1])
    assert "2M, 5M and 20M tokens a month" in home and "80% input" in home and "GPT-5.4" in home
    settings = await office.edge.state.settings("T1")
    assert (settings.input_share, settings.volumes) == (Decimal("0.8"), (2_000_000, 5_000_000, 20_000_000))
    [entry] = await office.edge.state.audit("T1")
    assert (entry.user, entry.after.visibility) == ("U1", None)
    await office.slack.command(PAIR.removesuffix(" at 100M"), channel)
    assert "5M tokens a month" in str((await office.standin.until_seen(channel, 2))[1].blocks)


async def test_favourites_are_chosen_by_type_ahead(office: Office) -> None:
    answer = await type_ahead(office.slack, "favourites", "4.1 mini")
    assert answer.json["options"][0]["value"] == "openai/gpt-4.1-mini"


async def test_saving_what_holds_already_changes_nothing(office: Office) -> None:
    assert (await submit(office.slack, "settings", filled())).body == ""
    assert not await office.edge.state.audit("T1")


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("a lot", "“a lot” is no number"),
        ("-5M", "“-5M” is no number"),
        ("0", "“0” is no number"),
        ("1e20", "“1e20” is no number"),
        ("", "at least one volume"),
        ("1M,2M,3M,4M,5M,6M", "At most 5"),
    ],
)
async def test_what_is_wrong_with_the_volumes_stands_beside_them(office: Office, typed: str, word: str) -> None:
    answer = await submit(office.slack, "settings", filled(volumes={"value": typed}))
    assert answer.json["response_action"] == "errors"
    assert word in answer.json["errors"]["volumes"]
    assert not await office.edge.state.audit("T1")


async def test_only_editors_change_settings_and_nobody_locks_themselves_out(office: Office) -> None:
    out = await submit(office.slack, "settings", filled(editors={"selected_users": ["U2"]}))
    assert "lock yourself out" in out.json["errors"]["editors"]
    assert (await submit(office.slack, "settings", filled(editors={"selected_users": ["U1", "U2"]}))).body == ""
    assert SETTINGS in str(await published(office, "U2"))
    told = str(await published(office, "U3"))
    assert SETTINGS not in told and "Only the editors may change these" in told
    assert all(f"{{'type': 'user', 'user_id': '{editor}'}}" in told for editor in ("U1", "U2"))
    refused = await submit(office.slack, "settings", filled(split=picked("90% input")), user="U3")
    assert "editors" in refused.json["errors"]["editors"]
    await press(office.slack, SETTINGS, user="U3")
    await office.settle()
    assert "Only members" in str(office.standin.bodies("views.open")[-1])


async def test_somebody_of_another_organisation_changes_no_settings(office: Office) -> None:
    refused = await submit(office.slack, "settings", filled(split=picked("90% input")), user="U7", team="T2")
    assert "Only members" in refused.json["errors"]["editors"]
    await press(office.slack, SETTINGS, user="U7", team="T2")
    await office.settle()
    assert "volumes" not in str(office.standin.bodies("views.open")[-1])
    assert not await office.edge.state.audit("T1")


def conversation(channel: str) -> Json:
    """Return what a menu of conversations says."""
    return {"selected_conversation": channel}


async def test_one_channel_can_have_settings_of_its_own(office: Office) -> None:
    channel, other = office.standin.channel("C1", office.bot), office.standin.channel("C2", office.bot)
    assert (await submit(office.slack, "settings", filled(seen=picked("asker"), channel=conversation("C1")))).body == ""
    for place in (channel, other):
        await office.slack.command(PAIR, place)
        [answer] = await office.standin.until_seen(place, 1)
        assert answer.only_for == ("U1" if place == channel else None)
    one_editor = filled(channel=conversation("C1"), editors={"selected_users": ["U1"]})
    refused = await submit(office.slack, "settings", one_editor)
    assert "whole workspace" in refused.json["errors"]["editors"]


async def test_where_slack_limits_views_the_next_opening_publishes(office: Office) -> None:
    office.standin.fail("views.publish", Fault(error="ratelimited", status=429, retry_after=1))
    assert (await open_home(office.slack, office.bot)).status == 200
    await office.settle()
    assert "Compare models" in str(await published(office))


async def test_a_view_that_slack_refuses_is_published_with_nothing_in_it_that_people_chose(office: Office) -> None:
    office.standin.fail("views.publish", Fault(error="invalid_arguments"))
    assert (await open_home(office.slack, office.bot)).status == 200
    await office.settle()
    first, second = office.standin.bodies("views.publish")
    assert SETTINGS in str(first) and SETTINGS not in str(second) and COMPARE in str(second)


async def test_an_expired_trigger_opens_nothing_and_harms_nothing(office: Office) -> None:
    office.standin.fail("views.open", Fault(error="expired_trigger_id", left=2))
    for action in (COMPARE, SETTINGS):
        assert (await press(office.slack, action)).status == 200
    await office.settle()


async def test_without_storage_home_and_the_modal_say_so(office: Office, tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_bytes(b"this is no database" * 1000)
    assert "cannot reach my own storage" in str(await published(office))
    answer = await submit(office.slack, "settings", filled(split=picked("90% input")))
    assert "cannot reach my own storage" in answer.json["errors"]["seen"]
    await press(office.slack, SETTINGS)
    await office.settle()
    assert "cannot reach my own storage" in str(office.standin.bodies("views.open")[-1])


async def test_in_an_organisation_members_of_all_its_workspaces_change_the_settings_and_no_others(
    open_office: Open,
) -> None:
    async with open_office(bot_token=None) as office:
        bot = office.bot
        bot.enterprise = "E1"
        await Installations(office.edge.state).async_save(
            SlackInstallation(
                app_id="A1", enterprise_id="E1", team_id=None, user_id="UADMIN", bot_token=bot.token,
                bot_id=bot.bot_id, bot_user_id=bot.bot_user, bot_scopes=["commands"], is_enterprise_install=True,
            )
        )  # fmt: skip
        org = {"is_enterprise_install": True, "enterprise": {"id": "E1", "name": "E1"}}
        wanted = filled(split=picked("80% input"))
        assert (await submit(office.slack, "settings", wanted, more=org)).body == ""
        assert (await office.edge.state.settings("E1")).input_share == Decimal("0.8")
        refused = await submit(office.slack, "settings", filled(), user="U7", team="T8", more=org)
        assert "Only members" in refused.json["errors"]["editors"]
