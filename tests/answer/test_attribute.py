"""The one figure that was asked for."""

from tests.conftest import Say


def test_a_price_comes_with_its_long_context_prices(say: Say) -> None:
    """Each with the threshold that it applies above."""
    made = say("price of gpt-5.4")[0]
    assert (
        "GPT-5.4: requests over 272K input tokens pay $5.00 input, $22.50 output and $0.50 cached" in made.message.text
    )
    banded = {each.name: each.value for each in made.answer.figures if each.prompt_over == "272000"}
    assert banded == {"input_price": "5", "output_price": "22.5", "cached_input_price": "0.5"}
