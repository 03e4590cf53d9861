"""What a text asks for, by its words: the kind of question, a need, an attribute, a date, filters.

All tables are ordered: the first that fits counts. In the texts NAME stands where a model was named.
"""

import re

from bot.question.amount_words import TIERS
from bot.question.model import Span
from bot.question.phrases import KINDS, compiled
from catalog.lookup import OWN_API

SMALL_TALK = re.compile(
    r"(?:/?help(?: me)?|\?+|(?:hi|hello|hey|yo|good (?:morning|evening|afternoon))\b[^?\d]{0,20}|(?:ok(?:ay)?|cool|nice|great|perfect|"
    r"got it|awesome|lol|haha|wow|sweet|good|yes|no|yep|sure|cheers|ty|thx|thanks?|thank you|much appreciated)\b[^?\d]*|"
    r"start over|start again|reset|(?:a )?new question|never ?mind|forget (?:it|that|all of it|everything)|clear|what can (?:you|u) do|what do you do|what (?:kinds? of )?(?:questions?|things?) can i ask(?: you)?|what can i ask(?: you)?|what are you (?:able to do|for)|list (?:your )?commands|what (?:can|does) this bot do|how can you help(?: me| us)?|what features do you have|what (?:kinds? of )?things can you (?:do|compare|answer)|example questions?|many thanks|(?:(?:i |we )?(?:really )?appreciate (?:it|that|this|the help))|(?:what|which) (?:else|(?:other )?(?:commands?|questions?|features?|options?))(?: (?:are there|are available|exist|do you (?:have|know|support|understand)|can (?:i|we|you) (?:ask|use|do|answer|type)))?|what else (?:can|do) you (?:do|answer|know|tell)|(?:can|could) you (?:show|give) (?:me|us) (?:some |an? )?examples?(?: questions?)?|(?:how do|how can|how should) i use (?:this|you)(?: bot)?|(?:show|give) me (?:some |an? )?examples?|who are you|commands?|usage|examples?)[\s.!?]*"
)

COST = re.compile(
    r"\bcost|\bspend|\bbill\b|\bbills\b|\bhow much\b|\bpay\b|\bprice|\bpricing\b|\bcharge|\bexpens|\bestimate\b|"
    r"\bcome to\b|\bset(?:s|ting)? (?:me|us|you) back\b|\brates?\b(?! limit)|\bfee\b|\bworth\b|\brun(?:s|ning)? (?:us|me)\b"
)

ATTRIBUTES: list[tuple[str, re.Pattern[str]]] = compiled(
    {
        "cache_write_price": (
            r"\bcach(?:e|ing)[- ]writes?\b",
            r"\bwrit(?:e|ing) (?:to )?(?:the )?cache\b",
            r"\bcache (?:creation|storage)\b",
        ),
        "cached_input_price": (r"\bcach(?:ed|e|ing)\b(?! window)",),
        "max_output": (
            r"\bmax(?:imum)? (?:number of |amount of )?(?:output|out|completion) tokens?\b",
            r"\bmax(?:imum)? number of output\b",
            r"\bhow much output can\b",
            r"\b(?:highest|max(?:imum)?|largest|most) (?:number|amount) of (?:words|tokens|characters)\b|\bhow many words\b.*\b(?:write|output|produce|generate|answer)",
            r"\bhow (?:many (?:\w+ )?tokens|much|long) can .{0,24}\b(?:output|generate|write|produce|return|answer)\b",
            r"\bmax(?:imum)? (?:output|completion|response)\b",
            r"\boutput (?:limit|length|max|window|tokens? limit)\b",
            r"\b(?:longest|largest|biggest|highest) (?:possible )?(?:output|answer|response|completion)s?\b(?! (?:token )?prices?)",
            r"\bmax[_ ]tokens\b",
        ),
        "context_window": (
            r"\bhow long (?:a|an) (?:prompt|input)\b",
            r"\bhow many tokens (?:fit|can (?:i|we|you) (?:fit|put|send|pass|feed))\b",
            r"\bhow many tokens (?:can|does|do|will) .{0,24}\b(?:take|hold|handle|accept|read|fit)\b",
            r"(?<!long )(?<!long-)\bcontext\b",
            r"\bctx\b",
            r"\btoken limit\b",
            r"\bwindow\b",
            r"\bhow long (?:can|may) .{0,20}(?:prompt|input)",
        ),
        "knowledge_cutoff": (
            r"\bknowledge\b",
            r"\bcut.?off\b",
            r"\btraining data\b",
            r"\btrained (?:until|up to)\b",
            r"\b(?:until|till|up to) (?:what|which|when)\b.{0,24}\bknows?\b|\bknows? (?:about|of) (?:the world|things|events|news)\b",
        ),
        "retires_on": (
            r"\bdays (?:are )?left\b|\bhow (?:long|many days)\b.{0,20}\bleft\b",
            r"\beol\b",
            r"\bwhen (?:does|will|do) .{0,30}\bdies?\b",
            r"\bwhat replaces\b",
            r"^(?:and )?(?:what(?:'s| is|s) )?(?:the |its |their )?replacements?\W*$",
            r"\bas (?:the|a|its|their) replacement\b|\b(?:official|suggested|named) replacements?\b",
            r"\bstill be (?:available|sold|supported|around|there)\b",
            r"\bgo(?:ing|es)? away\b",
            r"\bhow long (?:will|is|does|can) .{0,30}\b(?:available|around|supported|sold|kept|last)\b",
            r"\bdiscontinu",
            r"\bphased out\b",
            r"\bstill (?:available|sold|supported|around|alive)\b",
            r"\bretir",
            r"\bdeprecat",
            r"\bsunset",
            r"\bswitched off\b",
            r"\bshut.?(?:down|off)\b",
            r"\bend.of.life\b",
            r"\bturned off\b",
        ),
        "release_date": (
            r"\b(?:newer|older|more recent|newest|oldest)\b",
            r"\breleas",
            r"\bcame out\b",
            r"\bcome out\b",
            r"\blaunch",
            r"\bhow old\b",
            r"\bwhen was\b",
        ),
        "open_weights": (
            r"\bopen[- ](?:weights?|source)\b",
            r"\bweights\b",
            r"^(?:is|are) \ue000 (?:really |fully |truly )?open\b",
            r"\bself.?host",
            r"\bdownload\b",
        ),
        "licence": (r"\blicen[cs]e[sd]?\b", r"\blicensing\b"),
        "vision": (
            r"\bvision\b",
            r"\bimages?\b",
            r"\bpictures?\b",
            r"\bsee\b",
            r"\bmulti.?modal\b",
            r"\bscreenshots?\b",
            r"\bphotos?\b",
        ),
        "in_modalities": (
            r"\b(?:which|what) (?:kinds? of )?inputs?\b.{0,40}\b(?:accepts?|takes?|supports?|handles?|reads?)\b",
            r"\bmodalit",
            r"\baudio\b",
            r"\bvideo\b",
            r"\bpdfs?\b",
        ),
        "tools": (
            r"\btools?\b",
            r"\b(?:function|fn|func).?call",
        ),
        "structured_output": (
            r"\bstructured\b",
            r"\bjson\b",
            r"\bschema\b",
        ),
        "reasoning": (
            r"^(?:does|do|can)\b.*\bthink\b",
            r"\breason",
            r"\bthinking\b",
        ),
        "grade": (
            r"\bgrades?\b",
            r"\brating\b",
            r"\boverall score\b",
        ),
        "bracket": (r"\bbracket\b",),
        "input_price": (
            r"\binput\b(?! (?:and|&|plus) output)",
            r"\bprompt (?:price|cost|tokens?)\b",
            r"\bm(?:tok)? in\b",
        ),
        "output_price": (
            r"(?<!input and )(?<!input & )\boutput\b",
            r"\bcompletion\b",
            r"\bm(?:tok)? out\b",
        ),
        "price": (
            r"\binput (?:and|&|plus) output prices?\b",
            r"\bprice",
            r"\bpricing\b",
            r"\brates?\b(?! limit)",
            r"\bcost",
            r"\bhow much\b",
            r"\bexpensive\b",
            r"\bcharge",
        ),
    }
)
PRICES = ("input_price", "output_price", "cached_input_price", "cache_write_price")
ALL_PRICES = ("price", *PRICES)

NEEDS: list[tuple[str, re.Pattern[str]]] = compiled(
    {
        "summarization": (
            r"\bsummar",
            r"\btl;?dr\b",
            r"\bdigest",
        ),
        "coding": (
            r"\bcod(?:es?|ing|er)\b",
            r"\bprogramm",
            r"\bsoftware\b",
            r"\bpull requests?\b",
            r"\bdebug",
            r"\bsql\b",
            r"\bpython\b",
            r"\brefactor",
            r"\bdevelop",
        ),
        "agents": (
            r"\bagent",
            r"\btool (?:use|calling)\b",
            r"\bautomation\b",
            r"\bfunction calling\b",
            r"\bworkflows?\b",
        ),
        "long_documents": (
            r"\blong (?:documents?|docs?|context|texts?|prompts?|pdfs?|contracts?)\b",
            r"\bcontracts?\b",
            r"\bbooks?\b",
            r"\bwhole (?:code ?bases?|repos?)\b",
            r"\bdocument(?:s)? (?:analysis|q&a|understanding)\b",
            r"\brag\b",
            r"\blegal\b",
        ),
        "vision": (
            r"\bvision\b",
            r"\bimages?\b",
            r"\bscreenshots?\b",
            r"\bcharts?\b",
            r"\bphotos?\b",
            r"\bpictures?\b",
            r"\bocr\b",
        ),
        "math": (
            r"\bmaths?\b",
            r"\bmathemat",
            r"\bcalculus\b",
            r"\bproofs?\b",
        ),
        "extraction": (
            r"\bextract",
            r"\bparsing\b",
            r"\bparse\b",
            r"\bstructured (?:data|output)",
            r"\bjson\b",
            r"\bentit",
            r"\binvoices?\b",
            r"\bforms?\b",
        ),
        "bulk": (
            r"\bbulk\b",
            r"\bclassif",
            r"\btagging\b",
            r"\blabell?ing\b",
            r"\bhigh.volume\b",
            r"\bbatch (?:jobs?|processing)\b",
            r"\bmoderation\b",
            r"\bsentiment\b",
            r"\brouting\b",
            r"\bat scale\b",
            r"\bcheap(?:est)? option\b",
        ),
        "chat": (
            r"\bchat",
            r"\bsupport(?: (?:chat\w*|bots?|desk|tickets?|teams?|requests?|emails?|questions?|assistants?|agents?|staff|inbox|cases?))\b|\b(?:customer|user|tech(?:nical)?|our|for) support\b(?! (?:images?|vision|tools?))",
            r"\bcustomer\b",
            r"\bassistants?\b",
            r"\bconversation",
            r"\bq&a\b",
            r"\bfaq\b",
            r"\bhelpdesk\b",
            r"\bcreative\b",
            r"\bwriting\b",
        ),
        "quality": (
            r"\bquality\b",
            r"\bhardest\b",
            r"\bhard (?:problems?|questions?|prompts?)\b",
            r"\breason",
            r"\bresearch\b",
            r"\bscience\b",
            r"\bcomplex\b",
            r"\bhigh.stakes\b",
            r"\bexpert",
        ),
    }
)

SPEED = re.compile(
    r"\bspeedier\b|\bhow (?:fast|quick|slow) (?:is|are|does)\b|\bquick(?:er|est)\b|\bfaster\b|\bfastest\b|\bslower\b|\blatency\b|\bthroughput\b|\btokens (?:per|a|/) ?sec|\btps\b|\bttft\b|"
    r"\bspeeds?\b|\btime to first\b|\bresponse times?\b"
)
HALLUCINATION = re.compile(r"\bhallucinat")
UNKNOWN_BENCHMARK = re.compile(r"\b([a-z][a-z0-9-]*(?:bench|eval|arena)(?:mark)?[a-z0-9-]*)\b")

FITS = re.compile(
    r"^(?:can|could|does|do|will|would|is|are)\b.*\b(?:handle|handles|fit|fits|take|takes|process|read|accept|hold|support|enough)\b"
)
"""Asks whether a prompt of some length can be sent."""
WITHIN = re.compile(
    r"^(?:so |and )?(?:is|are|can|could|will|would|does|do)\b|\benough\b|\bwithin\b|\b(?:fit|fits|afford|sufficient|suffice)\b"
)
"""Asks whether an amount of money is enough."""
_USERS = r"(?:users|people|employees|customers|seats|developers|devs|agents|engineers|members|colleagues)"
HOW_MANY_USERS = re.compile(rf"\bhow many (?:\w+ )?{_USERS}\b")
_AXIS = re.compile(
    r"\b(?:what|which) (?:\w+ ){0,2}?(?:share|ratio|split|mix|percentage|percent|fraction|proportion|hit rate)\b|"
    r"\b(?:what|which) cach\w+ (?:rate|share|level|ratio|hit)|\bhow much caching\b"
)

FOREIGN = re.compile(
    r"\b(?:combien|coûte|coute|quel(?:le)?s?|pour|wie ?viel|kostet|kosten|welche[sr]?|cu[aá]nto|cuesta|qu[eé]|cu[aá]l|"
    r"quanto|costa|qual|hoeveel|welk|ile|kosztuje|сколько|стоит|多少|いくら|哪个|은|는|كم)\b|[\u3040-\u30ff\u4e00-\u9fff"
    r"\u0400-\u04ff\u0600-\u06ff\uac00-\ud7af]{2,}"
)
FOREIGN_VERB = re.compile(
    r"^(?:please |can you |could you |pls )?(?:write|deploy|translate|book|draw|sing|call|send|email|delete|"
    r"install|run|execute|open(?![- ](?:weights?|source|models?))|build|create|make me|remind|schedule|order|ignore|forget|generate|code me|"
    r"download|restart|fix|drop table|summari[sz]e (?:this|my|our|the|these|that) (?:pdf|docs?|documents?|text|emails?|articles?|file|page|meeting|thread|report|book|call|transcript))\b"
)

SPANS: list[tuple[Span, re.Pattern[str]]] = [
    (
        "request",
        re.compile(
            r"(?:\b(?:per|each|every|a|one|1|single)|(?<!w)/)[ -]?(?:single )?(?:api )?(?:request|call|query|message|document|chat|"
            r"conversation|prompt|email|ticket|page)\b"
        ),
    ),
    (
        "year",
        re.compile(
            r"\b(?:yearly|an?nual(?:ly)?|per[- ]year|a year|each year|/ ?(?:year|yr)|per annum|annuali[sz]ed|(?:full|whole|entire)[- ]year|(?:over|for|in) (?:a year|the year|(?:12|twelve) months))\b|\bp\.a\.?(?!\w)"
        ),
    ),
    (
        "quarter",
        re.compile(
            r"\b(?:quarterly|(?:per|a|each|every) quarter|/ ?quarter)\b(?! (?:of|input|output|in|out|cached)\b)"
        ),
    ),
    ("week", re.compile(r"\b(?:weekly|(?:per|a|each|every) (?:week|wk)|/ ?(?:week|wk))\b")),
    ("day", re.compile(r"\b(?:daily|per[- ]day|a day|each day|/ ?day)\b")),
    ("hour", re.compile(r"\b(?:hourly|(?:per|an|each|every) hour|/ ?(?:hour|hr|h))\b")),
    ("month", re.compile(r"\b(?:monthly|per[- ]month|a month|each month|/ ?(?:month|mo)|for a month)\b")),
]

MAKERS = {
    **{each: each for each in OWN_API},
    "x.ai": "xai",
    "x ai": "xai",
    "x-ai": "xai",
    "z.ai": "zai",
    "z ai": "zai",
    "zhipu": "zai",
    "moonshot": "moonshotai",
    "moonshot ai": "moonshotai",
    "qwen": "alibaba",
    "alibaba": "alibaba",
    "nvidia": "nvidia",
    "facebook": "meta",
    "elon": "xai",
}
FAMILY_MAKERS = {
    "claude": "anthropic",
    "gpt": "openai",
    "gemini": "google",
    "gemma": "google",
    "grok": "xai",
    "kimi": "moonshotai",
    "glm": "zai",
    "nova": "amazon",
    "opus": "anthropic",
    "sonnet": "anthropic",
    "haiku": "anthropic",
    "llama": "meta",
    "qwen": "alibaba",
    "deepseek": "deepseek",
    "mistral": "mistral",
    "command": "cohere",
    "phi": "microsoft",
    "minimax": "minimax",
    "flash": "",
    "mini": "",
    "nano": "",
    "codex": "openai",
}
MAKER = re.compile(rf"\b({'|'.join(re.escape(each) for each in sorted(MAKERS, key=len, reverse=True))})(?:'s|s')?\b")
ABILITIES = compiled(
    {
        "vision": (r"\b(?:vision|multi.?modal|(?:takes?|reads?|sees?|accepts?|supports?|with) images?|image input)\b",),
        "tools": (r"\b(?:tools?|tool (?:use|calling)|function.?calling)\b",),
        "reasoning": (
            r"\b(?:reasoning|thinking) (?:models?|ones?)\b",
            r"(?<=non-)(?:reasoning|thinking)\b|(?<=without )(?:reasoning|thinking)\b|(?<=\bno )(?:reasoning|thinking)\b",
            r"\b(?:only|just) reasoning\b",
            r"\bwith (?:reasoning|thinking)\b",
            r"\bthat (?:reason|think)\b",
            r"\b(?:have|has|having|supports?|supporting|offers?|do|does|and|need|needs) (?:reasoning|thinking)\b",
            r"\bcan (?:reason|think)\b",
        ),
        "open_weights": (r"\bopen[- ](?:weights?|source|models?)\b",),
        "structured_output": (
            r"\bstructured outputs?\b",
            r"\bjson (?:mode|schema)\b",
        ),
    }
)
INPUTS = compiled(
    {
        "audio": (r"\baudio\b", r"\bspeech\b", r"\bvoice\b"),
        "video": (r"\bvideos?\b",),
        "pdf": (r"\bpdfs?\b",),
    }
)
"""What a model takes beside text and images."""


def is_known_word(word: str) -> bool:
    """Whether a word means something in a question, so that it is no model's name."""
    tables = (
        KINDS,
        ATTRIBUTES,
        NEEDS,
        ABILITIES,
        [("", COST), ("", SPEED), ("", MAKER)],
        [(name, tier) for name, tier in TIERS.items()],
        [("", pattern) for _, pattern in SPANS],
    )
    return any(pattern.search(word) for table in tables for _, pattern in table)


def shared_axis(text: str) -> str | None:
    """The share at which two models are asked to cost the same: "at what cache rate", "at which output share"."""
    found = _AXIS.search(text)
    if not found:
        return None
    return "cached_share" if re.search(r"\bcach|\bhit\b", text[found.start() :]) else "input_share"


def first_of(table: list[tuple[str, re.Pattern[str]]], text: str) -> str | None:
    """The first entry of a table that fits a text."""
    return next((name for name, pattern in table if pattern.search(text)), None)


def span_of(text: str) -> Span | None:
    """What time a cost is asked for, in a text without the amounts."""
    return next((span for span, pattern in SPANS if pattern.search(text)), None)
