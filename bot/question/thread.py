"""What a thread remembers, and how a follow-up edits the models that it is about."""

import re
from typing import NamedTuple

from bot.question.amount_words import NAME
from bot.question.model import Defaults, Frozen, Problem, Question
from catalog.names import Ambiguous, parts_of, tokens

DROP = re.compile(
    rf"^no {NAME}|\b(?:drop|remove|without|minus|(?<!do i )(?<!do we )(?<!would i )(?<!would we )lose|exclude|take out|get rid of|kick out|leave out|forget|scrap|ditch|omit|skip)\b(?: \w+)? {NAME}|"
    rf"\b(?:take|leave|kick|throw) {NAME} out\b|^(?:everything|all)(?: of (?:them|those))? (?:but|except)(?: for)?(?: the)? {NAME}"
)
SWAP = re.compile(
    rf"\b(?:swap|take) out {NAME},? (?:and )?(?:put|bring|add|use)(?: in)? {NAME}|\b(?:swap|replace|switch|exchange|trade|change)(?: out)? {NAME} (?:for|with|to|by|against) {NAME}"
)
SWAPS = re.compile(rf"{NAME} (?:for|with|to|by|against) {NAME}")
FORGET = re.compile(rf"\b(?:forget|drop|remove|skip|lose) {NAME},? (?:and )?(?:use|take|try|add) {NAME}")
ADD_AND_DROP = re.compile(
    rf"\b(?:(add|include|use) {NAME},? (?:and |but )?(?:drop|remove|lose|without)|(?:drop|remove|lose) {NAME},? (?:and |but )?(?:add|include|use)) {NAME}"
)
JUST = re.compile(
    rf"^(?:(?:ok|and|now|then|so),? )*(?:(?:just|only)(?: use| take| show| keep)?|narrow (?:(?:it|this|that|them) )?(?:down )?to|keep(?: only| just)?) {NAME}|{NAME} (?:only|alone)\W*$|"
    rf"\b(?:replace|swap|exchange|switch) (?:them(?: both| all)?|both(?: of them)?|all(?: of them)?|these|those) (?:with|by|for|to) {NAME}"
)
ORDINAL = re.compile(r"\bthe (first|second|third|fourth|fifth|last)(?: one| model)?\b")
VERSION_ALONE = re.compile(
    r"\b(?:drop|remove|without|exclude|skip|lose|forget|leave out|get rid of|scrap|ditch|omit) (?:the )?(\d{1,2}(?:\.\d{1,2})?)(?: one)?\b(?! ?(?:%|[kmb]\b|tokens?))"
)
WORD_ALONE = re.compile(
    r"\b(?:drop|remove|without|exclude|skip|lose|forget|leave out|get rid of|scrap|ditch|omit) (?:the )?([a-z][a-z-]{2,})(?: one)?\W*$"
)
ALL_OF_THEM = re.compile(
    r"^(?:drop|remove|lose|forget|get rid of) (?:both|all|everything|them|both of them|all of them|all models)\W*$"
)
OF_A_FAMILY = re.compile(r"\b(?:both|all|the|any|every)(?: of)?(?: the)? ([a-z]+)(?:'s)? (?:models?|ones?)\b")
INSTEAD_OF = re.compile(
    rf"{NAME}(?: as (?:the |our )?\w+)? (?:instead of|rather than|in place of) {NAME}|\binstead of {NAME},? (?:use |take |try )?{NAME}|"
    rf"\b(?:substitute|sub)(?: in)? {NAME} for {NAME}"
)
INSTEAD = re.compile(
    rf"^(?:(?:ok|now|then|and),? )*(?:switch|change|move|go) to {NAME}|\breplace (?:it|that|this) (?:with|by) {NAME}|{NAME} instead\b|\binstead[,:]? (?:use |take |try )?{NAME}|\bmake (?:it|that) {NAME}"
)
ADD = re.compile(
    rf"^(?:and )?(?:put|throw|bring|include|add) {NAME}|{NAME} (?:too|as well|also)[.!?]?$|^(?:and )?how (?:does|would) {NAME} compare\b|^(?:(?:ok|okay|now|then|please|pls|can you|could you)[,:]? )*(?:and|also|plus|add|include|with|versus|vs\.?|"
    rf"throw in|compare (?:(?:it|that|this|them|those|these) )?(?:to|with|against))\b.{{0,24}}{NAME}|^\+ ?{NAME}"
)
WHAT_ABOUT = re.compile(
    rf"^(?:(?:ok|okay|now|then)[,:]? )*(?:(?:and )?(?:what|how) (?:about|abt|of|if (?:we|i) (?:use|used|took|take))|"
    rf"(?:what|how) about|(?:the )?same (?:\w+ )?(?:for|with|on|but(?: with| for| on| using)?))\b.{{0,16}}{NAME}|"
    rf"^(?:and )?what (?:would|will) {NAME} be\b|^{NAME} (?:for|with|on|at) the same (?:load|volume|usage|traffic|workload|amount|thing)\b"
)
BARE = re.compile(rf"(?:(?:ok|okay|or|hm+|on|for|using|use|try)[,:]? )*{NAME}(?: then| please| pls)? ?[?.!]?")
WITHOUT_IT = re.compile(r"(?:and |but |ok |now )*(?:without|not) (?:it|that|this)\W*")
"""Gives up what was set last: the tier, else the cached part."""
REVERSED = re.compile(r"\bother way (?:a?round)\b|\bvice versa\b|\breversed?\b|\bthe opposite\b|\bother direction\b")
"""Asks the same the other way round: of two models, or with input and output exchanged."""
PRONOUN = re.compile(r"\b(?:it|its|it's|this|that|they|them|their|these|those|each|both|either|the two|the others?)\b")


class Thread(Frozen):
    """A conversation so far, as much as follow-ups need."""

    question: Question | None = None
    """The last one that was about models or usage."""
    slots: tuple[str | None, ...] = ()
    """While a name is being asked back: the offerings named, None where one is still open."""
    choices: tuple[str, ...] = ()
    """What an answer to the ask-back may pick from."""
    open: tuple[Problem, ...] = ()
    """What is asked back: a problem for each open slot."""
    shown: tuple[str, ...] = ()
    """The models of the last list that was shown, in its order: "the first one" is of them."""
    replacement: str | None = None
    """An offering that is to replace one of the models, while it is asked back which."""
    defaults: Defaults = Defaults()
    """The workspace's when the conversation began; it keeps them."""
    is_taken_up: bool = False
    """Whether this is not the thread of the message but the asker's own last comparison."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been asked yet."""
        return self.question is None

    def taken_up(self) -> "Thread":
        """The same, for a message that is not in this thread itself; the reply will say so."""
        return self.model_copy(update={"is_taken_up": True})


SHOWN_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_FEW = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5}
FIRST_FEW = re.compile(
    rf"(?P<verb>\b(?:compare|between|difference|which of|versus|vs|choose|or|what (?:would|do|does|will)|how much)\b.*?)\b(?:the |those |these )?(?:top|first|cheapest) (?P<few>{'|'.join(_FEW)})(?: (?:ones?|models?))?\b"
)
PLACE_SHOWN = re.compile(
    rf"(?:\bthe |#|\bnumber |\bno\. ?)(?P<place>{'|'.join(SHOWN_PLACES)}|last|[1-9](?:st|nd|rd|th)?)(?: (?:one|model|option|choice))?\b(?! ?(?:two|three|four|five|\d|million|[km]b?\b|tokens?|request|month|day|week|year|half))"
)


OF_THE_LIST = re.compile(
    r"^(?:ok |and |now |then )*(?:add|and|what about|how about|tell me about|with|plus|compare (?:it|that|this) (?:with|to|against))\b"
)


def with_shown(text: str, thread: Thread) -> str:
    """A text with the models of the last list for "the first one", "#3" and "compare the top two"; once some of them are
    compared, for what is added to them."""
    shown, question = thread.shown, thread.question
    if shown and question is not None and not question.models:
        text = _all_or_one(
            text, shown, is_one=len(shown) == 1 or question.kind in ("cheapest", "choose", "performance", "better")
        )
    is_compared = question is not None and len(question.models) > 1
    if not shown or (is_compared and not OF_THE_LIST.search(text)):
        return text

    def few(found: re.Match[str]) -> str:
        return f"{found['verb']}{' and '.join(shown[: _FEW[found['few']]])}"

    def one(found: re.Match[str]) -> str:
        word = found["place"]
        place = SHOWN_PLACES.index(word) if word in SHOWN_PLACES else -1 if word == "last" else int(word[0]) - 1
        return shown[place] if place < len(shown) else found[0]

    return PLACE_SHOWN.sub(one, FIRST_FEW.sub(few, text))


ALL_SHOWN = re.compile(
    r"\b(?P<verb>compare) (?:them|those|these|all(?: of (?:them|those))?)\b|\b(?P<on>on|for|of|with) each(?: (?:one|of (?:them|those)))?\b"
)
ONE_SHOWN = re.compile(r"\b(?:(?:that|this|the) one(?P<s>'s)?|(?P<its>its)|it)\b")
ABOUT_ONE = re.compile(
    r"^(?!.*\b(?:make|double|halve|triple|do|say|show|drop|what if) it\b).*\b(?:tell me|more|about|compar\w+|better|worse|cheaper|worth|released?|retire\w*|context|output|input|"
    r"prices?|costs?|vision|tools?|support\w*|profile|when|who|open|cached|knowledge)\b"
)
MOST_COMPARED = 6


def _all_or_one(text: str, shown: tuple[str, ...], *, is_one: bool) -> str:
    """A text with the models of the list for "them" and "each", with the one that led it for "it" and "that one"."""
    if found := ALL_SHOWN.search(text):
        names = " and ".join(shown[:MOST_COMPARED])
        return f"{text[: found.start()]}{found['verb'] or found['on']} {names}{text[found.end() :]}"
    found = ONE_SHOWN.search(text) if is_one and ABOUT_ONE.search(text) else None
    if found is None:
        return text
    return (
        f"{text[: found.start()]}{shown[0]}{chr(39) + 's' if found['s'] or found['its'] else ''}{text[found.end() :]}"
    )


class Edit(NamedTuple):
    """The models after a follow-up."""

    models: tuple[str, ...]
    notes: tuple[str, ...] = ()
    asks_which: bool = False
    """Whether one of several would be replaced and it was not said which."""
    completes: bool = False
    """Whether it answers an ask-back, so that the pending question is the one to answer."""
    slots: tuple[str | None, ...] = ()
    """What is named then, None where a name is still open."""


TURNED_TO = re.compile(
    rf"\bfrom {NAME}[^{NAME}]*\b(?:to|onto|into) (?:it|that|this)\b|{NAME} (?:any )?(?:better|cheaper|worse|dearer|faster|smarter|more expensive) than (?:it|that|this)\b"
)
"""A named model, and the thread's as what it is moved to or measured by."""
NAME_PUT_RIGHT = re.compile(rf"{NAME},? (?:and )?not {NAME}|\bnot {NAME}(?:,| but|;) (?:but |it's |rather )?{NAME}")
"""One name instead of another: the second is wrong, or the first after "not"."""


def edited(text: str, before: tuple[str, ...], named: tuple[str, ...], labels: dict[str, str]) -> Edit | None:
    """How a follow-up with these names changes the thread's models; None when it starts a question of its own."""
    if exchanged := _exchanged(text, before, named, labels):
        return exchanged
    if DROP.search(text):
        missing = [each for each in named if each not in before]
        notes = tuple(f"{labels[each]} is not in this comparison, so nothing was dropped." for each in missing)
        rest = tuple(each for each in before if each not in named)
        if not rest:
            notes = ("That is the only model here, so it stays; name another one to go on with.",)
        return Edit(rest or before, notes)
    if JUST.search(text):
        return Edit(named)
    if INSTEAD.search(text):
        return Edit(named) if len(before) == 1 or len(named) > 1 else Edit(before, asks_which=bool(named))
    if WHAT_ABOUT.search(text) or (len(named) <= 1 and BARE.fullmatch(text)):
        return Edit(named if len(before) == 1 else _joined(before, named))
    if ADD.search(text):
        return Edit(_joined(before, named))
    pronoun = PRONOUN.search(text)
    if pronoun and pronoun.start() < text.index(NAME):
        return Edit(_joined(before, named))
    return None


def _exchanged(text: str, before: tuple[str, ...], named: tuple[str, ...], labels: dict[str, str]) -> Edit | None:
    """The edit of "swap A for B" in all its wordings."""
    if (right := NAME_PUT_RIGHT.search(text)) and len(named) == 2:
        old, new = named if right[0].startswith("not") else named[::-1]
        return _swapped(before, old, new, labels)
    swaps = len(SWAPS.findall(text))
    if SWAP.search(text) and swaps > 1 and len(named) == 2 * swaps:
        edit = Edit(before)
        for old, new in zip(named[::2], named[1::2], strict=True):
            made = _swapped(edit.models, old, new, labels)
            edit = Edit(made.models, (*edit.notes, *made.notes))
        return edit
    if SWAP.search(text) or FORGET.search(text):
        if len(named) == 2:
            return _swapped(before, named[0], named[1], labels)
        if len(named) == 1 and named[0] in before:  # the other name is not clear
            return Edit(before, slots=tuple(None if each == named[0] else each for each in before))
    if (match := INSTEAD_OF.search(text)) and len(named) == 2:
        old, new = named if match[0].startswith("instead") else named[::-1]
        return _swapped(before, old, new, labels)
    if len(named) == 2 and (both := ADD_AND_DROP.search(text)):
        new, old = named if both[1] else named[::-1]
        if old in before and new not in before:
            return _swapped(before, old, new, labels)
    return None


def _joined(before: tuple[str, ...], named: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*before, *named)))


def _swapped(before: tuple[str, ...], old: str, new: str, labels: dict[str, str]) -> Edit:
    if old not in before:
        return Edit(_joined(before, (new,)), (f"{labels[old]} is not in this comparison; {labels[new]} was added.",))
    return Edit(tuple(dict.fromkeys(new if each == old else each for each in before)))


def chosen(text: str, thread: Thread) -> str | None:
    """The choice that "the first" or "2" picks after an ask-back."""
    found = re.fullmatch(
        r"(?:the )?(?:#|number |option )?(first|second|third|fourth|1|2|3|4)(?: one)?(?:st|nd|rd)?[.!]?", text
    )
    if not found:
        return None
    position = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(found[1]) or int(found[1])
    return thread.choices[position - 1] if position <= len(thread.choices) else None


def told_apart(text: str, choices: tuple[str, ...]) -> str | None:
    """The one choice that a few words or a version fit, after an ask-back: "5.5", "terra"."""
    asked = parts_of(
        tokens(
            re.sub(
                r"\b(?:the|one|ones|please|pls|i mean|i meant|use|take|go with|then|ok|just|version|v)\b|[?.!,]+$",
                " ",
                text,
            )
        )
    )
    if not (asked.words or asked.numbers):
        return None
    hosted = [each for each in choices if set(tokens(each.partition("/")[0])) == asked.words]
    if len(hosted) == 1 and not asked.numbers:
        return hosted[0]
    fitting = [
        each
        for each in choices
        if asked.words
        <= (spelled := parts_of(tokens(each.partition("/")[2]))).words | set(tokens(each.partition("/")[0]))
        and asked.numbers in ((), spelled.numbers)
    ]
    plain = [each for each in fitting if parts_of(tokens(each.partition("/")[2])).numbers == asked.numbers] or fitting
    return plain[0] if len(plain) == 1 else None


def without(text: str, before: tuple[str, ...]) -> Edit | None:
    """The edit of "drop the first one", "drop both gpt models"."""
    if not re.search(
        r"\b(?:drop|remove|without|exclude|skip|lose|forget|leave out|get rid of|scrap|ditch|omit)\b", text
    ):
        return None
    if family := OF_A_FAMILY.search(text):
        kept = tuple(each for each in before if family[1] not in tokens(each))
        if 0 < len(kept) < len(before):
            return Edit(kept)
    if (version := VERSION_ALONE.search(text)) and (meant := told_apart(version[1], before)):
        return Edit(tuple(each for each in before if each != meant) or before)
    if ALL_OF_THEM.search(text):
        return Edit(
            before, ("Without models there is nothing to compare, so they stay; name the ones you want instead.",)
        )
    if (word := WORD_ALONE.search(text)) and (meant := told_apart(word[1], before)):
        return Edit(tuple(each for each in before if each != meant) or before)
    found = ORDINAL.search(text)
    if not found:
        return None
    position = (
        len(before) - 1 if found[1] == "last" else ("first", "second", "third", "fourth", "fifth").index(found[1])
    )
    rest = tuple(each for place, each in enumerate(before) if place != position)
    return Edit(rest or before)


def choices_of(found: object) -> tuple[str, ...]:
    """What there is to pick from."""
    return found.choices if isinstance(found, Ambiguous) else ()
