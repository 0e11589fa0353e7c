"""What kind of thing a question demands, where its words leave no doubt; `given.py` tells what gives it.

Only demands that a text plainly meets or fails are read: what is read too seldom leaves a question to the
other checks.
"""

import re
from collections.abc import Collection
from enum import StrEnum

from qa_service.retrieval.asking import asking_sentence


class Demand(StrEnum):
    """What an answer must hold; the value says it to the asker."""

    MONEY = "sum of money"
    NUMBER = "number"
    SHARE = "share or percentage"
    TIME = "date or time"
    DURATION = "length of time"
    FREQUENCY = "word of how often"
    NAME = "name"
    PERSON = "person's name"
    REASON = "reason"
    CHANGE = "word of how it changed"


# A question word asks only where it opens the question or a clause of it.
OPENS = (
    r"(?:^|[.?!,;:–—]\s+|\b(?:and|or|but|so|by|since|until|from|to|with|for|at|in|on|of|over|under|about)\s+)"
)
_AUX = r"(?:does|do|did|will|would|must|should|is|are|was|were|has|have|had|can|could)"
# Words between a question word and its verb that begin no clause of their own.
_FEW = r"(?:(?!who\b|that\b|which\b|when\b|if\b)[\w’'-]+\s+){0,12}?"
_SPENDING = (
    r"(?:costs?|costing|pay(?:s|ing)?|paid|spen[dt]|spending|charged?|charging|fined?|earn(?:ed)?|owed?)"
)
_PRICES = (
    "cost|price|fees?|charge|bill|rent|salary|wages?|pay|fine|bonus|profit|compensation|precept|quotation"
)
_HOUSES = (
    "firms?|compan(?:y|ies)|contractors?|insurers?|banks?|suppliers?|developers?|consultan(?:cy|ts?)|"
    "academ(?:y|ies)|bakery|bakeries|pubs?|hotels?|shops?|landlords?|landowners?|merchants?|operators?"
)
# How many of these there are is told by a list, which has rules of its own (`listing.py`).
_OF_A_PLACE = (
    "count(?:y|ies)|councils?|boroughs?|towns?|villages?|schools?|colleges?|universit(?:y|ies)|hospitals?|"
    "charit(?:y|ies)|newspapers?|apps?"
)
_COUNTS = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_DOING = (
    r"(?:\w+ed|won|came|got|bid|built|put|took|ran|sold|bought|made|gave|helps?|runs?|owns?|provides?|supplies|"
    r"manages?|operates?|delivers?|makes?)"
)
_MORE = "(?:more|better|higher|bigger|longer|faster|busier|cheaper|up|rising|rise|risen|growing|grow|grown)"
_LESS = "(?:less|fewer|worse|lower|smaller|shorter|slower|quieter|dearer|down|falling|fall|fallen|shrinking)"
_PEOPLE = (
    "workers?|members?|officers?|councillors?|clerk|leader|chair(?:man|woman|person)?|mayor|directors?|"
    "managers?|chief\\ executive|treasurer|head|headteacher|teachers?|nurses?|doctors?|solicitor|auditor|"
    "inspector|secretary|warden|caretaker|engineer|architect|applicant|winner|persons?|m[ae]n|wom[ae]n|boys?|girls?|"
    "firefighters?|residents?|tenants?|owners?|drivers?|speakers?|petitioners?|candidates?|volunteers?|carers?"
)
_ASKED = {
    Demand.MONEY: rf"""
        {OPENS}how\ much\s+(?:money|cash|funding)\b
        | {OPENS}how\ much\s+(?!of\b|longer\b|time\b|room\b|space\b){_AUX}\s+{_FEW}
          (?:{_SPENDING}|be\ worth|worth|raised?|claim(?:ed)?|donated?|get\ paid)\b
        | {OPENS}what\s+(?:does|do|did|will|would|must)\s+{_FEW}(?:costs?|pay|charge|spend|earn|owe)\b
          (?!\s+(?:for|attention)\b(?:\s*\?|\s+to\b))
        | {OPENS}what\s+(?:is|are|was|were|has|have|had)\s+{_FEW}(?:paid|fined|charged|earning|spending)\b
          (?!\s+(?:for|by|with|out|off)\b)
        | {OPENS}what\s+(?:does|do|did|will|would)\s+{_FEW}(?:get|be)\ paid\b
        | {OPENS}what(?:\s+(?:is|was|were|will\ be|would\ be)|['’]s)\s+(?:the|its|their|his|her|an?)\s+
          (?:[\w’'-]+\s+){{0,3}}?(?:{_PRICES})\b(?!\s+(?:of\ living|for\ not)\b)
        | {OPENS}what\s+(?:{_PRICES}|sum|amount)\b(?!\s+(?:bands?|groups?)\b)
        | \b(?:at|for)\ what\ (?:cost|price)\b""",
    Demand.NUMBER: rf"""
        {OPENS}how\ many\b
        | {OPENS}how\ (?:big|large|tall|high|far|old|deep|wide|heavy|fast)\s+{_AUX}\b
        | {OPENS}how\ (?:big|large|high|long)\s+an?\s+[\w’'-]+\b
        | {OPENS}what\ (?:height|weight|depth|speed|age|distance|length|width)\b""",
    Demand.SHARE: r"\b(?:what|which)\s+(?:percentage|proportion|share|per\ ?cent)\b",
    Demand.TIME: rf"""
        {OPENS}when\s+{_AUX}\b | \bwhen\s*\? | {OPENS}(?:what|which)\s+(?:date|day|year|month)\b
        | {OPENS}what(?:\s+(?:is|was)|['’]s)\s+the\s+(?:[\w’'-]+\s+){{0,2}}?
          (?:deadline|cut-?off|(?:closing|due|start|end|target)\s+date)\b""",
    Demand.DURATION: rf"{OPENS}(?:(?:for|in)\s+)?how\s+long\s+(?:{_AUX}|ago|after|before|until)\b",
    Demand.FREQUENCY: r"\bhow\s+(?:often|frequently|regularly)\b",
    Demand.NAME: rf"""
        {OPENS}what(?:\s+(?:is|are|was|were)|['’]s)\s+(?:[\w’'-]+\s+){{0,7}}?(?:names?\b(?=\s+of\b)|called\s*\?|
        names?\s*\?)
        | {OPENS}which\s+(?:(?:(?!{_AUX}\b|of\b)[\w’'-]+\s+){{0,2}}?(?:{_HOUSES})
            |(?:(?!{_AUX}\b|of\b|{_COUNTS}\b)[\w’'-]+\s+){{0,2}}?(?:{_OF_A_PLACE}))
          (?=\s*\?|\s+(?:{_AUX}|{_DOING}|of|in|at|from)\b)
        | ^who\s+{_AUX}\b[^?]*\bwith\s*\?
        | ^who\s+(?:was|were|got|ha(?:s|ve)\s+been)\s+(?:[\w’'-]+\s+){{0,2}}?(?:awarded|given|hired)\b""",
    Demand.PERSON: rf"""
        ^(?:and\s+)?what(?:['’]s|\s+(?:is|was|are|were))\s+the\s+names?\s+of\s+(?:(?!that\b|which\b|where\b|whose\b|who\b)
        [\w’'-]+\s+){{0,6}}?(?:{_PEOPLE})\b(?!['’]?\s+(?:\w+\s+)?(?:firm|company|group|panel|committee|scheme|fund|forum)\b)
        |
        ^who(?:['’]s|\s+(?:is|was|are|were))\s+(?:the|our|its|their)\s+(?:[\w’'-]+\s+){{0,3}}?
        (?:clerk|leader|(?:vice-)?chair(?:man|woman|person)?|mayor|director|manager|chief\ executive|
        treasurer|head)\b
        | ^(?:who|which\s+(?:members|councillors|officers))\b[^?]*\b
        (?:apologies|apologi[sz]ed|absent|attend(?:ed|ing)?|present\s+at|missing)\b
        | ^who\s+(?:chaired|presided|took\ the\ chair)\b
        | ^who\s+(?:is|was|were)\s+(?:in\ the\ chair|(?:re-?)?elected|appointed|co-?opted|nominated)\b""",
    Demand.CHANGE: rf"""
        ^(?:(?:and|so)\s+)?(?:is|are|was|were|has|have|had|did|do|does)\b[^?]*\b
        (?:{_MORE}\s+or\s+{_LESS}|{_LESS}\s+or\s+{_MORE})\b""",
    Demand.REASON: rf"{OPENS}why\s+{_AUX}\b | \bwhat\s+(?:is|was|were)\ the\ reasons?\b",
}
# Where no price is asked any figure tells how much: "How much did they take out of reserves?"
_HOW_MUCH = re.compile(
    rf"{OPENS}how\s+much\s+{_AUX}\b(?![^?]*\b(?:know\w*|matter\w*|help\w*|time|notice|say|influence|value)\b)",
    re.IGNORECASE,
)
_ANY_FIGURE = frozenset({Demand.MONEY, Demand.NUMBER, Demand.SHARE})
_DEMANDS = tuple((kind, re.compile(text, re.IGNORECASE | re.VERBOSE)) for kind, text in _ASKED.items())


def demands_of(text: str) -> frozenset[Demand]:
    """Return what the sentence that asks demands; nothing where its words leave that open."""
    asked = asking_sentence(text)
    found = frozenset(kind for kind, pattern in _DEMANDS if pattern.search(asked))
    if Demand.PERSON in found:  # "the name of the clerk" is no thing's
        found -= {Demand.NAME}
    return _ANY_FIGURE if not found and _HOW_MUCH.search(asked) else found


def in_words(demands: Collection[Demand]) -> str:
    """Return what is demanded as it is said to the asker: "no sum of money", "no number and no name"."""
    if _ANY_FIGURE.issubset(demands):
        return "no figure"
    return " and ".join(f"no {kind.value}" for kind in Demand if kind in demands)
