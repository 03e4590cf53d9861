"""Slack's and people's text made plain: unescaped, without mentions, marks and odd characters."""

import html
import re
import unicodedata

LONGEST = 4000
"""Characters that are read; Slack sends no longer messages."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = {ord(each): "'" for each in "‘’‚‛`´"} | {ord(each): '"' for each in "“”„«»"}
_SPECIAL = re.compile(r"<(?:(?:https?|mailto):[^|>\s]*\|([^>]*)|(https?:[^|>\s]*)|[@#!][^>]*)>")
_EMOJI = re.compile(r":[a-z0-9_+'-]{2,}:")
_MARKS = re.compile(r"(?<![\w/@~.-])[*_~']+(?=\S)|(?<=\S)[*_~']+(?![\w/-])")


def plain(text: str) -> str:
    """A text as it is read: lower case, plain dashes and quotes, links by their labels, one kind of space.

    Line breaks stay, as spaces; what is not a letter, a number or a common mark of punctuation becomes a space.
    """
    text = _SPECIAL.sub(lambda found: f" {found[1] or found[2] or ''} ", text[:LONGEST])
    text = unicodedata.normalize("NFKC", html.unescape(text)).translate(_DASHES | _QUOTES).lower()
    text = _EMOJI.sub(" ", text).replace("×", "x").replace("→", "->")
    text = "".join(each if each.isprintable() else " " for each in text)
    text = re.sub(r"(?<=[\w)]) v\.? (?=[a-z\d])", " vs ", re.sub(r"\s+", " ", text))
    text = re.sub(r"(?<=\S) -{1,2} (?=\S)", ", ", re.sub(r"\babt\b", "about", text))
    return _MARKS.sub(" ", f" {text} ").strip()
