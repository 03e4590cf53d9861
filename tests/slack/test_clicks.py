"""Buttons and menus on the bot's messages, over real signed HTTP."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalog_file import CatalogFile
from bot.slack.scenario import MOST_STEPS
from bot.state import SettingsChange
from tests.slack.clicking import (
    changes,
    click,
    click_payload,
    controls,
    interact,
    labelled,
    labels,
    shared_by,
    type_into,
)
from tests.slack.conftest import ON_BOTH, Office, Open
from tests.slack.standin import Fault, Posted, StandIn

COMPARISON = "gpt-4.1-mini gpt-5.4"


async def compared(office: Office, text: str = COMPARISON, channel: str = "C1", *, is_member: bool = True) -> Posted:
    """Ask by slash command and return the answer."""
    office.standin.channel(channel, *([office.bot] if is_member else []))
    await office.slack.command(text, channel)
    await office.settle()
    return office.standin.seen_in(channel)[-1]


async def clicked(
    office: Office, posted: Posted, action: str, chosen: str | None = None, user: str = "U1", team: str = "T1"
) -> Posted:
    """Click, let the bot finish, and return the newest message of the channel."""
    assert (await click(office, posted, action, chosen, user, team)).status == 200
    await office.settle()
    return office.standin.seen_in(posted.channel)[-1]


async def clicked_saying(office: Office, posted: Posted, text: str, user: str = "U1") -> Posted:
    """The same for a suggestion that says this to the bot."""
    payload = click_payload(office, posted, "ask:0", user=user)
    payload["actions"][0]["value"] = text
    await interact(office, payload)
    await office.settle()
    return office.standin.seen_in(posted.channel)[-1]


async def test_a_comparison_has_every_control(office: Office) -> None:
    posted = await compared(office)
    assert {"add", "volume", "split", "caching", "tier", "profile:0", "profile:1", "feedback", "delete"} <= set(
        controls(posted)
    )
    assert "Full profile: GPT-5.4" in labels(posted)
    assert not {"back", "share", "csv"} & set(controls(posted))
    assert controls(posted)["delete"]["visible_to_user_ids"] == ["U1"]


@pytest.mark.parametrize(
    ("action", "chosen", "shown"),
    [
        ("volume", "100M", "$875 against $100"),
        ("split", "80% input", "80% input"),
        ("caching", "50%", "50% of the input cached"),
        ("tier", "Batch", "batch"),
        ("add", "openai/gpt-5.5", "GPT-5.5"),
    ],
)
async def test_a_choice_changes_the_same_message_and_says_whose_it_was(
    office: Office, action: str, chosen: str, shown: str
) -> None:
    posted = await compared(office)
    before, ts = posted.text, posted.ts
    await clicked(office, posted, action, chosen, user="U2")
    [changed] = office.standin.seen_in("C1")
    assert (changed.ts, changed.only_for) == (ts, None)
    assert changed.text != before and shown.lower() in str(changed.blocks).lower()
    assert changes(changed).startswith("Changed by u2: ")
    if "initial_option" in (menu := controls(changed)[action]):
        assert chosen in menu["initial_option"]["text"]["text"]
    assert office.standin.rejected == []


async def test_back_undoes_one_change_after_the_other(office: Office) -> None:
    posted = await compared(office)
    first = posted.text
    await clicked(office, posted, "volume", "100M")
    second = posted.text
    await clicked(office, posted, "add", "openai/gpt-5.5")
    await clicked(office, posted, "back")
    assert posted.text == second and "back" in controls(posted)
    await clicked(office, posted, "back")
    assert posted.text == first and "back" not in controls(posted) and changes(posted) == ""


async def test_every_update_renames_its_blocks_and_clicks_on_the_old_ones_still_count(office: Office) -> None:
    """Slack keeps what was chosen in a block whose id stays, so that Back would leave the menus as they were."""
    posted = await compared(office)
    late = click_payload(office, posted, "caching", "50%")
    seen = _block_ids(posted)
    for action, chosen in (("volume", "100M"), ("volume", "100M"), ("back", None), ("tier", "Batch"), ("back", None)):
        await clicked(office, posted, action, chosen)
        assert _block_ids(posted) and not _block_ids(posted) & seen
        seen |= _block_ids(posted)
    await interact(office, late)
    await office.settle()
    assert changes(posted) == "Changed by u1: 50% of input cached"


async def test_after_many_changes_back_still_leads_to_the_first(office: Office) -> None:
    posted = await compared(office)
    first = posted.text
    for number in range(MOST_STEPS + 5):
        await clicked(office, posted, "volume", "100M" if number % 2 else "10M")
    backs = 0
    while "back" in controls(posted):
        await clicked(office, posted, "back")
        backs += 1
    assert (posted.text, changes(posted), backs) == (first, "", MOST_STEPS - 1)


async def test_adding_a_model_that_is_there_is_said_to_the_one_who_clicked(office: Office) -> None:
    posted = await compared(office)
    menus = _block_ids(posted)
    told = await clicked(office, posted, "add", "openai/gpt-5.4", user="U2")
    assert (told.only_for, told.text) == ("U2", "openai/gpt-5.4 is in this message already.")
    assert changes(posted) == "" and not _block_ids(posted) & menus


async def test_a_channel_shares_one_scenario_that_its_thread_goes_on_from(office: Office) -> None:
    posted = await compared(office)
    await clicked(office, posted, "volume", "50M", user="U2")
    await clicked(office, posted, "add", "openai/gpt-5.5", user="U3")
    assert changes(posted) == "Changed by u2: 50M tokens a month · u3: + openai/gpt-5.5"
    await office.slack.mention("and per year?", "C1", office.bot, user="U4", thread_ts=posted.ts)
    await office.settle()
    assert "GPT-5.5" in str(office.standin.seen_in("C1")[-1].blocks) and "50M" in office.standin.seen_in("C1")[-1].text


@ON_BOTH
async def test_the_same_choice_twice_is_one_change_and_a_click_delivered_twice_is_one_click(office: Office) -> None:
    posted = await compared(office)
    await clicked(office, posted, "volume", "100M")
    await clicked(office, posted, "volume", "100M")
    payload = click_payload(office, posted, "add", "openai/gpt-5.5")
    await asyncio.gather(*(interact(office, payload) for _ in range(3)))
    await office.settle()
    assert changes(posted) == "Changed by u1: 100M tokens a month · u1: + openai/gpt-5.5"
    assert len(office.standin.seen_in("C1")) == 1


@ON_BOTH
async def test_two_processes_that_change_one_message_at_once_lose_no_change(open_office: Open) -> None:
    async with open_office() as one, open_office() as other:
        posted = await compared(one)
        payloads = [click_payload(one, posted, "add", "openai/gpt-5.5"), click_payload(one, posted, "volume", "100M")]
        await asyncio.gather(interact(one, payloads[0]), interact(other, payloads[1]))
        await one.settle()
        await other.settle()
        await clicked(one, posted, "caching", "50%", user="U3")
        assert changes(posted).count("·") == 2


async def test_where_the_bot_is_no_member_the_message_changes_all_the_same(office: Office) -> None:
    posted = await compared(office, is_member=False)
    await clicked(office, posted, "volume", "100M", user="U2")
    [changed] = office.standin.seen_in("C1")
    assert "$875" in changed.text and changes(changed) == "Changed by u2: 100M tokens a month"


async def test_a_full_profile_is_shown_beside_the_message_to_the_one_who_clicked(office: Office) -> None:
    posted = await compared(office)
    before = posted.text
    profile = await clicked(office, posted, "profile:1", user="U2")
    assert posted.text == before
    assert profile.only_for == "U2" and profile.text.startswith("GPT-5.4")
    shared = await clicked(office, profile, "share", user="U2")
    assert shared.only_for is None and shared.text == profile.text


async def test_what_one_person_sees_can_be_shared_once_and_says_who_did(office: Office) -> None:
    note = SettingsChange(visibility="asker", private_note="secret-of-T1")
    await office.edge.state.change_settings("T1", None, note, "U1", "T1")
    posted = await compared(office)
    assert posted.only_for == "U1" and "secret-of-T1" in str(posted.blocks)
    assert "Take GPT-4.1 Mini" in controls(posted)["share"]["confirm"]["text"]["text"]
    await clicked(office, posted, "volume", "100M")
    shared = await clicked(office, posted, "share")
    assert shared.only_for is None and "$875" in shared.text and "secret-of-T1" not in str(shared.blocks)
    assert (shared_by(shared), changes(shared)) == ("Shared by u1", "") and "back" not in controls(shared)
    await clicked(office, shared, "volume", "50M", user="U2")
    assert (shared_by(shared), changes(shared)) == ("Shared by u1", "Changed by u2: 50M tokens a month")
    again = await clicked(office, posted, "share")
    assert again.only_for == "U1" and "already" in again.text
    assert sum(each.only_for is None for each in office.standin.seen_in("C1")) == 1


async def test_an_unknown_name_has_buttons_that_run_the_corrected_question(office: Office) -> None:
    asked_back = await compared(office, "gpt-9 ultra at 10M tokens")
    assert asked_back.only_for == "U1" and "share" not in controls(asked_back)
    await clicked(office, asked_back, labelled(asked_back, "GPT-6 Astra"))
    [answered] = office.standin.seen_in("C1")
    assert answered.only_for == "U1" and answered.text.startswith("GPT-6 Astra") and "share" in controls(answered)


async def test_another_reading_of_a_misspelt_name_takes_the_place_of_the_guess(office: Office) -> None:
    posted = await compared(office, "gpt-4.1-mni gpt-5.4")
    assert "GPT-4.1 Mini" not in labels(posted)  # that is the guess, which is answered already
    await clicked(office, posted, labelled(posted, "GPT-4.1"))
    [table] = [block for block in posted.blocks if block["type"] == "table"]
    assert {cell["text"] for cell in table["rows"][0][1:]} == {"GPT-4.1", "GPT-5.4"}


async def test_an_ambiguous_name_has_buttons_that_complete_the_question(office: Office) -> None:
    posted = await compared(office, "claude vs gpt-5.4 at 100M")
    assert {"ask:0", "ask:1", "ask:2"} <= set(controls(posted))
    name = labels(posted)[0]
    await clicked(office, posted, "ask:0")
    assert name in posted.text and "GPT-5.4" in str(posted.blocks) and "100M" in posted.text


async def test_a_mention_that_was_not_understood_is_corrected_by_a_click(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    await office.slack.mention("cost of gpt-9 ultra at 10M tokens", channel, office.bot, user="U2")
    await office.settle()
    [asked_back] = office.standin.seen_in(channel)
    await clicked(office, asked_back, "ask:0", user="U2")
    [answered] = office.standin.seen_in(channel)
    assert answered.only_for == "U2" and answered.text.startswith("GPT-6 Astra")


async def test_an_answer_in_a_direct_message_can_be_changed_and_asked_on(office: Office) -> None:
    channel = office.standin.channel("D1", office.bot)
    await office.slack.direct("compare " + COMPARISON, channel, office.bot)
    await office.settle()
    [posted] = office.standin.seen_in(channel)
    await clicked(office, posted, "add", "openai/gpt-5.5")
    await office.slack.direct("which is cheaper at 100M tokens?", channel, office.bot)
    await office.settle()
    assert "GPT-5.5" in posted.text + str(posted.blocks)
    assert "GPT-5.5" in str(office.standin.seen_in(channel)[-1].blocks)


async def test_many_quick_changes_end_with_the_last_one_shown(office: Office) -> None:
    posted = await compared(office)
    choices = ["1M", "10M", "50M", "500M", "1B", "10B"] * 2
    for chosen in choices:
        await click(office, posted, "volume", f"{chosen} tokens")
    await office.settle()
    assert changes(posted).endswith("u1: 10B tokens a month") and changes(posted).startswith("Changed by … ")
    assert "at 10B tokens" in posted.text


async def test_also_compare_adds_the_model_that_stands_on_the_button(office: Office) -> None:
    posted = await compared(office)
    label = labels(posted)[0]
    await clicked(office, posted, labelled(posted, label))
    assert label.removeprefix("+ ") in str(posted.blocks) and changes(posted) == f"Changed by u1: {label}"


async def test_feedback_is_counted_once_per_person_without_any_text(office: Office) -> None:
    posted = await compared(office)
    await click(office, posted, "feedback", "positive_button")
    await click(office, posted, "feedback", "positive_button")
    await click(office, posted, "feedback", "negative_button", user="U2")
    await office.settle()
    assert await office.edge.state.feedback("T1") == {"compare": (1, 1)}
    assert len(office.standin.seen_in("C1")) == 1


async def test_only_the_asker_deletes_an_answer(office: Office) -> None:
    posted = await compared(office)
    refused = await clicked(office, posted, "delete", user="U2")
    assert refused.only_for == "U2" and "Only the person who asked" in refused.text
    assert posted in office.standin.seen_in("C1")
    await click(office, posted, "delete")
    await click(office, posted, "delete")
    await office.settle()
    assert posted not in office.standin.seen_in("C1")
    assert len(office.standin.seen_in("C1")) == 1


async def test_somebody_of_another_organisation_may_change_what_is_public_and_sees_nothing_private(
    office: Office,
) -> None:
    await office.edge.state.change_settings("T1", None, SettingsChange(private_note="secret-of-T1"), "U1", "T1")
    posted = await compared(office)
    await clicked(office, posted, "volume", "100M", user="U9", team="T9")
    assert changes(posted) == "Changed by u9: 100M tokens a month"
    foreign = await clicked(office, posted, "profile:0", user="U9", team="T9")
    own = await clicked(office, posted, "profile:0", user="U1")
    assert foreign.only_for == "U9" and "secret-of-T1" not in str(foreign.blocks)
    assert own.only_for == "U1" and "secret-of-T1" in str(own.blocks)


async def test_what_one_person_alone_sees_is_of_no_use_to_another(office: Office) -> None:
    await office.edge.state.change_settings("T1", None, SettingsChange(visibility="asker"), "U1", "T1")
    posted = await compared(office)
    before = posted.text
    for action, chosen in (("share", None), ("volume", "100M")):
        refused = await clicked(office, posted, action, chosen, user="U2")
        assert refused.only_for == "U2" and "Only the person who asked" in refused.text
    assert posted.text == before and not [each for each in office.standin.seen_in("C1") if each.only_for is None]


async def test_a_message_that_is_too_old_says_so(open_office: Open) -> None:
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    async with open_office(now=lambda: moment) as office:
        posted = await compared(office)
        before = posted.text
        moment += timedelta(days=91)
        await office.edge.state.expire()
        told = await clicked(office, posted, "volume", "100M", user="U2")
        assert told.only_for == "U2" and "ask again" in told.text and posted.text == before


async def test_an_old_message_shows_todays_prices_or_says_that_its_model_is_gone(
    open_office: Open, catalog: CatalogFile, tmp_path: Path
) -> None:
    own = CatalogFile(Path(shutil.copy(catalog.path, tmp_path / "own.sqlite")))
    async with open_office(own_catalog=own) as office:
        posted = await compared(office, COMPARISON + " at 100M")
        _change(own.path, "UPDATE price SET usd = '30' WHERE offering = 'openai/gpt-5.4' AND unit = 'output_mtok'")
        await clicked(office, posted, "volume", "50M")
        assert "GPT-5.4 costs 16.3 times as much ($813 against $50.00" in posted.text
        _remove(own.path, "openai/gpt-5.4")
        before = posted.text
        for action in ("volume", "back"):
            told = await clicked(office, posted, action, "100M", user="U2")
            assert told.only_for == "U2" and "no longer in my price data" in told.text
        assert posted.text == before


async def test_back_to_a_model_that_is_gone_leaves_the_message_as_it_is(
    open_office: Open, catalog: CatalogFile, tmp_path: Path
) -> None:
    own = CatalogFile(Path(shutil.copy(catalog.path, tmp_path / "own.sqlite")))
    async with open_office(own_catalog=own) as office:
        posted = await compared(office)
        await clicked_saying(office, posted, "swap openai/gpt-5.4 for openai/gpt-5.5")
        await clicked(office, posted, "volume", "100M")
        assert "GPT-5.5" in posted.text and "GPT-5.4" not in posted.text
        _remove(own.path, "openai/gpt-5.4")
        await clicked(office, posted, "volume", "50M")
        await clicked(office, posted, "back")
        before = posted.text
        told = await clicked(office, posted, "back", user="U2")
        assert told.only_for == "U2" and "no longer in my price data" in told.text
        assert posted.text == before and "100M" in before


async def test_what_a_click_asks_back_is_said_beside_a_message_that_all_see(office: Office) -> None:
    posted = await compared(office)
    before = posted.text
    aside = await clicked_saying(office, posted, "is claude better?", user="U2")
    assert aside.only_for == "U2" and "“claude” can be several" in aside.text
    assert (posted.text, changes(posted)) == (before, "")
    await clicked(office, aside, labelled(aside, "Claude Opus 5.5"), user="U2")
    assert "Claude Opus 5.5" in aside.text and posted.text == before


async def test_where_the_bot_is_no_member_the_asker_deletes_an_answer_all_the_same(office: Office) -> None:
    posted = await compared(office, is_member=False)
    await click(office, posted, "delete")
    await office.settle()
    assert office.standin.seen_in("C1") == []


async def test_a_message_that_was_deleted_meanwhile_says_so(office: Office) -> None:
    posted = await compared(office)
    payload = click_payload(office, posted, "volume", "100M")
    office.standin.channels["C1"].messages.remove(posted)
    await interact(office, payload)
    await office.settle()
    [told] = office.standin.seen_in("C1")
    assert told.only_for == "U1" and "deleted" in told.text


async def test_blocks_that_slack_refuses_are_replaced_by_the_text(office: Office) -> None:
    posted = await compared(office)
    office.standin.fail("chat.update", Fault(error="invalid_blocks"))
    await clicked(office, posted, "volume", "100M")
    assert "$875" in posted.text and posted.blocks == []


async def test_a_limit_is_waited_for(office: Office) -> None:
    posted = await compared(office)
    office.standin.fail("chat.update", Fault(status=429, error="ratelimited", retry_after=0))
    await clicked(office, posted, "volume", "100M")
    assert "$875" in posted.text and len(office.standin.seen_in("C1")) == 1


def may_send_files(standin: StandIn) -> None:
    """Grant the scope for files to every installation."""
    for installation in standin.installations.values():
        installation.scopes += ",files:write"


async def test_the_table_is_sent_as_a_file_where_files_are_allowed(standin: StandIn, open_office: Open) -> None:
    may_send_files(standin)
    async with open_office() as office:
        posted = await compared(office)
        await click(office, posted, "csv", user="U2")
        await office.settle()
        [table] = office.standin.uploads
        assert table.splitlines()[0] == "Model,GPT-4.1 Mini,GPT-5.4"
        [done] = office.standin.bodies("files.completeUploadExternal")
        assert (done["channel_id"], done["thread_ts"]) == ("C1", posted.ts)
        office.standin.fail("files.getUploadURLExternal", Fault(error="missing_scope"))
        told = await clicked(office, posted, "csv", user="U2")
        assert told.only_for == "U2" and "Reference:" in told.text


async def test_where_the_bot_is_no_member_a_file_needs_an_invitation(standin: StandIn, open_office: Open) -> None:
    may_send_files(standin)
    async with open_office() as office:
        posted = await compared(office, is_member=False)
        told = await clicked(office, posted, "csv", user="U2")
        assert (told.only_for, "invite me to this channel" in told.text) == ("U2", True)
        office.standin.channels["C1"].bots.add(office.bot.token)
        await click(office, posted, "csv", user="U2")
        await office.settle()
        assert len(office.standin.bodies("files.completeUploadExternal")) == 2
        assert office.standin.seen_in("C1")[-1] is told


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
async def test_a_limit_on_files_is_waited_for(standin: StandIn, open_office: Open, method: str) -> None:
    may_send_files(standin)
    async with open_office() as office:
        posted = await compared(office)
        office.standin.fail(method, Fault(status=429, error="ratelimited", retry_after=0))
        await click(office, posted, "csv")
        await office.settle()
        assert len(office.standin.uploads) == 1 and office.standin.seen_in("C1") == [posted]
        assert office.standin.bodies("files.completeUploadExternal")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("4.1 mini", ("GPT-4.1 Mini",)),
        ("gpt-5.4", ("GPT-5.4",)),
        ("sonnet", ("Claude Sonnet 5.5", "Claude Sonnet 5")),
        ("gemini flash", ("Gemini 3.8 Flash", "Gemini 3.7 Flash")),
        ("gemini pro", ("Gemini 3.1 Pro (Preview)",)),
        ("gemni 3.5 flash", ("Gemini 3.5 Flash",)),
        ("claud sonet", ("Claude Sonnet 5.5", "Claude Sonnet 5")),
        ("gtp 5", ("GPT-5",)),
        ("opsu", ("Claude Opus 5.5",)),
    ],
)
async def test_type_ahead_offers_what_people_mean_first(office: Office, typed: str, first: tuple[str, ...]) -> None:
    options = await type_into(office, "add", typed)
    assert tuple(each["text"]["text"] for each in options[: len(first)]) == first


async def test_type_ahead_offers_a_familys_own_models_before_what_is_named_after_them(office: Office) -> None:
    offered = [each["text"]["text"] for each in await type_into(office, "add", "llama 70b")]
    own = [name.lower().startswith("llama-3") or name.startswith("Llama 3.") for name in offered]
    assert own[:20] == [True] * 20 and "DeepSeek-R1-Distill-Llama-70B (Groq)" in offered


@pytest.mark.parametrize("typed", ["", "gemini flash", "gemini", "claude", "gpt 4", "sonet", "o"])
async def test_type_ahead_offers_what_is_switched_off_last(open_office: Open, catalog: CatalogFile, typed: str) -> None:
    day = date(2027, 6, 1)
    async with open_office(now=lambda: datetime(2027, 6, 1, 12, tzinfo=UTC)) as office:
        offerings = [catalog.current().offerings[each["value"]] for each in await type_into(office, "add", typed)]
    is_gone = [each.deprecated or catalog.current().is_retired(each, day) for each in offerings]
    assert offerings and is_gone == sorted(is_gone)


async def test_type_ahead_keeps_to_what_slack_takes(office: Office) -> None:
    for typed in ("", "g", "5", "gpt", "llama", "x" * 500, "💩"):
        options = await type_into(office, "models", typed)
        assert len(options) <= 100
        assert all(len(each["text"]["text"]) <= 75 and len(each["value"]) <= 150 for each in options)


def _block_ids(posted: Posted) -> set[str]:
    return {block["block_id"] for block in posted.blocks if "block_id" in block}


def _remove(catalog: Path, offering: str) -> None:
    """Take an offering out of a catalog's file under the running bot."""
    with closing(sqlite3.connect(catalog)) as file, file:
        file.execute("DELETE FROM price WHERE offering = ?", (offering,))
        file.execute("DELETE FROM alias WHERE offering = ?", (offering,))
        file.execute("DELETE FROM offering WHERE id = ?", (offering,))


def _change(catalog: Path, *statements: str) -> None:
    """Change a catalog's file under the running bot."""
    with closing(sqlite3.connect(catalog)) as file, file:
        for statement in statements:
            file.execute(statement)
