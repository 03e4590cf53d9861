"""Words that say nothing by themselves, and those of a text that mean nothing in a question about models."""

import re

from bot.question import cues, phrases
from bot.question.model import Kind
from bot.question.naming import COMMON
from catalog.names import HOSTS

FILLER_WORDS = re.compile(
    r"\b(?:add|the|a|an|please|pls|plz|for|me|us|my|our|of|on|and|or|in|with|to|at|is|are|it|what|whats|what's|how|about|"
    r"then|now|ok|so|hey|hi|vs|versus|models?|can|you|do|does|we|i|just|show|give|see|look|up|thx|thanks|"
    r"between|both|each|all|these|this|s|today|currently|right|numbers|figures|stats|api|llm|ai|cache hits?|hit rate|of the input)\b"
)
USUAL = frozenset(
    "like want need them these those two three both other others option options thing things choice overall there out market world offering offerings provider providers company maker"
    " makers use case task tasks work project team production app apps bot customer user users recent recently new week month"
    " year since june july august september october november december january february march april may options which what"
    " who why because here list show rank order cheapest best most price prices cost costs one ones any some our own under those numbers"
    " figures data catalog database days day today yesterday last anything everything far buy get updates usage use should"
    " over below above than with without from that less more least most big small large fast quick good great did was were has have had"
    " change changes changed drops rises cuts per request requests token tokens".split()
)
OF_LISTS = frozenset(
    "only sells sell sold offers offer offering hosts hosted supports support supporting every need needs want wants top largest longest biggest"
    " smallest shortest accept accepts takes takes taking came among family families except exclude excluding available being going away stay"
    " stays staying isn non going ones requirement requirement min max minimum maximum dollar dollars cents million calling weight weights"
    " greater know make got same question instead answers pricing soon next coming months weeks days years quarter around still announced"
    " roughly priced level range both either neither nothing please really actually currently ever released launched retired published"
    " introduced together bigger smaller larger longer shorter higher lower whose exceed exceeds exceeding such current recent recently latest newest"
    " newer older oldest sort sorted ranked ascending descending kind kinds type types possible able via also too quite maybe perhaps must might"
    " looking find search give tell name named call called them those these side".split()
)
"""What is said beside the conditions of a list."""


def unknown_words(rest: str, cue: Kind | None) -> list[str]:
    """The words of a text, without its amounts, that mean nothing in a question about models."""
    text = cues.MAKER.sub(" ", rest)
    words = re.findall(r"[a-z]{3,}", FILLER_WORDS.sub(" ", phrases.without(text, cue)))
    return [each for each in words if each not in USUAL and not cues.is_known_word(each)]


def unkept_words(rest: str, cue: Kind | None) -> list[str]:
    """Those that may be a condition on a list which it does not keep to: "from japan"."""
    known = OF_LISTS | COMMON | cues.FAMILY_MAKERS.keys() | {word for name in HOSTS for word in name.split()}
    return [each for each in dict.fromkeys(unknown_words(rest, cue)) if each not in known]
