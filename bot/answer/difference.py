"""The main differences of models, side by side."""

from bot.answer.draft import Draft
from bot.answer.faq import ability, date_fact, difference_words, limit
from bot.answer.grades import basis, grade_words, note_grades
from bot.answer.model import Answer, Table
from bot.answer.plain import which_models
from bot.answer.profile import DATES, FLAGS, LIMITS, WORDS
from bot.answer.retirement import retirements
from bot.wording import rate


def difference(draft: Draft) -> Answer:
    """The main differences of two models: prices, limits, grades, abilities side by side."""
    offerings = draft.models
    if len(offerings) < 2 and not draft.open_name:
        return which_models(draft)
    grades = note_grades(draft, offerings)
    said = (
        difference_words(draft, grades, *offerings[:2], is_brief=True)
        if len(offerings) > 1
        else f"{draft.open_name}: this is {draft.name(offerings[0])} alone."
    )
    rows: list[tuple[str, ...]] = []
    for word in ("input", "output", "cached_input"):
        figures = [draft.price(each, word) for each in offerings]
        rows.append(
            (
                f"{WORDS[word][:1].upper()}{WORDS[word][1:]} per MTok",
                *(rate(each.decimal) if each else "none on record" for each in figures),
            )
        )
    for field, words in LIMITS.items():
        limits = [limit(draft, each, field) for each in offerings]
        rows.append((words, *(f"{int(each.value):,}" if each else "unknown" for each in limits)))
    rows.append(("Grade", *(grade_words(draft, grades, each) for each in offerings)))
    for field, words in FLAGS.items():
        flags = [ability(draft, each, field) for each in offerings]
        rows.append(
            (
                f"{words[:1].upper()}{words[1:]}",
                *({"true": "yes", "false": "no"}[each.value] if each else "unknown" for each in flags),
            )
        )
    for field, words in DATES.items():
        dates = [date_fact(draft, each, field) for each in offerings]
        rows.append((words, *(each.value if each else "unknown" for each in dates)))
    for each in offerings:
        draft.upcoming(each)
    retirements(draft, None)
    if grades.scores:
        draft.remark(f"Grades {basis(draft, grades)}.")
    draft.section("", table=Table(header=("Model", *(draft.name(each) for each in offerings)), rows=tuple(rows)))
    return draft.finished(said[:1].upper() + said[1:])
