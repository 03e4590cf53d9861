"""What is said beside an amount of money: fees, sizes that are missing, models that are not looked at, plain words."""

import pytest

from tests.conftest import Say
from tests.sourced import strays


def test_a_fee_on_each_request_is_in_the_cost_and_named_with_its_price(say: Say) -> None:
    """A row of the catalog like any price."""
    made = say("sonar 10k requests a month 1k in 500 out")[0]
    cost = next(each for each in made.answer.figures if each.name == "monthly_cost")
    assert cost.value == "135"
    assert "price|perplexity/sonar|requests|standard|-|-" in cost.evidence
    assert "Sonar's cost includes its fee of $12.00 per 1,000 requests." in made.message.text


def test_a_fee_is_said_to_be_left_out_where_no_requests_were_stated(say: Say) -> None:
    """Unknown is not nothing."""
    made = say("sonar at 10M")[0]
    assert "fee of $12.00 per 1,000 requests is not included" in made.message.text
    assert strays(made, "sonar at 10M", {"Sonar"}) == []


def test_requests_without_a_size_are_named_and_the_size_is_asked_for(say: Say) -> None:
    """Not taken for unsaid."""
    made = say("10000 requests a day on gpt-5.4")[0]
    assert made.answer.headline.startswith("To price 300,000 requests a month on GPT-5.4 I need the size of one")
    assert any(each.value == "300000" and each.evidence == ("question|workload",) for each in made.answer.figures)
    both = say("gpt-5.4 vs gpt-5, 10k requests a day")[0]
    assert any(line.startswith("300,000 requests a month have no cost without a size") for line in both.answer.more)


def test_a_budget_for_several_models_says_the_usage_that_it_rests_on(say: Say) -> None:
    """As one for a single model does."""
    said = say("how far does $500 go on gpt-5.4 and gpt-5 on batch, 80% cached")[0].answer.headline
    assert "half input and half output, 80% of the input cached, batch tier" in said


def test_an_amount_converted_to_a_month_has_its_source(say: Say) -> None:
    """It is the question's money."""
    text = "$10 a day for sonnet 5, tokens per month?"
    made = say(text)[0]
    assert "$300 a month buys" in made.message.text
    assert strays(made, text, {"Claude Sonnet 5"}) == []


@pytest.mark.parametrize("text", ["how far does $0 go on gpt-5.4", "when does gpt-5.4 pass $0"])
def test_an_amount_of_money_that_cannot_be_is_called_one(say: Say, text: str) -> None:
    """Tokens and shares have nothing to do with it."""
    said = say(text)[0].answer.headline
    assert "amount of money" in said
    assert "okens" not in said


@pytest.mark.parametrize(
    ("text", "looked_at"),
    [
        ("should i upgrade gpt-4o gpt-5 gpt-5.4", "Only GPT-4o and GPT-5 are"),
        ("how much do we save moving from gpt-4o to gpt-4o-mini or gpt-5 at 50M?", "Only GPT-4o and GPT-4o Mini are"),
        ("tell me about gpt-5 and gpt-5.4", "Only GPT-5 is"),
        ("something like gpt-5.4 or gpt-5 but cheaper", "Only GPT-5.4 is"),
        ("when does gpt-5, gpt-5.4, o3 pass $100", "Only GPT-5 and GPT-5.4 are"),
    ],
)
def test_no_model_is_dropped_in_silence(say: Say, text: str, looked_at: str) -> None:
    """What takes all of them is named."""
    lines = say(text)[0].answer.more
    assert any(line.startswith(f"{looked_at} looked at here; `/compare ") for line in lines)


def test_a_figure_asked_of_three_models_is_given_for_each_in_the_text(say: Say) -> None:
    """The text stands alone."""
    text = say("context window of gpt-5, gpt-5.4 and o3")[0].message.text
    assert all(each in text for each in ("400,000", "1,050,000", "200,000"))


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("grok 4.7 at 10M on batch", "Grok 4.7: no batch price, standard price used."),
        ("deepseek-chat at 10M", "costs less outside its peak hours"),
        ("gemini 4 argon at 10M", "From 2026-12-01 Gemini 4 Argon will cost"),
    ],
)
def test_the_text_of_a_cost_says_what_it_rests_on_before_the_yearly_cost(say: Say, text: str, note: str) -> None:
    """The year follows from the month; the rest does not."""
    made = say(text)[0].message.text
    assert note in made
    assert "Per year" not in made


def test_a_move_that_costs_more_or_the_same_is_said_plainly(say: Say) -> None:
    """No negative saving, no price instead of itself."""
    dearer = say("how much do we save moving from gpt-4o-mini to gpt-4o at 50M?")[0]
    assert "That is $3,525 a year more." in dearer.answer.more
    assert "-$" not in str(dearer.message.blocks)
    assert "costs the same, $5.63 a month" in say("should i upgrade from gpt-5 to gpt-5.1?")[0].answer.headline


def test_which_is_better_is_answered_with_a_name_and_not_with_yes(say: Say) -> None:
    """In whatever order the two are named."""
    for names in ("gpt-5 or gpt-5.4", "gpt-5.4 or gpt-5"):
        said = say(f"which is better, {names}?")[0].answer.headline
        assert said.startswith("GPT-5.4 is graded better: Strong (2.72 of 3) against Usable (2.20 of 3) for GPT-5")


def test_money_of_another_currency_is_not_taken_for_dollars(say: Say) -> None:
    """Said at once, with a way forward."""
    (made,) = say("€500 on gpt-5.4 how many tokens")
    assert "US dollars only" in made.answer.headline
    assert not made.answer.figures
