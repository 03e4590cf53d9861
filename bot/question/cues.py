"""What a text asks for, by its words: the kind of question, a need, an attribute, a date, filters.

All tables are ordered: the first that fits counts. In the texts NAME stands where a model was named.
"""

import calendar
import re
from collections.abc import Mapping
from datetime import date

from bot.question.amount_words import NAME, TIERS
from bot.question.model import Kind, Span
from catalog.lookup import OWN_API

N = NAME


def _compiled(table: Mapping[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(pattern)) for name, pattern in table.items()]


SMALL_TALK = re.compile(
    r"(?:/?help(?: me)?|\?+|(?:hi|hello|hey|yo|good (?:morning|evening|afternoon))\b[^?\d]{0,20}|(?:ok(?:ay)?|cool|nice|great|perfect|"
    r"got it|awesome|lol|haha|wow|sweet|good|yes|no|yep|sure|cheers|ty|thx|thanks?|thank you|much appreciated)\b.*|"
    r"what can (?:you|u) do|what do you do|what (?:kinds? of )?(?:questions?|things?) can i ask(?: you)?|what can i ask(?: you)?|what are you (?:able to do|for)|(?:can|could) you (?:show|give) (?:me|us) (?:some |an? )?examples?(?: questions?)?|(?:how do|how can|how should) i use (?:this|you)(?: bot)?|(?:show|give) me (?:some |an? )?examples?|who are you|commands?|usage|examples?)[\s.!?]*"
)

KINDS: list[tuple[str, re.Pattern[str]]] = _compiled(
    {
        "check": rf"{NAME} (?:is|costs?|=) [^?]*\$\d[^?]*\b(?:right|correct|true)\b\??$|\b(?:is|are) (?:this|that|these|it) (?:right|correct|true)\b|^verify\b|^check: |"
        r"^(?:fact.?)?check (?:this|these|that)\b|^fact.?check\b",
        "watch": r"^(?:please )?(?:(?:stop |un)?watch(?:ing)?|notify|alert)\b|\bwhat (?:do|are) (?:we|i|you) watch|^(?:please )?keep (?:an eye|tabs|watch) on\b",
        "mistakes": r"\b(?:wrong|bad|incorrect) answers?\b|\bmistakes?\b|\berrors? costs?\b|\bcost of (?:an )?errors?\b",
        "method": r"\b(?:origin|source) of (?:your|the|these|this) |\bexplain how\b.{0,30}\b(?:costs?|prices?|numbers?|figures?)\b|\b(?:which|what) sources?\b|\bhow (?:current|up.to.date|recent|fresh|accurate) (?:is|are)\b|\bare (?:the|these|your) (?:prices|numbers|data) (?:still )?(?:current|up.to.date|accurate|fresh|right)\b|\bwho publish|\bhow you (?:calculate|compute|work|get)\b|^why\b(?!.{25})|^explain(?: (?:that|this|it))?\W*$|\bwhere(?:'s| is| are|s)? (?:this|that|these|those|the|your|ur) (?:data|prices?|numbers?|figures?|info)\b|"
        r"\b(?:up to date|up-to-date)\b|\bhow (?:do|did|does|are|is|was|were) (?:you|u|it|this|these|those|they|that|the (?:prices?|"
        r"costs?|numbers?|grades?|verdict|scores?)|prices?|grades?)\b.{0,30}\b(?:calculat|comput|work(?:ed)?\b|get\b|"
        r"got\b|arriv|come up|made|know|determin|graded?)|\bwhere (?:do|does|did|are|is)\b.{0,40}\b(?:price|number|"
        r"figure|data|score|cost)s?\b.{0,20}\b(?:from|come)|\b(?:source|sources)\b.{0,15}\b(?:for|of|are|is|your)\b|"
        r"\bwhat(?: are| is|'s|s) (?:your|ur|the) (?:data )?sources?\b|\bwhat (?:data|prices|numbers) (?:is|are) (?:this|that|these|it|you) (?:based on|using|from)\b|\bwhat (?:did|do|have|are) (?:you|u)(?: be)? assum|"
        r"\bassumptions?\b|\bmethodology\b|\bhow (?:old|fresh|recent|up to date) (?:is|are)\b|^(?:show|print) (?:the )?rules",
        "history": rf"\bprice (?:movements?|moves?|development|trend)\b|\bprices? (?:ever )?(?:been )?(?:changed|cut|raised|lowered)\b|\bprice (?:cut|rise|hike|drop)\b|\b(?:become|becomes|became|becoming) (?:more expensive|cheaper|dearer|pricier)\b(?! than)|\bhistory\b|\bwas {N}.{{0,20}}\b(?:cheaper|more expensive|dearer) (?:before|earlier|in the past)\b|\b(?:has|have|did|will) the (?:price|cost)s? .{{0,40}}\b(?:chang|r[io]se|fall|fell|drop|go|gone|went|increas)|"
        rf"\bprice (?:changes?|increases?|rises?|drops?|cuts?) (?:of|for|on) {N}|\bused to (?:cost|be)\b|\bprice changed?\b|\bchanged? (?:its |the )?prices?\b|"
        rf"\bhas {N}.{{0,30}}\bchanged\b|\b(?:will|is|are) {N} (?:going to )?get(?:ting)? (?:more expensive|cheaper|dearer|pricier)\b|\bget(?:s|ting)? (?:more expensive|cheaper|dearer|pricier)\b(?! than)|"
        rf"\bwhat (?:did|was) .{{0,40}}(?:cost|price)|\b(?:previous|old|past|former) prices?\b|"
        rf"\bwhen (?:did|does|will) .{{0,40}}prices?\b.{{0,20}}(?:change|rise|fall|drop|go)",
        "changes": r"\bwhat(?:'s| has| have|s| is)? ?(?:changed?|new)\b|\b(?:price|catalog) changes?\b|\bchanges since\b|"
        r"\bany(?:thing)? (?:price )?(?:change|new)|\b(?:which|what|any) (?:models?|prices?) (?:went (?:up|down)|rose|fell|dropped|increased|decreased|changed)\b|\b(?:which|what|any) models? (?:got|became|have become|went) (?:cheaper|dearer|more expensive)\b",
        "savings": r"\bcost (?:reduction|savings?) (?:from|of|by|when)\b|\b(?:cut|reduce) (?:our |the )?(?:costs?|bill|spend) by (?:moving|switching|going)\b|\bsav(?:e|es|ed|ing|ings)\b|\bhow much (?:less|cheaper)\b|\bbatch (?:vs\.?|versus|or|against|instead of|compared (?:to|with)) "
        r"(?:the )?(?:standard|normal|regular)\b",
        "breakeven": r"\bat how many tokens\b|\bbreak.?even\b|\b(?:volume|usage|point) (?:where|when|at which)\b|\bhow much (?:usage|volume|traffic) (?:before|until|till)\b|"
        r"\bwhen (?:does|do|will|would|is|are|should)\b.{0,40}\b(?:surpass\w*|spend|outgrow|become|becomes|get|gets|cheaper|overtake)\b|\b(?:what|which) (?:\w+ )?(?:volume|usage|point|scale|level)\b(?! of input)|\bat (?:what|which) (?:\w+ )?(?:amount|number)\b|"
        r"\bwhen (?:does|do|will|would|is|are)\b.{0,40}\b(?:pass|passes|exceed|go over|cross|reach|hit|top|"
        r"cost|costs|get to|more than|over)\b|\bhow many tokens (?:(?:a|per|each) month )?(?:until|before|till)\b",
        "list by host": rf"^[^{N}$]*\bwhat can (?:i|we|you|one) (?:get|use|run|buy|have) (?:on|at|from|via)\b[^{N}$]*$",
        "list by budget": rf"^[^{N}]*\b(?:which|what|any) (?:\w+ ){{0,2}}(?:models?|llms?) (?:can|could|would|do) (?:we|i|you)\b[^{N}]*\$[^{N}]*$",
        "budget": r"\bspend(?:ing)? (?:limit|cap)\b|\bmax(?:imum)? (?:\w+ )?tokens\b|\btokens (?:(?:a|per|each) month )?(?:for|with) \$|\bhow far\b|\bhow much usage\b|\bhow many (?:\w+ )?tokens\b|\bhow many (?:requests|calls|chats|messages|documents)\b.*\$|\bbudget\b|\bhow much .{0,30}\b(?:can|could) (?:we|i|you)\b|"
        r"\bwhat (?:does|do|can|would|will|could) .{0,20}\b(?:buy|get)\b|\b(?:get|buy|run|go) .{0,12}\bfor \$|"
        r"\b(?:can|could) (?:we|i) (?:get|buy|run|afford)\b|\bgets? (?:me|us)\b",
        "upgrade": r"\bupgrad|\bshould (?:we|i|our team|the team|they) (?:go (?:from|up)|move|switch|migrate|jump)\b|\bgood idea to (?:replace|swap|move|switch|go|upgrade)\b|"
        rf"\bmove from {N} to {N}[^?]*\b(?:yes or no|worth)\b|{N} ?(?:->|to) ?{N},? (?:is it )?worth\b|"
        r"\bworth (?:moving|switching|going|migrating|the switch|it to (?:switch|move))|\b(?:should|shld|shall) "
        r"(?:i|we) (?:switch|move|migrate|go from|replace|change)\b|\bmove up to\b|\b(?:sense|time|worth it|wise|smart|good idea) to (?:go|move|switch|migrate|upgrade|change|jump)\b",
        "alternatives": rf"\b(?:something|anything|models?) (?:like|similar|as good)|\bsimilar to\b|\balternatives?\b|"
        rf"\breplacements? (?:for|of)\b|\belse is like\b|\bsubstitutes?\b|\blike {N}.{{0,12}}(?:but|only) |"
        rf"\bcheaper than {N} but\b|{N} but cheaper\b|\b(?:smth|sth|something|anything) like {N}|\bcheaper (?:options?|ones?|models?|alternatives?|choices?) than\b|"
        rf"\binstead of {N}.{{0,40}}\b(?:cut|save|reduce|lower)\b|\bget (?:off|away from|rid of) {N}.{{0,30}}\b(?:price|cost|expensive)|"
        rf"\btoo (?:expensive|pricey|costly|dear)\b|^(?:and |so |ok )?what(?:'s| is) cheaper\??$|\b(?:can'?t|cannot|can not) afford\b|\b(?:comparable|close) to {N}|"
        r"\b(?:something|anything|one|ones|models?|options?) (?:that(?:'s| is| are) )?cheaper\b(?! than)|"
        rf"^(?!(?:and |so |but )?(?:is|are|was) (?:it|that|this|they|the)\b)[^{N}]*\bcheaper than {N}[^{N}]*$|^[^{N}]*\b(?:could|can|to|might|would) (?:\w+ )?replaces? {N}[^{N}]*$|"
        rf"\breplace {N} (?:with|by) (?:something|anything|a cheaper)\b|\bwhat else\b[^{N}]*{N}[^{N}]*$|\b(?:a )?cheaper (?:version|option|model) (?:of|than|to|for)\b|"
        rf"\binstead of {N}\b(?!.*{N})",
        "difference": r"\bsets? .{0,20}\bapart\b|\bdiffs?\b|\bdifferen(?:t|ce|ces)\b|\bdiffers?\b|\bdistinguish",
        "choose": r"\b(?:which|what|who)\b.{0,24}\b(?:should|shall|would|do|could) (?:i|we|you|one)\b.{0,20}\b(?:use|pick|choose|go|"
        r"take|get|buy|run)\b|\bpick (?:one|a|the)\b|\brecommend|\bsuggest\b|\bshould (?:i|we) (?:use|pick|choose|go|take)\b|"
        r"\bwhich (?:one |model )?(?:is |'s )?(?:the )?(?:best|right|better suited|good)(?: one)?(?: suited)? for\b|"
        r"\b(?:best|better|good|right|suited|suitable|ideal) (?:\w+ )?(?:for|choice|pick)\b|\bhelp (?:me|us) (?:choose|pick|decide)|\b(?:which|what|who)\b.*\bsuits?\b",
        "cheapest by price": r"\bprice leader\b|\b(?:better|best) (?:deal|price|priced)\b|\bprice-?wise\b|\b(?:smaller|smallest|lower|lowest) (?:bill|spend|invoice)\b",
        "cheapest by rank": r"\b(?:rank|order|sort)\b.*\b(?:by|on) (?:cost|price)|\bcheapest to (?:most expensive|dearest)\b",
        "performance": r"\bhow (?:fast|quick|slow) (?:is|are|does)\b|\bquicker\b|\bquickest\b|\bspeedier\b|\bhow (?:does|do|did) .{0,24}\b(?:do|does|perform|fare|hold up) (?:on|at|in)\b|\bhow good (?:is|are) .{0,24}\b(?:at|in|on)\b|\bscor(?:e|es|ed|ing)\b|\bbenchmarks?\b|\bperform(?:s|ance|ing)?\b|\bfaster\b|\bfastest\b|\bslower\b|"
        r"\blatency\b|\bthroughput\b|\btokens (?:per|a|/) ?sec|\btps\b|\bttft\b|\bspeeds?\b|\baccura(?:cy|te)\b|"
        r"\bhallucinat|\belo\b|\branks?\b|\branked\b|\b(?:better|best|stronger|worse|good) (?:at|in|on)\b|\btest(?:ed|s)? results?",
        "better": r"\bbetter\b|\bsmarter\b|\bstronger\b|\bsuperior\b|\bbest\b|\boutperforms?\b|\bbeats?\b|\bmore (?:capable|"
        r"intelligent|powerful)\b|\bas good as\b|\bworse\b|\bsmartest\b",
        "cheapest": r"\bche[ae]p(?:e|s|es)?r?(?:e?st)?\b|\bwins? on (?:price|cost)\b|\bdearest\b|\bpriciest\b|\bcostliest\b|\bleast (?:expensive|money)\b|\bless (?:money|expensive|costly)\b|"
        r"\b(?:lowest|lower|best|smallest)[- ](?:priced?|prices|costs?|costing|bill)\b|\bleast (?:costly|pricey)\b|\bcosts? less\b|\bmost affordable\b|"
        r"\bmore expensive\b|\bdearer\b|\bcosts? more\b|\bpricier\b|\bmost expensive\b",
        "profile": r"^/model\b|\bwhat(?:'s| is) (?:it|that)\?$|\bhaven't heard of\b|\beverything (?:about|on)\b|\bhow good (?:is|are) [^ ]+\??$|\bwho (?:makes|made|built|sells|owns)\b|\b(?:tell|show|give) (?:me|us) (?:about|more|something)\b|\b(?:know|more|something|anything|learn) (?:more )?(?:about|on)\b|\bsummary (?:of|for|on)\b|\brundown\b|\bprofiles?\b|\bwhat can you (?:tell|say)\b|\binfos?\b|"
        r"\binformation (?:on|about)\b|\bdescribe\b|\bdetails? (?:of|on|about|for)\b|\bspecs?\b|\boverview\b|"
        rf"^(?:what|who)(?:'s| is|s) {N}\??$|\bmodel card\b|\ball about\b|^about {N}|{N} (?:details|specs|info|profile|overview)\b",
        "list": r"^(?:list|show)\b|\bwhat(?:'s| is| are)? (?:available|offered|sold|hosted|there) (?:on|at|by|from|via)\b|\blist (?:all|the|of)\b|\b(?:which|what|any|all) (?:\w+ ){0,3}models?\b|\bmodels? w/|\bmodels? (?:under|with|without|that|"
        r"below|cheaper|over|above|on|at|from|by)\b|\bwhat (?:does|do) \w+(?: \w+)? (?:have|offer|sell)\b",
        "compare": r"^/compare\b|\bcompar(?:e|ed|es|ing|ison|isons)\b|\bvs\b|\bversus\b|\bside by side\b|\bnext to\b|"
        r"\bagainst\b|\bhead.to.head\b|\bstack up\b",
    }
)
"""The kinds that words alone may show; cost, attribute and the rest depend on what else is there."""

COST = re.compile(
    r"\bcost|\bspend|\bbill\b|\bbills\b|\bhow much\b|\bpay\b|\bprice|\bpricing\b|\bcharge|\bexpens|\bestimate\b|"
    r"\bcome to\b|\brates?\b|\bfee\b|\bworth\b|\brun(?:s|ning)? (?:us|me)\b"
)

ATTRIBUTES: list[tuple[str, re.Pattern[str]]] = _compiled(
    {
        "cache_write_price": r"\bcach(?:e|ing)[- ]writes?\b|\bwrit(?:e|ing) (?:to )?(?:the )?cache\b|\bcache (?:creation|storage)\b",
        "cached_input_price": r"\bcach(?:ed|e|ing)\b(?! window)",
        "max_output": r"\bmax(?:imum)? (?:number of |amount of )?(?:output|out|completion) tokens?\b|\bmax(?:imum)? number of output\b|\bhow much output can\b|\bhow (?:many (?:\w+ )?tokens|much|long) can .{0,24}\b(?:output|generate|write|produce|return|answer)\b|\bmax(?:imum)? (?:output|completion|response)\b|\boutput (?:limit|length|max|window|tokens? limit)\b|"
        r"\blongest (?:output|answer|response)\b|\bmax[_ ]tokens\b",
        "context_window": r"(?<!long )(?<!long-)\bcontext\b|\bctx\b|\btoken limit\b|\bwindow\b|\bhow long (?:can|may) .{0,20}(?:prompt|input)",
        "knowledge_cutoff": r"\bknowledge\b|\bcut.?off\b|\btraining data\b|\btrained (?:until|up to)\b",
        "retires_on": r"\beol\b|\bwhen (?:does|will|do) .{0,30}\bdies?\b|\bwhat replaces\b|\bstill be (?:available|sold|supported|around|there)\b|\bgoing away\b|\bdiscontinu|\bphased out\b|\bstill (?:available|sold|supported|around|alive)\b|\bretir|\bdeprecat|\bsunset|\bswitched off\b|\bshut.?(?:down|off)\b|\bend.of.life\b|\beol\b|\bturned off\b",
        "release_date": r"\breleas|\bcame out\b|\bcome out\b|\blaunch|\bhow old\b|\bwhen was\b",
        "open_weights": r"\bopen[- ](?:weights?|source)\b|\bself.?host|\bdownload\b|\blicen[cs]e\b",
        "vision": r"\bvision\b|\bimages?\b|\bpictures?\b|\bsee\b|\bmulti.?modal\b|\bscreenshots?\b|\bphotos?\b",
        "in_modalities": r"\bmodalit|\baudio\b|\bvideo\b|\bpdfs?\b",
        "tools": r"\btools?\b|\b(?:function|fn|func).?call",
        "structured_output": r"\bstructured\b|\bjson\b|\bschema\b",
        "reasoning": r"\breason|\bthinking\b",
        "grade": r"\bgrades?\b|\brating\b|\boverall score\b",
        "bracket": r"\bbracket\b",
        "input_price": r"\binput\b(?! (?:and|&|plus) output)|\bprompt (?:price|cost|tokens?)\b",
        "output_price": r"(?<!input and )(?<!input & )\boutput\b|\bcompletion\b",
        "price": r"\binput (?:and|&|plus) output prices?\b|\bprice|\bpricing\b|\brates?\b|\bcost|\bhow much\b|\bexpensive\b|\bcharge",
    }
)
PRICES = ("input_price", "output_price", "cached_input_price", "cache_write_price")

NEEDS: list[tuple[str, re.Pattern[str]]] = _compiled(
    {
        "summarization": r"\bsummar|\btl;?dr\b|\bdigest",
        "coding": r"\bcod(?:e|ing|er)\b|\bprogramm|\bsoftware\b|\bpull requests?\b|\bdebug|\bsql\b|\bpython\b|\brefactor|\bdevelop",
        "agents": r"\bagent|\btool (?:use|calling)\b|\bautomation\b|\bfunction calling\b|\bworkflows?\b",
        "long_documents": r"\blong (?:documents?|docs?|context|texts?|prompts?|pdfs?|contracts?)\b|\bcontracts?\b|\bbooks?\b|\bwhole "
        r"(?:code ?bases?|repos?)\b|\bdocument(?:s)? (?:analysis|q&a|understanding)\b|\brag\b|\blegal\b",
        "vision": r"\bvision\b|\bimages?\b|\bscreenshots?\b|\bcharts?\b|\bphotos?\b|\bpictures?\b|\bocr\b",
        "math": r"\bmaths?\b|\bmathemat|\bcalculus\b|\bproofs?\b",
        "extraction": r"\bextract|\bparsing\b|\bparse\b|\bstructured (?:data|output)|\bjson\b|\bentit|\binvoices?\b|\bforms?\b",
        "bulk": r"\bbulk\b|\bclassif|\btagging\b|\blabell?ing\b|\bhigh.volume\b|\bbatch (?:jobs?|processing)\b|\bmoderation\b|"
        r"\bsentiment\b|\brouting\b|\bat scale\b|\bcheap(?:est)? option\b",
        "chat": r"\bchat|\bsupport\b|\bcustomer\b|\bassistants?\b|\bconversation|\bq&a\b|\bfaq\b|\bhelpdesk\b|\bcreative\b|\bwriting\b",
        "quality": r"\bquality\b|\bhardest\b|\bhard (?:problems?|questions?|prompts?)\b|\breason|\bresearch\b|\bscience\b|\bcomplex\b|"
        r"\bhigh.stakes\b|\bexpert",
    }
)

SPEED = re.compile(
    r"\bspeedier\b|\bhow (?:fast|quick|slow) (?:is|are|does)\b|\bquick(?:er|est)\b|\bfaster\b|\bfastest\b|\bslower\b|\blatency\b|\bthroughput\b|\btokens (?:per|a|/) ?sec|\btps\b|\bttft\b|"
    r"\bspeeds?\b|\btime to first\b|\bresponse times?\b"
)
HALLUCINATION = re.compile(r"\bhallucinat")
UNKNOWN_BENCHMARK = re.compile(r"\b([a-z][a-z0-9-]*(?:bench|eval|arena)(?:mark)?[a-z0-9-]*)\b")

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
    r"download|restart|fix|drop table)\b"
)

SPANS: list[tuple[Span, re.Pattern[str]]] = [
    (
        "request",
        re.compile(
            r"(?:\b(?:per|each|every|a|one|1|single)|(?<!w)/) ?(?:single )?(?:api )?(?:request|call|query|message|document|chat|"
            r"conversation|prompt|email|ticket|page)\b"
        ),
    ),
    (
        "year",
        re.compile(
            r"\b(?:yearly|annual(?:ly)?|per year|a year|each year|/ ?(?:year|yr)|per annum|annuali[sz]ed|full[- ]year|(?:over|for|in) (?:a year|(?:12|twelve) months))\b|\bp\.a\.?(?!\w)"
        ),
    ),
    (
        "quarter",
        re.compile(
            r"\b(?:quarterly|(?:per|a|each|every) quarter|/ ?quarter)\b(?! (?:of|input|output|in|out|cached)\b)"
        ),
    ),
    ("week", re.compile(r"\b(?:weekly|(?:per|a|each|every) (?:week|wk)|/ ?(?:week|wk))\b")),
    ("day", re.compile(r"\b(?:daily|per day|a day|each day|/ ?day)\b")),
    ("hour", re.compile(r"\b(?:hourly|(?:per|an|each|every) hour|/ ?(?:hour|hr|h))\b")),
    ("month", re.compile(r"\b(?:monthly|per month|a month|each month|/ ?(?:month|mo)|for a month)\b")),
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
ABILITIES = _compiled(
    {
        "vision": r"\b(?:vision|multi.?modal|(?:takes?|reads?|sees?|accepts?|supports?|with) images?|image input)\b",
        "tools": r"\b(?:tools?|tool (?:use|calling)|function.?calling)\b",
        "reasoning": r"(?<!non-)(?<!non )(?<!no )(?<!without )\b(?:reasoning|thinking) (?:models?|ones?)\b|\b(?:only|just) reasoning\b|\bwith (?:reasoning|thinking)\b|\bthat (?:reason|think)\b",
        "open_weights": r"\bopen[- ](?:weights?|source|models?)\b",
        "structured_output": r"\bstructured outputs?\b|\bjson (?:mode|schema)\b",
    }
)

MONTHS = (
    {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
    | {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
    | {"sept": 9}
)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
ISO_DATE = re.compile(r"\b(20\d\d)-(\d\d)(?:-(\d\d))?\b")
DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b\.?,?(?: (20\d\d))?")
MONTH_DAY = re.compile(rf"\b({_MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? (20\d\d))?")
MONTH_ONLY = re.compile(
    rf"\b(?:in |since |during |of |last |this |from )({_MONTH})\b\.?(?: (20\d\d))?|\b({_MONTH}) (20\d\d)\b"
)

COMING = re.compile(r"\b(?:will|going to|gonna|next|from)\b")
YEAR_ONLY = re.compile(
    r"\b(?:in|during|since|back in|for|of) (20[12]\d)\b(?! ?(?:tokens?|requests?|calls?|users?|input|output|in\b|out\b|per\b|[km]\b|[.,]\d))"
)


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


def kind_of(text: str, besides: Kind | None = None) -> Kind | None:
    """The kind that a text's words show, None where they show none; another than `besides`."""
    for kind, pattern in KINDS:
        if kind != besides and pattern.search(text):
            return kind.partition(" ")[0]  # type: ignore[return-value]  # the table's keys are kinds
    return None


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


def date_of(text: str, today: date) -> tuple[str, tuple[int, int]] | None:
    """A day or month that a text names, ISO, and where; without a year the latest that is not in the future,
    or the next where the text speaks of what will be.

    Empty for a day that there is not. A bare year is its month that is nearest to today.
    """
    if found := ISO_DATE.search(text):
        try:
            date.fromisoformat(found[0] if found[3] else f"{found[0]}-01")
        except ValueError:
            return "", found.span()
        return found[0], found.span()
    coming = COMING.search(text) is not None
    for pattern, day_group, month_group in ((DAY_MONTH, 1, 2), (MONTH_DAY, 2, 1)):
        if found := pattern.search(text):
            named = _nearest(today, MONTHS[found[month_group]], int(found[day_group]), found[3], coming=coming)
            if named:
                return named.isoformat(), found.span()
    if found := MONTH_ONLY.search(text):
        named = _nearest(today, MONTHS[found[1] or found[3]], 1, found[2] or found[4], coming=coming)
        return (f"{named:%Y-%m}", found.span()) if named else None
    if found := re.search(r"\b(yesterday|last month|last week|last year)\b", text):
        back = {"yesterday": 1, "last week": 7, "last month": today.day, "last year": 365}[found[1]]
        then = date.fromordinal(today.toordinal() - back)
        return (f"{then:%Y-%m}" if found[1] == "last month" else then.isoformat()), found.span()
    if found := YEAR_ONLY.search(text):
        month = 12 if int(found[1]) < today.year else 1 if int(found[1]) > today.year else today.month
        return f"{found[1]}-{month:02}", found.span()
    return None


def _nearest(today: date, month: int, day: int, year: str | None, *, coming: bool) -> date | None:
    """The day of the year that is named, else the latest one that has been, or the next that is coming."""
    try:
        if year:
            return date(int(year), month, day)
        this_year = date(today.year, month, day)
        if coming:
            return (
                this_year
                if (this_year.year, this_year.month) >= (today.year, today.month)
                else date(today.year + 1, month, day)
            )
        return this_year if this_year <= today else date(today.year - 1, month, day)
    except ValueError:
        return None
