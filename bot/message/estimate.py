"""What a message would cost: the question that is asked for it, and the reply with the count of its tokens. Pure."""

from collections.abc import Sequence

from bot.message.elements import Block
from bot.message.message import escaped
from bot.wording import listed

NOTHING_TO_COUNT = "This message has no text that I could count."
INPUT_ALONE = "It is counted as input alone; what a model answers comes on top, at its output price."


def estimate_question(offerings: Sequence[str], tokens: int) -> str:
    """The question that the bot answers like any other; two offering ids or more."""
    return f"what would {listed(list(offerings))} cost per request for {tokens} tokens in"


def count_line(tokens: int, encoding: str, counted_by: str, exact: Sequence[str], estimated: Sequence[str]) -> str:
    """How many tokens there are, how they were counted, and for whom (names) that is exact or an estimate."""
    unit = "token" if tokens == 1 else "tokens"
    line = f"The message has {tokens:,} {unit}, counted here as `{encoding}` by `{counted_by}`"
    if exact and estimated:
        return f"{line}: exact for {listed(list(exact))}, an estimate for {listed(list(estimated))}."
    return (
        f"{line}: exact for these models." if exact else f"{line}: an estimate for these models, which count otherwise."
    )


def with_count(blocks: Sequence[Block], line: str) -> list[Block]:
    """A reply's blocks with the count right under the headline."""
    counted: Block = {"type": "section", "text": {"type": "mrkdwn", "text": f"{escaped(line)} {INPUT_ALONE}"}}
    return [*blocks[:1], counted, *blocks[1:]]
