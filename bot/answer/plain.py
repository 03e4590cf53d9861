"""Answers that state no figures of models: method, help, what is not understood or not there yet."""

from bot.answer.draft import Draft, prices_line
from bot.answer.grades import RULE
from bot.answer.model import Answer, Offer
from bot.answer.verdict import RULES
from bot.question.model import FOREIGN, HALF, VOLUMES, Kind, Question
from bot.wording import listed, percent

ASSUMPTIONS = {
    "split": "Half of the tokens are input and half output, as no split was stated.",
    "period": "The amount is per month, as no period was stated.",
    "request_size": "Requests are short enough for base prices, as no size was stated.",
    "cached_price": "Cached tokens without a price of their own are billed as input.",
}
SHOWS_VOLUMES = ("compare", "cheapest", "cost", "savings")
EXAMPLES = (
    "/compare gpt-4.1-mini gpt-5.4",
    "which is cheaper at 100M tokens: gpt-5.4 or claude-sonnet-5?",
    "what would gpt-5.4 cost for 10k requests a day, 2k in / 500 out, 80% cached?",
    "cheapest anthropic model with 1M context",
    "which should I use for summarization, gpt-4.1-mini or gpt-5.4?",
    "tell me about claude opus 5.5",
)
EXAMPLE_OF: dict[Kind, str] = {
    "cost": "what would gpt-5.4 cost for 30M in and 5M out?",
    "budget": "how far does $500 go on gpt-5.4?",
    "savings": "how much do we save moving from gpt-5.4 to gpt-4.1-mini at 50M?",
    "breakeven": "when does gpt-5.4 pass $2k a month?",
    "difference": "main differences between gpt-4.1-mini and gpt-5.4",
    "better": "is gpt-5.4 better than gpt-4.1-mini?",
    "upgrade": "should I upgrade from gpt-4.1-mini to gpt-5.4?",
    "performance": "which scores higher on GPQA, gpt-4.1-mini or gpt-5.4?",
    "choose": "which should I use for summarization, gpt-4.1-mini or gpt-5.4?",
    "profile": "tell me about gpt-5.4",
    "attribute": "context window of gpt-5.4",
    "alternatives": "something like gpt-5.4 but cheaper",
    "history": "what did gpt-5.4 cost in June?",
}
"""A question of each kind that needs models."""
ABOUT_ONE = ("cost", "budget", "breakeven", "profile", "attribute", "alternatives", "history")


def which_models(draft: Draft) -> Answer:
    """No model is named, or too few: ask for what this kind of question needs, with an example of it."""
    kind = draft.question.kind
    example = EXAMPLE_OF.get(kind, "which is cheaper at 100M tokens: gpt-4.1-mini or gpt-5.4?")
    if draft.models and draft.open_name:
        name = draft.name(draft.models[0])
        return draft.finished(f"{draft.open_name}. Name another one to set beside {name}, as in `{example}`")
    if draft.models:
        return draft.finished(f"{draft.name(draft.models[0])} and which other? Name a second model, as in `{example}`")
    if kind in ABOUT_ONE:
        return draft.finished(f"Which model? Name it, as in `{example}`")
    return draft.finished(f"Which models? Name two or more, as in `{example}`")


def assumption(name: str, question: Question) -> str:
    """One thing that was assumed, in a sentence."""
    if name == "split" and question.defaults.input_share != HALF:
        share = percent(question.defaults.input_share)
        return f"{share} of the tokens are input, this workspace's default, as no split was stated."
    return ASSUMPTIONS[name]


def defaults_used(question: Question) -> str | None:
    """Which of the workspace's own defaults an answer with costs rests on; None when it rests on none."""
    used = []
    if "split" in question.workload.assumed and question.defaults.input_share != HALF:
        used.append(f"{percent(question.defaults.input_share)} input")
    if question.workload.tokens is None and question.defaults.volumes != VOLUMES and question.kind in SHOWS_VOLUMES:
        used.append("the volumes")
    return f"Not stated, so taken from this workspace's settings: {listed(used)}." if used else None


def help_answer(draft: Draft) -> Answer:
    """What can be asked."""
    draft.section("Ask me like this", *[f"`{each}`" for each in EXAMPLES])
    draft.section(
        "Then go on in the thread",
        "`what about 1B?`, `add claude haiku 4.5`, `assume 80% cached`, `on batch`, `and per year?`, `why?`",
    )
    draft.offers += [Offer("Compare two models", EXAMPLES[0]), Offer("Cheapest with 1M context", EXAMPLES[3])]
    return draft.finished(
        "I compare language models on real prices, limits and benchmarks, and say where every number comes from."
    )


def unsupported(draft: Draft) -> Answer:
    """Not something that I answer: say so, and offer what I do."""
    draft.section("Ask me like this, in English", *[f"`{each}`" for each in EXAMPLES[:4]])
    draft.offers.append(Offer("Help", "help"))
    if FOREIGN in draft.question.notes:
        draft.more.remove(FOREIGN)
        return draft.finished(FOREIGN)
    return draft.finished(
        "That is not something I can answer: I know prices, limits and test results of language models."
    )


NOT_YET = {
    "changes": "Listing what changed across the catalog is not there yet. Ask for one model: `has gpt-5.4's price changed?`",
    "watch": "Watching models is not there yet, so nothing is being watched.",
    "check": "Checking pasted claims is not there yet. Ask for one figure at a time, as in `output price of gpt-5.4`.",
    "mistakes": "Pricing wrong answers is not there yet, so I cannot tell.",
}


def not_yet(draft: Draft) -> Answer:
    """Understood, but not built."""
    return draft.finished(NOT_YET[draft.question.kind])


def method(draft: Draft) -> Answer:
    """How figures are made, where they come from, and what the last answer assumed."""
    catalog = draft.catalog
    rests_on = "Every figure is a row of the catalog or a calculation on one, and carries that row as evidence."
    headline = rests_on
    if not draft.question.models:
        draft.remark(prices_line(catalog, draft.day))
    else:
        names = listed([draft.name(each) for each in draft.models])
        assumed = [assumption(each, draft.question) for each in draft.question.workload.assumed if each in ASSUMPTIONS]
        assumed_words = f"What your last question, about {names}, rests on: {' '.join(assumed) or 'nothing was assumed beyond what you said.'}"
        asks_sources = draft.question.attribute == "sources"
        headline = prices_line(catalog, draft.day) if asks_sources else assumed_words
        draft.remark(assumed_words if asks_sources else rests_on)
    draft.section(
        "Cost",
        "A month is 30 days, a year 12 months. Cost is tokens times the price in force on the day, the highest of the day where "
        "it changes by the hour; cached tokens are part of the input. Long-context prices apply to a whole request above "
        "the threshold, never to a month taken as one prompt.",
        "Without a stated split, half of the tokens are input and half output. Say `80% input`, `3:1` or `10M in and 2M out` to change it.",
    )
    draft.section("Verdict, the first rule that fits", *[f"{rule.name}: {rule.explained}" for rule in RULES])
    draft.section("Grades", RULE)
    draft.section(
        "Sources",
        prices_line(catalog, draft.day),
        *[
            f"{source.name} (`{source.licence}`{', ' + source.data_date if source.data_date else ''})"
            for source in catalog.sources.values()
            if source.id != "genai-prices"
        ],
        is_folded=True,
    )
    return draft.finished(headline)
