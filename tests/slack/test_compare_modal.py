"""A bare /compare: the modal opens, is filled in, and is answered where the person wants it."""

import pytest

from bot.message.limits import faults
from tests.slack.clicking import click, controls, submit
from tests.slack.conftest import Office
from tests.slack.standin import Fault

PAIR = ["openai/gpt-4.1-mini", "openai/gpt-5.4"]


async def test_a_bare_command_opens_the_modal_at_once_and_says_nothing(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    answer = await office.slack.command("", channel, trigger_id="trigger.modal")
    await office.settle()
    [opened] = office.standin.bodies("views.open")
    assert (answer.status, answer.body) == (200, "") and office.standin.seen_in(channel) == []
    assert opened["trigger_id"] == "trigger.modal"
    view = opened["view"]
    assert faults(view["blocks"], "", is_view=True) == [] and office.standin.rejected == []
    assert all(len(view[part]["text"]) <= 24 for part in ("title", "submit", "close"))
    [models, *_] = view["blocks"]
    assert (models["element"]["max_selected_items"], models["element"]["min_query_length"]) == (6, 0)


@pytest.mark.parametrize("error", ["expired_trigger", "exchanged_trigger", "internal_error"])
async def test_where_the_modal_does_not_open_it_is_said_with_what_to_do(office: Office, error: str) -> None:
    channel = office.standin.channel("C1", office.bot)
    office.standin.fail("views.open", Fault(error=error))
    await office.slack.command("", channel)
    await office.settle()
    [told] = office.standin.seen_in(channel)
    assert told.only_for == "U1" and told.text.startswith("The form could not be opened. Please type /compare again")


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, "$8.75 against $1.00"),
        ({"volume": "100M"}, "$875 against $100"),
        ({"volume": "30M in, 5M out"}, "35M tokens"),
        ({"volume": "30M in"}, "$75.00 against $12.00"),
        ({"volume": "5M out"}, "$75.00 against $8.00"),
        ({"volume": "50 tokens"}, "50 tokens"),
        ({"volume": "100M in a month"}, "$875 against $100"),
        ({"volume": "5000"}, "5K tokens"),
        ({"requests": "10k a day", "size": "2k", "split": "80% input"}, "$3,000 against $384"),
        ({"volume": "100 million tokens", "split": "80% input"}, "$500 against $64"),
        ({"requests": "10k a day", "size": "2k in, 500 out"}, "$3,750 against $480"),
        ({"requests": "1000 requests per day", "size": "2000 input and 500 output"}, "75M tokens"),
        ({"volume": "100M", "caching": "50% cached", "tier": "on batch"}, "batch"),
    ],
)
async def test_what_was_filled_in_is_answered_for_everybody_where_the_person_says(
    office: Office, fields: dict[str, str], shown: str
) -> None:
    channel = office.standin.channel("C1", office.bot)
    answer = await submit(office, channel, PAIR, **fields)
    await office.settle()
    [posted] = office.standin.seen_in(channel)
    assert (answer.status, answer.body) == (200, "")
    assert posted.only_for is None and shown in posted.text + str(posted.blocks)
    assert {"add", "volume"} <= set(controls(posted))


@pytest.mark.parametrize(
    ("models", "fields", "wrong"),
    [
        ([], {}, {"models"}),
        (["openai/gpt-2077"], {}, {"models"}),
        (PAIR, {"volume": "lots"}, {"volume"}),
        (PAIR, {"volume": "-5M"}, {"volume"}),
        (PAIR, {"volume": "10^30"}, {"volume"}),
        (PAIR, {"volume": "100M", "requests": "10k a day", "size": "1k in, 1k out"}, {"volume"}),
        (PAIR, {"requests": "10k a day"}, {"size"}),
        (PAIR, {"size": "2k in, 500 out"}, {"requests"}),
        (PAIR, {"requests": "many", "size": "2k in, 500 out"}, {"requests"}),
        (PAIR, {"requests": "10k a day", "size": "huge"}, {"size"}),
        (PAIR, {"requests": "10k a day", "size": "2k in, 500 out <!here>"}, {"size"}),
        (PAIR, {"requests": "10k a day <@U1>", "size": "2k in, 500 out"}, {"requests"}),
        (PAIR, {"volume": "100M <!channel>"}, {"volume"}),
        (PAIR, {"volume": "30M in, 5M out", "split": "75% input"}, {"split"}),
        (PAIR, {"volume": "30M in", "split": "75% input"}, {"split"}),
        (PAIR, {"requests": "10k a day", "size": "2k in, 500 out", "split": "75% input"}, {"split"}),
        (PAIR, {"volume": "5"}, {"volume"}),
        (PAIR, {"volume": "0.5"}, {"volume"}),
    ],
)
async def test_what_cannot_be_used_is_said_beside_its_field(
    office: Office, models: list[str], fields: dict[str, str], wrong: set[str]
) -> None:
    channel = office.standin.channel("C1", office.bot)
    answer = await submit(office, channel, models, **fields)
    await office.settle()
    assert answer.json["response_action"] == "errors" and set(answer.json["errors"]) == wrong
    assert office.standin.seen_in(channel) == []


async def test_a_bare_small_number_is_asked_back_as_millions(office: Office) -> None:
    answer = await submit(office, office.standin.channel("C1", office.bot), PAIR, volume="5")
    assert "Did you mean 5M? If not, write: 5 tokens" in answer.json["errors"]["volume"]


async def test_where_the_bot_is_no_member_the_chosen_conversation_is_reached_all_the_same(office: Office) -> None:
    channel = office.standin.channel("C2")
    await submit(office, channel, PAIR, volume="100M")
    await office.settle()
    [posted] = office.standin.seen_in(channel)
    assert posted.by == "response_url" and posted.only_for is None and "$875" in posted.text


async def test_without_a_conversation_the_answer_is_a_direct_message_which_goes_on(office: Office) -> None:
    await submit(office, None, PAIR, volume="100M")
    await office.settle()
    [posted] = office.standin.seen_in("DU1")
    assert "$875" in posted.text and "share" not in controls(posted)
    await click(office, posted, "volume", "50M")
    await office.settle()
    assert "50M" in posted.text
    await office.slack.direct("and at 10M tokens?", "DU1", office.bot)
    await office.settle()
    assert "10M" in office.standin.seen_in("DU1")[-1].text


async def test_one_model_alone_gives_its_profile(office: Office) -> None:
    channel = office.standin.channel("C1", office.bot)
    await submit(office, channel, PAIR[:1])
    await office.settle()
    [posted] = office.standin.seen_in(channel)
    assert posted.text.startswith("GPT-4.1 Mini by OpenAI costs")
