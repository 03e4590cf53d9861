"""The sentence of this room: Question + Catalog -> Answer."""

from collections.abc import Callable

from bot.answer.attribute import attribute
from bot.answer.cheapest import cheapest
from bot.answer.choose import choose
from bot.answer.compare import compare
from bot.answer.cost import cost
from bot.answer.difference import difference
from bot.answer.draft import Draft
from bot.answer.history import history
from bot.answer.judge import better_of, performance, upgrade
from bot.answer.leaders import leaders
from bot.answer.listing import alternatives, cheapest_of_all, list_models
from bot.answer.model import Answer, Offer
from bot.answer.money import breakeven, budget, savings
from bot.answer.plain import defaults_used, help_answer, method, not_yet, unsupported, which_models
from bot.answer.profile import profile
from bot.question.model import Kind, Problem, Question
from bot.wording import listed
from catalog.lookup import Catalog

ANSWERS: dict[Kind, Callable[[Draft], Answer]] = {
    "compare": compare,
    "cost": cost,
    "budget": budget,
    "savings": savings,
    "breakeven": breakeven,
    "difference": difference,
    "better": better_of,
    "upgrade": upgrade,
    "performance": performance,
    "choose": choose,
    "profile": profile,
    "attribute": attribute,
    "list": list_models,
    "alternatives": alternatives,
    "history": history,
    "changes": not_yet,
    "watch": not_yet,
    "check": not_yet,
    "mistakes": not_yet,
    "method": method,
    "help": help_answer,
    "unsupported": unsupported,
}
ASKS_BACK = ("ambiguous_model", "unknown_model", "unknown_host", "missing_model")
FROM_ALL = ("choose", "better", "performance")
"""The kinds that look at all models where none is named."""
WITHOUT_MODELS = ("list", "changes", "watch", "check", "mistakes", "method", "help", "unsupported")


def answer(question: Question, catalog: Catalog) -> Answer:
    """The answer to a question, as of the day that the question names."""
    draft = Draft.of(question, catalog)
    for note in question.notes:
        draft.remark(note)
    if question.asks_which:
        return _ask_which(draft)
    is_clear = not any(each.kind in (*ASKS_BACK, "bad_amount") for each in question.problems)
    if question.kind == "cheapest" and not question.models and (question.filters or is_clear):
        return _with_what_it_rests_on(draft, cheapest_of_all(draft))
    if not question.models and is_clear and question.kind in FROM_ALL and not question.attribute:
        return _with_what_it_rests_on(draft, leaders(draft))
    if not question.models and question.kind not in WITHOUT_MODELS:
        return _ask_back(draft)
    made = cheapest(draft) if question.kind == "cheapest" else ANSWERS[question.kind](draft)
    made = _with_what_it_rests_on(draft, made)
    open_ones = [each for each in question.problems if each.kind in ASKS_BACK and each.suggestions]
    return made.model_copy(update={"offers": (*_corrections(draft, open_ones), *made.offers)}) if open_ones else made


def _with_what_it_rests_on(draft: Draft, made: Answer) -> Answer:
    """Whoever reads a cost sees of what day its prices are, where that is not today, and what the workspace set."""
    question = draft.question
    if draft.day != draft.today and any(each.on == draft.day.isoformat() for each in made.figures):
        ahead = " as far as they are announced" if draft.day > draft.today else ""
        made = made.model_copy(
            update={"more": (f"At the prices of {draft.day.isoformat()}{ahead}, as asked.", *made.more)}
        )
    rests = made.kind in ("budget", "breakeven") or any(each.tokens for each in made.figures)
    said = defaults_used(question) if rests and made.figures else None
    return made.model_copy(update={"more": (*made.more, said)}) if said else made


def _ask_which(draft: Draft) -> Answer:
    """Something is to replace one of several models: ask which."""
    which = next(each for each in draft.problems if each.suggestions)
    names = [draft.name(draft.catalog.offerings[each]) for each in which.suggestions]
    draft.offers += _corrections(draft, [which])
    return draft.finished(f"“{which.text}” instead of which one: {listed(names, 'or')}? Nothing is changed yet.")


def _ask_back(draft: Draft) -> Answer:
    """Nothing can be answered before a name is clear: say what is missing, kindly, with a way forward."""
    found = [each for each in draft.problems if each.kind in ASKS_BACK]
    bad = [each for each in draft.problems if each.kind == "bad_amount"]
    if not found and bad:
        return draft.finished(
            f"“{bad[0].text}” is not an amount I can use, and no model is named. Try `/compare gpt-4.1-mini gpt-5.4 at 10M`."
        )
    first = found[0] if found else None
    draft.offers += _corrections(draft, found)
    if first is None or first.kind == "missing_model":
        return which_models(draft)
    unclear = [each for each in found if each.kind == "ambiguous_model"]
    if len(unclear) > 1:
        for each in unclear:
            choices = [_as_term(draft.name(draft.catalog.offerings[id_])) for id_ in each.suggestions[:3]]
            draft.remark(f"For “{each.text}”: {listed(choices, 'or')}.")
        return draft.finished(
            f"{listed([f'“{each.text}”' for each in unclear])} can each be several models: which ones?"
        )
    names = [_as_term(draft.name(draft.catalog.offerings[each])) for each in first.suggestions]
    shown = listed([*names[:3]], "or") if names else ""
    if first.kind == "ambiguous_model":
        return draft.finished(f"“{first.text}” can be several models: which one, {shown}?")
    if first.kind == "unknown_host":
        return draft.finished(f"There is no price for “{first.text}” on record. It is on record as {shown}.")
    return draft.finished(
        f"I don't know a model called “{first.text}”." + (f" Closest: {shown}." if shown else " Check the name?")
    )


def _as_term(name: str) -> str:
    """A name that is an id, set off from the sentence."""
    return f"`{name}`" if name[:1].islower() and any(each.isdigit() for each in name) else name


def _corrections(draft: Draft, problems: list[Problem]) -> tuple[Offer, ...]:
    """Buttons that name what was meant."""
    return tuple(
        Offer(
            draft.name(draft.catalog.offerings[each])[:70],
            f"swap {problem.read_as} for {each}" if problem.read_as else each,
        )
        for problem in problems
        for each in problem.suggestions[:3]
        if each != problem.read_as
    )
