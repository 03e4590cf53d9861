"""The words around amounts: periods, directions, requests, people, tiers, shares. In the texts NAME stands where a model was named."""

import re
from fractions import Fraction

from bot.question.model import Period, Tier

NAME = "\ue000"
"""Stands in a text where a model was named."""

PERIODS: dict[str, Period] = {
    "second": "second",
    "sec": "second",
    "s": "second",
    "minute": "minute",
    "min": "minute",
    "minutely": "minute",
    "hour": "hour",
    "hr": "hour",
    "h": "hour",
    "hourly": "hour",
    "day": "day",
    "d": "day",
    "daily": "day",
    "working day": "working day",
    "workday": "working day",
    "business day": "working day",
    "weekday": "working day",
    "week": "week",
    "wk": "week",
    "weekly": "week",
    "month": "month",
    "mo": "month",
    "mth": "month",
    "monthly": "month",
    "quarter": "quarter",
    "quarterly": "quarter",
    "year": "year",
    "yr": "year",
    "y": "year",
    "annum": "year",
    "yearly": "year",
    "annually": "year",
}
_LENGTHS = (
    r"(second|sec|s|minute|min|hour|hr|h|day|d|working day|workday|business day|weekday|week|wk|month|mo|mth|quarter(?! (?:of|input|output|in|out|cached)\b)|"
    r"year|yr|y|annum)\b"
)
PERIOD = re.compile(
    rf"(?:(?:an?|per|each|every|in an?)\s|/\s?(?:an?\s)?){_LENGTHS}|"
    r"(minutely|hourly|daily|weekly|monthly|quarterly|yearly|annually)\b"
    r"(?! (?:cost|bill|spend|price|budget|total|fee|saving))"
)
NOUN = re.compile(r"(?:more )?(tokens?|toks?|tkns?|tk)\b")
_PART = r"(?:(?:for|in|on) (?:the|each|every) |(?:of (?:it|them|that|those|these|which|the total)|as)(?: (?:is|are|being))? |of )?(?:the )?"
INPUT = re.compile(_PART + r"(inputs?|prompt|ingoing|incoming)\b")
OUTPUT = re.compile(_PART + r"(outputs?|completion|generated|outgoing|out)\b")
IN = re.compile(
    r"in(?= (?:an?|per|each|every) (?:second|minute|hour|day|week|month|year)\b)|in\b(?! (?:(?:an?|the|total|our|my|production|prod|batch|flex|fast|priority|euros?|dollars?|usd)\b|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|20\d\d))"
)
REQUESTS = re.compile(
    r"(?:api |llm |model |support |chat |user |customer |short |long |small )*"
    r"(requests?|reqs?|calls?|chats?|messages?|msgs?|documents?|docs?|prompts?|queries|query|"
    r"conversations?|tickets?|emails?|invocations?|completions?|pages?|articles?|summaries|reviews?|"
    r"sessions?|tasks?|jobs?|runs?)\b"
)
USERS = re.compile(
    r"(?:active |daily |monthly )*(users?|people|persons|employees|seats?|developers?|devs?|customers?|agents?|"
    r"engineers?|members?|colleagues?|analysts?|reps|clerks|students?|writers?|editors?|lawyers?|researchers?|managers?|[md]aus?)\b|"
    r"([a-z]{3,}s) (?:each )?(?:making|sending|asking|doing) (?:about )?\d"
)
USERS_TIMES = re.compile(
    r"(?<![\d.,])\d[\d.,]{0,24}k? (?:users|people|employees|developers|devs|customers|agents|engineers|members|colleagues|seats|[md]aus?)"
    r" ?(?:,|x|\*|times|@|at) ?\d"
)
"""So many people, times so many of something: "100 users, 3 chats/day"."""
PER_USER = re.compile(
    r"\b(?:users|people|[a-z]{3,}s)(?: (?:each|who))? "
    r"(?:doing|do|sending|send|making|make|running|run|asking|ask|using|use|having|have)\b|"
    r"\b(?:per|each|every|a|/)\s?(?:user|person|employee|seat|developer|dev|customer|agent|engineer|"
    r"member|head)\b"
)
GAP = re.compile(
    r"[\s,]*(?:on average |more |roughly )?(?:(?:per|each|every|a|/)\s?(?:user|person|employee|seat|developer|"
    r"dev|customer|agent|engineer|member|head)\s?,?\s?)?"
)
PER_REQUEST = re.compile(
    rf"(?:\b(?:per|each|every|a|an|one|1|single)|(?<!w)/)[\s-]?(?:single )?(?:api )?(?:{NAME} )?(?:request|req|call|chat|message|msg|"
    r"document|doc|prompt|query|conversation|ticket|email|task|page|run)\b"
)
HOW_MANY_REQUESTS = re.compile(
    r"\bhow many (?:\w+ )?(?:requests|calls|chats|messages|documents|docs|queries|prompts|tickets|emails|conversations|pages)\b"
)
REQUEST_OF = re.compile(r"\b(?:requests?|calls?|chats?|messages?|documents?) of \d")
RATIO = re.compile(r"(?<![\w.:])(\d+(?:\.\d+)?)(?:\s?(?::|to)\s?|-to-)(\d+(?:\.\d+)?)(?![\w:]|\.\d)")
FRACTION = re.compile(
    r"(?<![\w.])(\d{1,2})\s?/\s?(\d{1,2}) (?:of (?:it|them|the tokens|(?:the |our )?input(?= (?:is|are|comes?|cached|from)\b)) )?"
    r"(?:is |are |comes? )?(input|output|cached|from (?:the )?cache)\b"
)
SLASHED = re.compile(r"(?<![\w./-])(\d{1,3})\s?/\s?(\d{1,3})(?![\w/%-]|\.\d)")
_COUNTS = r"(?:msgs?|messages|requests?|reqs?|calls?|chats|queries)"
_AMOUNT = r"(?<![\w.,])(\d[\d.,]{0,24}\s?(?:k|m|mm|b|bn|thousand|million|billion)?(?: tokens?)?)"
_OFTEN = r"( (?:a|per|each|every) (?:working )?(?:day|week|month|year|hour|minute)| (?:daily|weekly|monthly|yearly|hourly)|/ ?(?:day|week|month|mo|year|hour|min))"
_NO_TIME = r"(?! (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|20\d\d|the|a|an|our|total|euros?|dollars?|usd)\b)"
_BOTH = r"in(?:put)?s?(?: tokens?)? (?:and|&|/|plus) ?out(?:put)?s?\b"
ABBREVIATED = {
    re.compile(
        r"\b(?:no, )?not (?:\$ ?)?\d[\w.,]{0,24}?(?: ?tokens?| ?%)?(?:,| but|;) (?:but |it's |rather )?(?=\$?\d)"
    ): "",
    re.compile(r"(?<![\w./-])(\d{1,3}) ?[/:-] ?(\d{1,3}) out(?:put)?s? ?(?:[/:]|to|vs\.?) ?in(?:put)?s?\b"): r"\2:\1",
    re.compile(r"(?<![\w./-])(\d{1,3}) ?/ ?(\d{1,3}) in(?:put)?s? ?(?:[/:]|to|vs\.?) ?out(?:put)?s?\b"): r"\1:\2",
    re.compile(r"(?<![\w.,])(\d[\w.]{0,24}(?: tokens?)?),? (?:and )?not \d[\w.]{0,24}(?: tokens?)?(?![\w.])"): r"\1",
    re.compile(
        r"\b(?:mostly|mainly|largely) (input|output|cached)\b,? ?(?:like|say|about|around|maybe|roughly|~|at)? ?(\d[\d.]{0,6} ?%)"
    ): r"\2 \1",
    re.compile(r"\bmost of it \((\d[\d.]{0,6} ?%)\) is (?:answers?|output|replies|generated)\b"): r"\1 output",
    re.compile(
        r"(?<![\w.,])(\d[\d.]{0,6}k) prompts?,? ?(?:and|with|/|,|plus)? (\d[\d.]{0,6}k?) (?:tokens? )?(?:completions?|answers?|replies|responses|outputs)\b"
    ): r"\1 token prompts and \2 token answers",
    re.compile(r"\$?(?<![\w.,])(\d[\d.,]{0,24}) grand\b"): r"$\1k",
    re.compile(r"\b(?:a|one) grand\b"): "$1k",
    re.compile(
        r"\b(\d+(?:\.\d+)?) parts? (?:of )?in(?:put)?,? ?(?:and|to|:|/)? ?(\d+(?:\.\d+)?) parts? (?:of )?out(?:put)?\b"
    ): r"\1:\2",
    re.compile(r"\btwice (?=(?:as (?:much|many)|more|the) (?:in|out)puts? (?:tokens )?(?:as|than))"): "2x ",
    re.compile(r"\b(?:3|three) times (?=(?:as (?:much|many)|more|the) (?:in|out)puts? (?:tokens )?(?:as|than))"): "3x ",
    re.compile(
        r"\b(\d+(?:\.\d+)?) ?(?:x|times) (?:as (?:much|many)|more|the) inputs? (?:tokens )?(?:as|than) outputs?\b"
    ): r"\1:1",
    re.compile(
        r"\b(\d+(?:\.\d+)?) ?(?:x|times) (?:as (?:much|many)|more|the) outputs? (?:tokens )?(?:as|than) inputs?\b"
    ): r"1:\1",
    re.compile(
        r"(?<![\w.-])(\d{1,3})-(?:to-)?(\d{1,3})(?=,? (?:split|mix|ratio|blend|in(?:put)?[ /:-]{1,3}(?:vs\.? |to )?out(?:put)?|input\b))(?: split| mix| ratio)?"
    ): r"\1:\2",
    re.compile(r"\b(\d{1,3}) in(?:put)?,? (\d{1,3}) out(?:put)? (?:split|mix|ratio)\b"): r"\1:\2",
    re.compile(
        r"\b(?:per|each|every) (hundred|thousand|million|billion) (?=(?:api |llm )?(?:requests|reqs|calls|chats|messages|msgs|documents|docs|"
        r"prompts|queries|conversations|tickets|emails|pages)\b)"
    ): r"for one \1 ",
    re.compile(r"\bcach(?:ed|e)[- ]heavy "): "",
    re.compile(rf"{_AMOUNT} (?:each way|(?:each|both|apiece)(?: (?:of|for))? {_BOTH})"): r"\1 input and \1 output",
    re.compile(
        rf"\b(?:cut|reduce|raise|increase|bring|drop|lower|set|make|change|grow|go)(?: (?:the|our))? ({_COUNTS})(?: (?:down|up))? to "
        r"(\d[\d.,]{0,24}[km]?)(?![\w])(?! ?tokens?)"
    ): r"\2 \1",
    re.compile(
        r"\b(?:trim|cut|shorten|limit|cap|keep|bring|get|reduce) (?:them|those|(?:the |our )?prompts?|(?:the |our )?inputs?)(?: (?:down|back))? (?:to|at|under|below) "
        r"(\d[\d.,]{0,24}k?)(?![\w])(?: tokens?)?"
    ): r"prompts of \1",
    re.compile(
        r"(?<![\w.,])(\d[\d.,]{0,24}k?) of (?:those|these|them|it|such) (?=(?:an?|per|each|every) )"
    ): r"\1 requests ",
    re.compile(r"\((in|out|input|output)\)"): r" \1 ",
    re.compile(r"\b(?:with|using|use|have|had) caching,? (?:at |of )?(?=\d+ ?%)(\d+ ?%)"): r"\1 cached",
    re.compile(r"\bonce (?=(?:an?|per|every) )"): "1 request ",
    re.compile(r"\btwice (?=(?:an?|per|every) )"): "2 requests ",
    re.compile(
        r"(?<![\w.,])(\d[\w.,]{0,24}(?: tokens?)?) (?:go|goes|come|comes|going|coming|flow|flows) (in|out)\b"
    ): r"\1 \2",
    re.compile(
        rf"(?<!input )(?<!prompt )(?<!output )(?<!in )(?<!out ){_AMOUNT}{_OFTEN}(?: of)? (in{_NO_TIME}|input|out|output)\b"
    ): r"\1 \3\2",
    re.compile(
        r"(?<![\w.,])(\d[\d.,]{0,24}\s?[kmb]n?) ?: ?(\d[\d.,]{0,24}\s?[kmb]n?)(?: tokens?)? (?:in(?:put)? ?[:/] ?out(?:put)?)\b"
    ): r"\1 in and \2 out",
    re.compile(r"(?<=\d)(k|m)? ?(?:tokens? )?(?:ctx|context) (?=prompts?\b|inputs?\b)"): r"\1 token ",
    re.compile(
        rf"\b({_COUNTS}(?:/user)?(?:/(?:day|week|month|hour|minute)))\s?[:=]\s?(\d(?:[\d.,]*\d)?[km]?)(?![\w])"
    ): r"\2 \1",
    re.compile(
        r"\b(users|seats|employees|people|developers|devs|agents|customers)\s?[:=]\s?(\d(?:[\d.,]*\d)?[km]?)(?![\w])"
    ): r"\2 \1",
    re.compile(r"\bzero (?=(?:\w+ )?(?:tokens?|requests?|calls?)\b)"): "0 ",
    re.compile(r"\b(?:pric|cost|work|figur)(?:e|es|ed|ing)?(?: (?:it|this|that))? out\b"): "cost",
    re.compile(r"(?<=\d) ?[x*] ?10 ?(?:\^|\*\*) ?(?=\d)"): "e",
    re.compile(r"(?<![\w.,])10 ?(?:\^|\*\*) ?(?=\d)"): "1e",
    re.compile(r"(?<=[\dk])\s?(?:rpm|qpm)\b"): " requests per minute",
    re.compile(r"(?<=[\dk])\s?(?:rps|qps)\b"): " requests per second",
    re.compile(r"(?<=[\dk])\s?rpd\b"): " requests per day",
    re.compile(r"(?<=[\dkm])\s?tpm\b"): " tokens per minute",
    re.compile(r"(?<=[\dkm])\s?tps\b(?= )"): " tokens per second",
}
SIZED = re.compile(
    r"-?\s?(?:tok(?:en)?s?[ -])(?:long )?(?:(prompts?|inputs?|contexts?)|(answers?|responses?|outputs?|replies|reply|completions?|"
    r"summaries|summary)|(requests?|calls?|chats?|messages?|docs?|documents?|emails?|tickets?|conversations?|pages?))\b"
)
"""A number before it is the size of one: "600k token prompts"."""
SIZE_OF = re.compile(
    r"\b(?:(prompts?|inputs|docs?|documents?|emails?|tickets?)|(answers?|responses?|outputs|replies|completions)) (?:of|are|is|were|average|averaging|at|being|become|become|got?|"
    r"grow to|go to|to|with)(?: (?:about|around|only|now|on average))? ?~?$"
)
"""A number after it is the size of one: "prompts are 4k", "answers of 500"."""
LONG_ANSWERS = re.compile(r"(?:(answer|reply|response|summary)|answers|replies|responses|summaries)\b")
"""After the number of tokens of each: "with a 1k answer"."""
WITH = re.compile(r"\b(?:with|w/|for|using|on)( an?)? ~?$")
LONG_PROMPTS = re.compile(r"(?:(prompt|input|context)|prompts|inputs|contexts)\b(?! (?:per|a|each|every)\b)")
"""After a number of thousands and "with" the size of each: "with 300k prompts", "with a 300k prompt"; but "for 2M input" is a volume."""
COUNTED = re.compile(rf"[a-z]{{2,}}s,? ?(?:{PERIOD.pattern})")
"""Things of whatever name, so many in some time: "5k invoices per month"."""
IN_A_PERIOD = re.compile(r"(?:tokens? )?(?:(?:per|an?|each|every) |/ ?)(?:sec|min|hour|day|week|month|year|quarter)")
TIMES_A_PERIOD = re.compile(rf"(?:times )?(?:{PERIOD.pattern})")
CACHED_AMOUNT = re.compile(
    r"(?:tokens? )?(?:(?:of )?(?:it|that|them|which|the input|the prompt|input|prompt|these)(?: tokens?)? )?"
    r"(?:(?:is|are|being|tokens?|comes?|served|read) )*(?:cached(?! (?:at |to |by )?\d+ ?%)|from (?:the )?cache|cache hits?|cache reads?)\b"
)
FRESH = re.compile(r"(?:tokens? )?(?:of )?(?:fresh|uncached|non-?cached|new) (?:input|prompt)(?: tokens?)?\b")
"""After an amount of input beside the cached one."""
LEADING = re.compile(
    r"\b(?:(daily|weekly|monthly|hourly|yearly)|(?:each|every|per) (working day|day|week|month|hour|year))\b[:,]? ?(?:about |around |~ ?)?(?=\d)"
)
"""A period before the amounts that it is of: "daily 5M tokens"."""
CACHES = re.compile(r"\b(?:we|i|to|and|if we|if i) cach(?:e|ing) (?:about |the first )?$")
"""Before an amount that is cached: "we cache 2k of the prompt"."""
EACH = re.compile(rf"{OUTPUT.pattern}|\beach\b|\btokens? (?:long|each)\b|\d-token\b")
"""Shows that things are counted which have a size."""
INCLUDED = re.compile(r"\bof (?:it|them|that|those|these|which)\b|\bincluding\b|\bin total\b")
"""Shows that an output is a part of the tokens named before it."""
PER_HEAD = re.compile(
    r"\s?(?:per|each|a|/) ?(?:user|person|employee|seat|developer|dev|customer|agent|engineer|member|head)\b"
)
IN_EUROS = re.compile(r"\bin (?:euros?|eur|pounds?|gbp|yen|francs?|chf)\b|^(?:euros?|eur|pounds?|gbp)\b")
PAIR = re.compile(
    r"(?<![\w./])(\d+(?:\.\d+)?\s?(?:k|m|b|bn)) ?/ ?(\d+(?:\.\d+)?\s?(?:k|m|b|bn)|\d{2,})(?: tokens?)?"
    r"(?: (?:in(?:put)? ?/ ?out(?:put)?)\b|(?![\w/.,]| ?(?:in|out|input|output)\b))"
)
"""Input and output: "10M/2M"."""
QUARTER = re.compile(r"\bq[1-4]\b|\b(?:this|next|the|our|last|per) quarter(?:'s)?\b|\bquarterly\b")
YEAR = re.compile(r"\b(?:annual|yearly) (?:budget|spend|limit)\b|\bbudget for the year\b")
"""Whose money is meant where an amount has no period of its own."""
PREFIXED = re.compile(
    r"\b(?:in|input|prompt)(?: tokens?)?\s?[:=]?\s?~?\d[\w.]*(?: tokens?)?(?: (?:an?|per) \w+)?,?\s(?:and\s)?(?:out|output|completion)(?: tokens?)?\s?[:=]?\s?~?\d"
)
"""Directions before their amounts: "in 1k, out 200"."""
SENT = re.compile(rf"\b(?:send|sending|feed|feeding)(?: it| {NAME})?(?: in)?(?: about)? ?~?$")
RECEIVED = re.compile(
    r"\b(?:get|getting|receive|receiving|back|writes?|returns?|produces?|generates?|outputs?)(?: back)?(?: about)? ?~?$"
)
SENT_AND_RECEIVED = re.compile(
    r"\b(?:send|sending|feed|feeding)\b.*\b(?:get|getting|receive|receiving|writes?|returns?|produces?|generates?|outputs?)\b"
)
MONTHS_OF_MONEY = re.compile(
    r"(?:us )?(?:dollars?|usd|bucks)?\s?(?:for|over) (?:(\d{1,2}) months\b|the (quarter|year)\b)"
)
WRITTEN = re.compile(r"(?<![\d.,])\d[\d.,]{0,24}\s?(?:k|m|b|million|thousand)? ?(?:words?|characters?|chars?)\b")
"""Text that is not counted in tokens."""
MONTHLY_MONEY = re.compile(
    r"(?:us )?(?:dollars?|usd|bucks)?\s?(?:or (?:less|under) )?(?:(?:a|per|each|every) (?:month|mo)\b|monthly\b|/ ?mo(?:nth)?\b)"
)
MAX_OUTPUT = re.compile(r"\+?(?: ?or more|-token| ?tokens?)?[ -]?(?:of )?max(?:imum)?[ -]?(?:output|completion)\b")
RANGE = re.compile(
    r"\b(\d+(?:\.\d+)?\s?(?:k|m|b|bn|million|billion)?)\s?-\s?(\d+(?:\.\d+)?\s?(?:k|m|b|bn|million|billion))(?: tokens?)?\b(?!-)"
)
HIT_RATE = re.compile(
    r"\b(?:cache )?hit[- ]rate (?:of |is |= ?|: ?)?(0?\.\d+|1\.0|1)(?![\d%])|(?<![\w.,])(0?\.\d+) (?:cache )?hit[- ]rate\b"
)
PART_OF_TRAFFIC = re.compile(
    r"\b(?:half|a third|a quarter|\d+ ?(?:%|percent))(?: of)?(?: (?:our|the|my|all))? (?:traffic|usage|volume)\b|"
    r"\b(?!22\b)\d\d (?:working |business )days\b"
)
"""A part of the usage, or days of its own: not known how to keep to, so said."""
WORKING_DAYS = re.compile(
    r"^(?:(?:no|sorry|i mean|and|ok|rather|make it|make that),? )*(?:per|each|every|a|/) ?(?:working|business|week) ?day(?: i mean| not calendar day| instead| rather)?\W*$|\b22 (?:working |business )?days\b|\bweekdays only\b|\bon weekdays\b|\b(?:working|business|week) ?days only\b|\bonly (?:on )?(?:working|business|week) ?days\b|\bon (?:working|business) days\b"
)
_COMPARING = (
    r"(?: (?:of|is|are|at|least|most|over|above|under|below|beyond|past|more|less|bigger|larger|greater|smaller|higher|lower|longer|"
    r"shorter|wider|than|not|no|the|from|up|to|that|exceeds?|exceeding|min(?:imum)?|max(?:imum)?|around|about|roughly)| ?[<>]=?|:)*\s*$"
)
CONTEXT_BEFORE = re.compile(rf"\b(?:context|ctx|window)s?(?: windows?| length| size)?{_COMPARING}")
MAX_OUTPUT_BEFORE = re.compile(
    rf"\b(?:max(?:imum)?|longest) (?:output|completion|response|answer)(?: tokens?| length| size| window| limit)?{_COMPARING}|"
    r"\b(?:can )?(?:output|generate|write|answer with) (?:at least|over|more than)\s*$"
)
CONTEXT = re.compile(r"\+?(?: ?or more|-token| ?tokens?)?[ -]?(?:of |long |sized )*(?:context|ctx|window)")
TOKENS = ("total", "input", "output")
TIERS: dict[Tier, re.Pattern[str]] = {
    "batch": re.compile(r"\bbatch(?:ed|ing)?\b|\bin batches\b"),
    "flex": re.compile(r"\bflex\b"),
    "priority": re.compile(r"\bpriority\b"),
    "fast": re.compile(
        r"\bfast(?: mode| tier| lane| pricing| prices?)\b|\b(?:in|on|with|use|using) fast\b|"
        rf"\bfast (?:input|output|cached)\b|^(?:and )?fast\??$|{NAME},? fast\b|(?<!how )\bfast {NAME}"
    ),
    "standard": re.compile(
        r"^(?:and )?(?:normal|regular)\W*$|\bnormal (?:again|tier|prices?|pricing)\b|\bstandard(?: tier| pricing| prices?| rates?)?\b|"
        r"\b(?:no|without|not) (?:batch|flex|priority|fast)\b"
    ),
}
CACHED = re.compile(r"\b(?:from (?:the )?cache|cach(?:ed|e|ing)|cache hits?|hit rate)\b")
PRICE_OVER = re.compile(
    r"\b(?:prices?|pricing|rates?)\b[^.?!\d]{0,16}\b(?:longer than|larger than|over|above|beyond|past|more than|>)\s*$"
)
"""Before the length of the prompts whose price is asked for: "output price above 272k"."""
PROMPT_OVER = re.compile(
    r"\b(?:prompts?|requests?|contexts?|inputs?|calls?)\b[^.?!]{0,30}?\b(?:longer than|larger than|"
    r"bigger than|over|above|beyond|past|exceed(?:s|ing)?|more than|>)\s*$"
)

_FRACTIONS = (
    (Fraction(2, 3), r"two[- ]thirds?"),
    (Fraction(1, 3), r"(?:a|one)[- ]third"),
    (Fraction(3, 4), r"three[- ]quarters?"),
    (Fraction(1, 4), r"(?:a|one)[- ]quarter"),
    (Fraction(1, 2), r"half"),
)
_OF = (
    r"(?: (?:of )?(?:(?:the |our |my |that |this )?(?:input|prompts?|tokens|volume|total)|what (?:we|i) send|it|them|that|these|those))?(?: tokens)?"
    r"(?: is (?:always )?the same[a-z ]{0,24} and)?(?: (?:is|are|being|comes?|gets?|was|were))?"
)
_CACHED = r"(?:cached|(?:read )?(?:from|in) (?:the )?cache|cache hits?)\b"


def _fractions(after: str) -> tuple[tuple[Fraction, re.Pattern[str]], ...]:
    return tuple((value, re.compile(rf"\b{words}{_OF} {after}")) for value, words in _FRACTIONS)


IN_WORDS: dict[str, tuple[tuple[Fraction, re.Pattern[str]], ...]] = {
    "cached_share": (
        (
            Fraction(0),
            re.compile(
                r"\b(?:no caching|(?:nothing|none|not)(?: is)? cached|uncached|without cach(?:e|ing)|turn(?:ing)? (?:the )?cach(?:e|ing) off|turn(?:ing)? off (?:the )?cach(?:e|ing)|cach(?:e|ing) off|(?:disable|drop|remove|skip|switch off) (?:the )?cach(?:e|ing))\b"
            ),
        ),
        (Fraction(1), re.compile(rf"\b(?:all|everything|fully|entirely|completely){_OF} {_CACHED}")),
        *_fractions(_CACHED),
    ),
    "input_share": (
        (
            Fraction(0),
            re.compile(
                r"\b(?:all|only|purely|entirely|just|everything is|(?:all )?of it is) (?:output|out)\b|\boutput (?:tokens )?only\b"
            ),
        ),
        (
            Fraction(1),
            re.compile(
                r"\b(?:(?:all|only|purely|entirely|just)(?: of it)?(?: is)?|everything(?: is)?) input\b(?! (?:is |are )?cached)|\binput (?:tokens )?only\b"
            ),
        ),
        (Fraction(1, 2), re.compile(r"\bhalf (?:input,? )?(?:and |& )?half\b|\bfifty[- ]fifty\b|\beven split\b")),
        *_fractions(rf"(?:input|in(?!put| {_CACHED}))\b(?! (?:is |are )?{_CACHED})"),
        *((1 - value, pattern) for value, pattern in _fractions(r"(?:output|out)\b")),
    ),
}
