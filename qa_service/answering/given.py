"""Whether a text gives what a question demands: the right subject alone is no answer.

A sentence on the right subject that holds no sum of money does not say what a thing cost.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from qa_service.answering.demands import OPENS, Demand
from qa_service.answering.introduced import rows_under, under
from qa_service.answering.listing import members_under
from qa_service.answering.weighing import WeighedUnit, text_of
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.names import names_in

_CALLED = re.compile(
    r"""["“‘]\w|\b(?:called|known\ as|named|titled|termed|labels?|labelled|such\ as)\b""", re.IGNORECASE
)
_STREETS = frozenset("street lane road avenue close drive way hill square terrace crescent".split())
_IN_FIGURES = frozenset({Demand.MONEY, Demand.NUMBER, Demand.SHARE})
# What will happen is not dated by the day since which it has not.
_COMING = re.compile(rf"{OPENS}when\s+(?:will|can)\b", re.IGNORECASE)
# "When can the council step in?" asks on what condition as well as on what day.
_CONDITION_ASKED = re.compile(rf"{OPENS}when\s+(?:can|may|must|should)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|unless|whenever|in\s+case|provided\s+that)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s+(?:the\s+)?[\w’'-]+(?:\s+\d+)?|\blast\s+\w+|\b\w+\s+ago\b", re.IGNORECASE)

_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec"
).replace(" ", "|")
_WORDS_FOR_NUMBERS = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundreds?
    thousands? million billion dozens? half halved third quarter fifth tenth twice once none nobody no
    neither both doubled? treble couple pair zero nil several few most majority""".split()
_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(_WORDS_FOR_NUMBERS)})\b|\b\w+ty-\w+\b", re.IGNORECASE)
# Figures that count nothing: of a paragraph, a clause, a place in a paper, a date, a telephone.
_COUNTS_NOTHING = re.compile(
    rf"""^\W*(?:\(?[a-z0-9]{{1,3}}\)|\d+\.(?:\d+\.?)*)\s+(?=\S)
    | \b\d{{1,2}}(?:st|nd|rd|th|["”])?\s+(?:of\s+)?(?:{_MONTHS})\b(?:,?\s+\d{{4}})?
    | \b(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?
    | \b(?:{_MONTHS})\s+(?:19|20)\d\d\b
    | \b(?:19|20)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?\b
    | \bcovid[\s–-]?19\b
    | \b(?:the|this|that|no|any|each|another)\s+one\b | \bone[\s-](?:another|to[\s-]one)\b
    | \b(?:half|quarter)\s+(?:past|to)\s+\w+ | \b(?:\w+\s+o['’]clock|\d{{1,2}}(?:[.:]\d\d)?\s?[ap]\.?m\b)
    | \b(?:sections?|appendix|annex|paragraphs?|items?|minutes?|pages?|part|option|phase|table|figure|
      recommendations?|priority|priorities|actions?|objectives?|questions?|amendments?|motions?|resolutions?|
      decisions?|clauses?|standards?|levels?|tiers?|stages?|steps?|schedules?|chapters?|regulations?)\s+
      \d+(?:\.\d+)*(?:\s?(?:-|–|to|and)\s?\d+)?""",
    re.IGNORECASE | re.VERBOSE,
)
# ... nor does an age, where none is asked for.
_AGES = re.compile(
    r"""\b(?:age[ds]?|turn(?:s|ed)?)\s+(?:between\s+|from\s+|of\s+)?\d{1,2}(?:\s?(?:-|–|to|and)\s?\d{1,2})?\b
    | \b(?:under|over)[\s-]\d{1,2}s\b | \b\d{1,2}\s?(?:-|–)\s?\d{1,2}[\s-](?:year|olds?|team|age)""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_AN_AGE = re.compile(r"\b(?:ages?|aged|how\s+old|how\s+young)\b", re.IGNORECASE)
_POUNDS = re.compile(r"[£$€]\s?\d[\d,.]*(?:\s?(?:k|m|million|billion))?\b|\b\d[\d,.]*p\b", re.IGNORECASE)
# Measures that count only what they name: "nine days" is no number of people.
_MEASURED = re.compile(
    r"""\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|twenty|thirty)[\s-]
    (?:working[\s-])?(day|night|week|month|year|hour|minute|second|metre|mile|kilomet|km|acre|hectare|tonne)\w*""",
    re.IGNORECASE | re.VERBOSE,
)
_HOW_MANY = re.compile(r"\bhow\s+many\b", re.IGNORECASE)
# What is big may be a sum; nobody is so many pounds old.
_SIZE = re.compile(r"\bhow\s+(?:big|large|high)\b", re.IGNORECASE)
_MONEY = re.compile(
    r"""[£$€] | \b(?:pounds?|pence|free|nothing|nil|funded|pay[\ -]?scale)\b
    | \bno\ (?:charge|cost|fee|payment)s?\b | \bwithout\ charge\b | \bcost[\ -]neutral\b
    | \d\s?(?:p|k|m|million|billion)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Of a change a share tells as well.
_CHANGE = re.compile(
    r"\b(?:ris(?:e|en|ing)|rose|increas\w*|up|down|cut|reduc\w*|extra|more|less|fall|fell)\b", re.IGNORECASE
)
_SHARE = re.compile(
    r"""%|\bper\s?cent|\b(?:half|thirds?|quarters?|fifths?|tenths?|majority|most|all|none|every)\b
    | \b(?:\w+)\s(?:in|of|out\ of)\s(?:every\s)?(?:the\s)?(?:\d+|two|three|four|five|six|ten)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_TIME = re.compile(
    rf"""\b(?:1\d|20)\d\ds?\b|\b\d{{1,2}}(?:st|nd|rd|th)\b|\b(?-i:(?!may\b))(?:{_MONTHS})\b|\d\s?(?:am|pm)\b
    | \b(?:spring|summer|autumn|winter|today|tomorrow|yesterday|christmas|easter|weeks?|fortnight|months?|
      years?|days?|terms?|decades?|century|centuries|period|era|reign|dynast\w+|antiquity|wars?|since|during|
      noon|midnight|night|evening|morning|afternoon|weekends?|hours?|minutes?|(?:mon|tues|wednes|thurs|fri|
      satur|sun)days?|daily|weekly|monthly|quarterly|annual(?:ly)?|once|after|
      before|until|when|immediately|next|soon|now|never|already)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# By when a thing must be done is told by a date, and not by a year's budget.
_DEADLINE = re.compile(
    r"\b(?:by\s+when|deadline|cut-?off|(?:closing|due|end|target)\s+date)\b", re.IGNORECASE
)
_YEARS_OF_MONEY = re.compile(r"\b20\d\d\s?[/–-]\s?\d\d(?:\d\d)?\b")
_DATED = re.compile(
    rf"""\b(?:1\d|20)\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)\b|\b(?-i:(?!may\b))(?:{_MONTHS})\b|\d\s?(?:am|pm)\b
    | \b(?:spring|summer|autumn|winter|christmas|easter|today|tomorrow|noon|midnight|days?|weeks?|months?|
      years?|hours?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Any figure may be one: of years, of a day since which a thing has been so, of metres.
_DURATION = re.compile(
    rf"""\d | \b(?:an?|another|{"|".join(_WORDS_FOR_NUMBERS)}|many|some|\w+ty)[\s-]+(?:[\w’'-]+\s+){{0,2}}?
      (?:seconds?|minutes?|hours?|nights?|days?|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies)|terms?|
      yards?|feet|foot|miles?|metres?)\b
    | \bsince\s+(?:(?:the|last|early|late|mid)\s+)*
      (?:{_MONTHS}|spring|summer|autumn|winter|christmas|easter)\b
    | \b(?:until|till|permanent(?:ly)?|indefinite(?:ly)?|temporar(?:y|ily)|overnight|fortnight|ago|
      lifetime|forever|ever|always|yearly|annual(?:ly)?|years?|months?|weeks?|days?|hours?|decades?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FREQUENCY = re.compile(
    r"""\b(?:daily|nightly|weekly|fortnightly|monthly|quarterly|yearly|annual(?:ly)?|biannual(?:ly)?|every|each|per|
    once|twice|times|regular(?:ly)?|frequent(?:ly)?|always|never|rarely|seldom|occasional(?:ly)?|whenever|
    an?\s+(?:day|week|fortnight|month|term|quarter|year)|(?:on|at)\s+\w+days|intervals?|hourly)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "A 21st-century council" is of no time.
_CENTURY = re.compile(r"\b\d\d(?:st|nd|rd|th)[\s-]century\b", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:Councillor|Cllr|Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady)\.?\s+[A-Z]")
_MOVING = re.compile(r"\b(?:propos|second|mov)(?:e|ed|er|ers|ing)?\b", re.IGNORECASE)
_MOVED_BY = re.compile(
    r"\b(?:Councillor|Cllr|Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady)\.?\s+[A-Z][\w’'-]+"
    r"(?=,?\s+(?:then\s+|formally\s+)?(?:proposed|moved|seconded)\b)"
)
# No place is two names of a person, where it stands behind a word for where.
_TWO_NAMES = re.compile(
    r"(?<!\bof )(?<!\bin )(?<!\bat )(?<!\bthe )(?<!\bto )\b([A-Z][a-z]+ [A-Z][a-z’'-]+)\b"
)
_SHORT_FORM = re.compile(r"\b[A-Z]{2,5}s?\b")
# Why somebody was away is seldom said, and that they were is no reason.
_AWAY = re.compile(
    r"""\bwhy\s+(?:was|were|did|could|had|has)\s+
    (?:councillors?|cllrs?|m(?:r|rs|s|iss)\.?|dr|the\ (?:vice-)?(?:chair\w*|leader|mayor))\b
    [^?]*\b(?:miss(?:ed)?|absent|away|not\ attend|apologi[sz]ed?|apologies)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_BECAUSE = re.compile(
    r"\b(?:because|due|owing|reasons?|as\s+(?:he|she|they)|ill(?:ness)?|unwell|sick|holiday|engagements?|elsewhere|"
    r"commitments?|clash\w*|conflict\w*|bereave\w*|delayed|on\s+leave)\b",
    re.IGNORECASE,
)
# A list of names gives no reason; hardly any sentence of more words can be said to give none.
_LEAST_WORDS_OF_A_REASON = 4
_LOWERED = re.compile(r"\b[a-z]\w+")
# Words of bodies and papers: a capital letter makes no person or firm of them.
_OF_BODIES = """
    advisory agenda annual appendix assembly assistant chief clerk corporate deputy director executive
    financial general head hall item leader managing meeting minutes officer page parish responsible road
    senior street town authority bill children committees community constitution councils county department
    directorate education families group health housing joint learning local national overview
    partnership plan policy portfolio principal public reports review safeguarding schools select
    services service social strategy team trust working worker workers young youth act regulations""".split()


# How a thing changed is told by figures or by words of change; that it stayed the same is an answer too.
_CHANGED = re.compile(
    r"""\d | \b(?:(?:few|bett|high|low|larg|small|long|short|fast|slow|bigg|quick|busi|great|strong|weak)er|
    more|less|worse|up|down|than|ris(?:e|en|ing|es)|rose|f[ae]ll(?:en|ing|s)?|gr[eo]w(?:n|th|ing|s)?|
    increas\w*|decreas\w*|reduc\w*|declin\w*|dropp?\w*|improv\w*|worsen\w*|doubl\w*|halv\w*|trend\w*|
    compar\w+|same|steady|stable|level|unchanged|chang\w+|continu\w+|no\ longer|still)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_TOLD_BY = {
    Demand.CHANGE: _CHANGED,
    Demand.MONEY: _MONEY,
    Demand.NUMBER: _NUMBER,
    Demand.SHARE: _SHARE,
    Demand.DURATION: _DURATION,
    Demand.FREQUENCY: _FREQUENCY,
}
# Log-odds below the best at which a unit that gives what is demanded still is about what is asked.
_NEARLY = 0.5


def gives(text: str, demands: Collection[Demand], asked: str, *, row: bool = False) -> bool:
    """Return whether a text gives anything of what a question demands; True where nothing is demanded.

    Figures and names that the question itself gives are no answer. `row`: the text is a table's row, whose
    header may stand elsewhere: any figure may be of what is asked.
    """
    return not demands or any(_meets(kind, asked, text, row=row) for kind in demands)


def giving(units: Sequence[WeighedUnit], demands: Collection[Demand], asked: str) -> tuple[WeighedUnit, ...]:
    """Return weighed units, best first, from the first on that gives what is demanded.

    It comes with the one right above it that announces it. Where none gives it that is nearly the best, from
    the first with what it announces; none at all without one.
    """
    near = [each for each in units if each.score >= units[0].score - _NEARLY]
    for at, unit in enumerate(near):
        if gives(_quoted(unit), demands, asked, row=unit.unit.kind is UnitKind.ROW):
            above = _announcing(unit, units, demands, asked)
            if above is None:
                return tuple(units[at:])
            told = replace(above, also=(unit.index,), score=unit.score)
            return (told, *(each for each in units[at + 1 :] if each is not above))
    for at, unit in enumerate(near):
        for run in under(unit, demands, asked, best=at == 0):
            told = replace(unit, also=run)
            if gives(_quoted(told), demands, asked):
                return (told, *units[at + 1 :])
    return ()


def _announcing(
    unit: WeighedUnit, units: Sequence[WeighedUnit], demands: Collection[Demand], asked: str
) -> WeighedUnit | None:
    """Return the unit right above one, where it announces what that one gives."""
    for each in units:
        if each.index == unit.index - 1 and each.passage.row == unit.passage.row:
            return each if (unit.index,) in under(each, demands, asked, best=False) else None
    return None


def _quoted(weighed: WeighedUnit) -> str:
    """Return the words that are quoted with a unit: what introduces it, itself, what it introduces."""
    passage, unit = weighed.passage, weighed.unit
    lead = [] if unit.lead is None else [passage.units[unit.lead]]
    leads = unit.kind is UnitKind.LEAD_IN
    members = members_under(passage, weighed.index) if leads else rows_under(weighed)
    with_it = [passage.units[at] for at in (*members, *weighed.also)]
    return " ".join(text_of(passage, each) for each in (*lead, unit, *with_it))


def _meets(kind: Demand, asked: str, text: str, *, row: bool) -> bool:
    told = _beyond(text, asked)
    if row and kind in _IN_FIGURES:
        return any(letter.isdigit() for letter in told)
    if kind in {Demand.NAME, Demand.PERSON}:
        return (_names_somebody if kind is Demand.NAME else _names_a_person)(text, asked)
    if kind is Demand.REASON:
        few = len(_LOWERED.findall(told)) < _LEAST_WORDS_OF_A_REASON
        return _BECAUSE.search(told) is not None if _AWAY.search(asked) else not few
    if kind is Demand.TIME:
        return _tells_time(told, asked)
    if kind is Demand.MONEY and _CHANGE.search(asked) and _SHARE.search(told):
        return True
    return _TOLD_BY[kind].search(_counting(told, asked) if kind is Demand.NUMBER else told) is not None


def _tells_time(told: str, asked: str) -> bool:
    """Return whether a text tells a time, or on what condition where that is asked; a deadline is a date."""
    if _CONDITION_ASKED.search(asked) and _CONDITION.search(told):
        return True
    if "century" not in asked.lower():
        told = _CENTURY.sub(" ", told)
    if _DEADLINE.search(asking_sentence(asked)):
        return _DATED.search(_YEARS_OF_MONEY.sub(" ", told)) is not None
    if _COMING.search(asked):
        told = _SINCE.sub(" ", told)
    return _TIME.search(told) is not None


def _names_somebody(text: str, asked: str) -> bool:
    """Return whether a text names a person, a firm or a thing that the question does not, and no street.

    What a thing is called need have no capital letter.
    """
    if _CALLED.search(text):
        return True
    names = names_in(_SHORT_FORM.sub(" ", text), (asked, " ".join(_OF_BODIES), *_LOWERED.findall(text)))
    return any(name.split()[-1].lower() not in _STREETS for name in names)


def _names_a_person(text: str, asked: str) -> bool:
    """Return whether a text names a person whom the question does not: with a title, or by two names.

    Who moved or seconded what is said is not the person in it, unless that is asked.
    """
    if not _MOVING.search(asked):
        text = _MOVED_BY.sub(" ", text)
    if _TITLED.search(text):
        return True
    general = {*_OF_BODIES, *re.findall(r"[a-z’'-]+", asked.lower())}
    return any(not general.intersection(found.lower().split()) for found in _TWO_NAMES.findall(text))


def _counting(text: str, asked: str) -> str:
    """Return a text without figures that count nothing, sums, and measures of what is not asked for."""
    text = _COUNTS_NOTHING.sub(" ", text)
    if not _OF_AN_AGE.search(asked):
        text = _AGES.sub(" ", text)
    if not _SIZE.search(asked):
        text = _POUNDS.sub(" ", text)
    if not _HOW_MANY.search(asked):
        return text
    return _MEASURED.sub(lambda found: found[0] if found[1].lower() in asked.lower() else " ", text)


def _beyond(text: str, asked: str) -> str:
    """Return a text without the figures of the question."""
    for figure in sorted(set(re.findall(r"\d[\d,.]*\d|\d", asked)), key=len, reverse=True):
        text = re.sub(rf"(?<![\d.,]){re.escape(figure)}(?![\d])", " ", text)
    return text
