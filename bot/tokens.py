"""Counts the tokens of a text, offline: the vocabulary is inside the installed package."""

import html
import re
from functools import lru_cache
from importlib.metadata import version

from splintr import AnyTokenizer, Tokenizer

ENCODING = "o200k_base"
COUNTED_BY = f"splintr-rs {version('splintr-rs')}"
COUNTS_EXACTLY = re.compile(r"openai/(?:chatgpt-4o|gpt-4o|gpt-4\.1|gpt-4\.5|gpt-5|o[134])(?![0-9])")
"""The models that are known to use this encoding, by maker and model (tiktoken 0.14 lists them)."""
LINK = re.compile(r"<(?:[^<>|]*\|([^<>]*)|([^<>|]*))>")


def count_tokens(text: str) -> int:
    """Return how many tokens a text is in ENCODING; what looks like a special token counts as the text that it is."""
    return len(_tokenizer().encode_ordinary(text.encode("utf-8", "replace").decode()))


def is_exact_for(model: str) -> bool:
    """Return whether a model (maker/model) counts as ENCODING does; for all others a count is an estimate."""
    return COUNTS_EXACTLY.match(model) is not None


def as_people_see(text: str) -> str:
    """Return a Slack message's text without Slack's marks: links by their labels, `&amp;` as `&`."""
    return html.unescape(LINK.sub(lambda found: found[1] or found[2] or "", text))


@lru_cache(maxsize=1)
def _tokenizer() -> AnyTokenizer:
    return Tokenizer.from_pretrained(ENCODING)
