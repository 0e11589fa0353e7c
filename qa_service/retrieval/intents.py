"""What kind of thing a question asks for, read from its words."""

import re
from enum import StrEnum

from qa_service.retrieval.chair_asked import RAN_MEETING
from qa_service.retrieval.own_case import asks_for_procedure


class Intent(StrEnum):
    """What is asked for: it decides where the answer stands in the papers."""

    RESOLUTION = "resolution"
    RECOMMENDATION = "recommendation"
    ATTENDANCE = "attendance"
    VOTE = "vote"
    ACRONYM = "acronym"
    COMMITMENT = "commitment"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    LIST = "list"
    FACT = "fact"


# A question word asks only where it opens the question or a clause of it: "... when the panel met" does not.
_OPENS = r"(?:^|[.?!,;:–—-]\s+|\b(?:and|or|but|so|by|since|until|from|to|with|for|at|in|on|of)\s+)"
_ACRONYM = r"(?-i:[A-Z][A-Za-z0-9&]*[A-Z][A-Za-z0-9&]*)"
_WHEN = (
    r"(?:when|how\ soon|what\ (?:date|day|time|year|month)|"
    r"which\ (?:dates?|days?|years?|months?|winter|summer|spring|autumn))"
)
_PEOPLE = (
    r"(?:members|councillors|"
    r"(?:the\s+)?(?:[\w’'-]+\s+){0,5}(?:panel|committee|cabinet|executive|board|forum))"
)
_MEMBERS = rf"(?:{_PEOPLE}|they|(?:the\s+)?(?:[\w’'-]+\s+){{0,4}}(?:council|leader))"
# "Did the plan go through?", "was the idea thrown out?": what became of what was put forward.
_PROPOSAL = (
    r"(?:proposals?|plans?|ideas?|recommendations?|suggestions?|requests?|bids?|applications?|schemes?|motions?|"
    r"permits?|permissions?|licen[cs]es?|consents?)"
)
_REFUSED = r"(?:rejected|thrown\ out|turned\ down|voted\ down|refused|scrapped|abandoned|dropped|shelved)"
_FATE = (
    rf"(?:{_REFUSED}|(?:go(?:ne|es|ing)?|went)\ (?:through|ahead)|accept(?:ed)?|granted|carried|"
    r"pass(?:ed)?|taken\ up|succeed(?:ed)?|fail(?:ed)?|survived?|won|lost|given|get|got)"
)
# "... or was it only proposed?" asks what was decided.
_ONLY_PUT = (
    r"\b(?:only|just|merely|simply|ever)\ (?:(?:ever|been|being|an?|the|some|officers?[’']?)\ ){0,3}"
    r"(?:propos\w+|suggest\w+|ideas?|recommend\w+|ask(?:ed)?|talk(?:ed)?|plan(?:s|ned)?|mooted|floated|"
    r"put\ forward)\b"
    r"|\b(?:officers?|the\ report)\ (?:only|just|merely)\ (?:ask|want|propos|suggest|recommend)\w*"
)
# "Where do things stand with the bridge?": how far a matter has come is told by what was last decided on it.
_STANDS = (
    r"\bwhere\ (?:do|does|did)\ (?:things|matters|we|it|this|that|they|the\ \w+)\ (?:now\ )?stand"
    r"(?:\ (?:now|with|on|over|as\ to|in\ relation)\b|\s*\?)|"
    r"\bwhere\ (?:has|have)\ [^?]*\bgot\ (?:to\ )?(?:with|on|over)\b|\bany\ news\ (?:on|of|about)\b|"
    r"\b(?:latest|news)\ (?:on|about)\ |"
    r"\bstill\ (?:going\ ahead|on\ the\ (?:cards|table)|to\ go\ ahead|planned)\b"
)
_MAY_OPEN = r"^(?:and\ |so\ |but\ )?"
# "Did anybody miss the panel on 9 May?": a meeting, and no deadline of one.
_A_MEETING = (
    r"(?:the|that|this|last|a)\ (?:[\w’'-]+\ ){0,6}?"
    r"(?:meeting|panel|committee|cabinet|board|forum|executive|full\ council)"
    r"(?=\s*(?:$|[?,.]|\ (?:in|on|of|at|last|this|that|when|back|held|for|again)\b))"
)
# In order: the first that fits decides. Those with distinct words come before those with common ones.
_PATTERNS = (
    (
        Intent.ACRONYM,
        rf"""
        \b(?:stands?\ for|short\ for|abbreviation|acronym|in\ full|mean(?:s|t)?\ by)\b
        | \bwhat\ (?:does|do|did|is|are|was)\ (?:an?\ |the\ )?{_ACRONYM}(?:\s*\?*$|\ (?:mean|stand))
        | ^{_ACRONYM}\s*[-–—:,?]
        | \b{_ACRONYM}\b[^?]*[-–—:,;.]\s*(?:so\ |and\ )?
          what(?:['’]s|\ is|\ are|\ does)\ (?:that|it|they)\b""",
    ),
    (
        Intent.VOTE,
        r"""
        \b(?:who|how|which|did|what)\b[^?]*\b(?:voted?|abstain(?:ed)?)\b(?!\s+(?:the\ )?[£\d])
        | \b(?:votes|abstentions?|for\ and\ against|division|named\ vote|recorded\ vote)\b
        | \b(?:result|count|outcome)\ of\ the\ vote\b""",
    ),
    (
        Intent.RESOLUTION,
        rf"""^how\ (?:many|much|long)\b[^?]*
        \bdid\ {_MEMBERS}\ (?:agree|approve|resolve|decide|allow|set|settle)\b""",
    ),
    (
        Intent.NUMBER,
        r"^(?:and\ |but\ |so\ )?(?:for\ |by\ )?how\ (?:many|much|often|big|large|long|far|old)\b",
    ),
    (
        Intent.ATTENDANCE,
        rf"""
        {_OPENS}(?:who|which|was|were|did|had|has)\b[^?]*\b(?:
        attend(?:ed|ing|s)?|present\ (?:at|for|when)|absent|apologi\w+|apolog(?:y|ies)|excuse[sd]|
        in\ the\ room|turn(?:ed)?\ up|show(?:ed)?\ up|chaired|(?:in|took)\ the\ chair|deput(?:y|ies|is\w+)|
        st(?:ood|ands?)[\ -]in|sat\ in|fill(?:ed|ing)\ in|miss(?:ed)?\ the\ [\w\ ]*meeting|
        (?:miss(?:ed)?|skip(?:ped)?|stay(?:ed)?\ away\ from)\ (?:{_A_MEETING}|it(?=\s*\?))|
        (?:could\ not|couldn['’]t|didn['’]t|did\ not|unable\ to|not\ able\ to)\ (?:make|come|be\ there)|
        (?:was|were)(?:\ not|n['’]t)\ (?:there|(?:at|in)\ {_A_MEETING})|
        (?:came|joined|there)\ [^?]*(?:by|on)\ (?:screen|video|line)|
        (?:was|were|there|came|joined|took\ part|dialled\ in|logged\ (?:in|on)|appeared)\ (?:\w+\ ){{0,3}}
        (?:online|remotely|virtually))\b
        | ^(?:and\ )?(?:was|were)\ (?:(?:councillor|cllr|mr|mrs|ms|miss|dr)\.?\ )?(?-i:[A-Z][\w'’-]+)
          (?:\ (?-i:[A-Z][\w'’-]+)){{0,2}}\ (?:at|there|present|absent|away|missing|in\ the\ room)\b
        | ^(?:and\ )?(?:who|which)\b[^?]*\b(?:came|joined)\b
          [^?]*\b(?:to\ (?:speak|talk|answer)|for\ the|when|while)\b
        | ^(?:and\ )?which\ (?:officers|directors|councillors|members)\b[^?]*\bcame\ to\b
        | ^(?:and\ )?who\ (?:was|were)\ (?:there|at\ the|present|absent|away|missing)\b
        | ^(?:and\ )?(?:was|were)\ any(?:one|body|\ (?:[\w-]+\ )?(?:members?|councillors?))
          \ (?:away|missing)\b
        | {RAN_MEETING}""",
    ),
    (Intent.PERSON, r"^(?:and\ |but\ |so\ )?(?:who|whose|whom)\b"),
    # Whether a decision was called in is not what was decided.
    (Intent.FACT, rf"{_MAY_OPEN}(?:was|were|is|are|has|have|had|did|why)\b[^?]*\bcall(?:ed|ing)?[\ -]in\b"),
    (Intent.FACT, r"^(?:and\ |but\ |so\ )?why\b"),
    (
        Intent.RESOLUTION,
        rf"""
        {_MAY_OPEN}(?:did|was|were|has|have|had|is|are)\b[^?]*\b{_PROPOSAL}\b[^?]*\b{_FATE}\b
        | {_MAY_OPEN}(?:did|has|have|had)\b[^?]*\b(?:get|got|given|granted|refused)\b[^?]*\b{_PROPOSAL}\b
        | {_MAY_OPEN}(?:was|were|has|have|had)\b[^?]*\b{_REFUSED}\s*\?*$
        | {_MAY_OPEN}(?:is|are|will|was|were|did)\b[^?]*\bgo(?:ing)?\ ahead\b
        | \bwhat\ (?:happened|became|has\ become|came|has\ come|happens)\ (?:of|to|with)\b
        | {_ONLY_PUT} | {_STANDS}""",
    ),
    (
        Intent.RECOMMENDATION,
        r"""
        \b(?:recommend\w*|asked\ to\ (?:agree|approve|note|endorse))\b
        | \bwhat\b[^?]*\b(?:officers?|directors?|report|paper|proposal|proposed\ (?:record|decision))\b[^?]*
          \b(?:want(?:ed)?|propos\w+|suggest\w*|ask(?:s|ed|ing)?\ (?:for|[^?]*\bto)|advis\w+|in\ mind)\b""",
    ),
    (
        Intent.DATE,
        rf"^(?:and\ |but\ |so\ )?(?:by\ |from\ |since\ |until\ |on\ )?{_WHEN}\b",
    ),
    # What is open to a council once something is decided was not decided.
    (
        Intent.LIST,
        r"""^(?:and\ |but\ |so\ )?what\ (?:are|were)\ the\ (?:\w+\ ){0,2}
        (?:options|choices|criteria|aims|objectives|grounds)\ (?:open|available|for|of|on|when|if|to)\b
        (?![^?]*\b(?:agreed?|resolved|decided|approved|noted|endorsed|adopted)\b)""",
    ),
    (
        Intent.RESOLUTION,
        rf"""
        \b(?:resolv\w+|resolutions?|decid\w+|decisions?|agree[ds]?|approv\w+|noted|ruled|outcome|
        sign(?:ed)?\ off(?!\ (?:with|sick|work|ill))|insist\w*|endors\w+|adopted|settled?|
        adopt(?=\ (?:the|an?|its|this|any|new)\b)|
        land(?:ed)?\ on|
        verdict|upshot|conclu(?:de|ded|sion)|(?:get|got|given)\ the\ (?:nod|go-ahead))\b
        | \b(?:came|come|became|become|happen(?:s|ed)?)\ (?:of|to|with)\b
        | \bhow\ did\b[^?]*\bend(?:\ up)?\b
        | \bwhat\ (?:did|have|has|had)\ {_MEMBERS}\ (?:do|done|go\ for|choose|chosen|make\ of|
          want|ask(?!\ (?:about|on)\b)|tell|confirm)\b
        | ^(?:and\ )?(?:did|has|have|had)\ (?:{_PEOPLE})\b
        | \bminutes\b[^?]*\bconfirm\b | \bwhat\ (?:was|were|has\ been)\ (?:done\ about|asked\ of)\b""",
    ),
    (
        Intent.COMMITMENT,
        r"""
        \b(?:promis\w+|commit(?:ted|ments?)|pledg\w+|undert(?:ak|ook)\w*|actions?|follow(?:ed)?[\ -]up|
        report\ back|due\ back|next\ steps?|come\ back)\b""",
    ),
    (Intent.DATE, rf"{_OPENS}{_WHEN}\b | \bdeadline\b | \bwhen\s*\?"),
    (
        Intent.NUMBER,
        rf"""
        {_OPENS}how\ (?:many|much|often|big|large|long|far|old)\b
        | \bwhat\b[^?]*\b(?:number|percentage|proportion|share|amount|rate|sum|figure|costs?)\b
        | \bby\ how\b | \bpercentage\b""",
    ),
    (
        Intent.PERSON,
        rf"{_OPENS}(?:who|whose|whom|which\ (?:\w+\ )?(?:councillor|officer|member|person|director))\b",
    ),
    (
        Intent.LIST,
        rf"""
        \b(?:list|name\ (?:the|all)|all\ the)\b | {_OPENS}which\b | {_OPENS}what\ (?:are|were)\ the\b
        | {_OPENS}what\ (?:\w+\ )?\w+[^s\s]s\ (?:are|were|do|did|have|had|will|would|must)\b""",
    ),
)
_COMPILED = tuple((intent, re.compile(text, re.IGNORECASE | re.VERBOSE)) for intent, text in _PATTERNS)
# What somebody may do about their own case was neither decided nor promised at a meeting.
_DONE = frozenset({Intent.RESOLUTION, Intent.COMMITMENT})
# "When somebody leaves, who is told?" asks what stands after the comma.
_CONDITION = re.compile(
    r"^(?:when|where|if|once|after|before|since|while|on|at|in)\b[^,?]*,\s*"
    r"(?=(?:who|what|when|where|why|how|which|can|do|does|did|is|are|was|were|will|would|should|has|have|had)\b)",
    re.IGNORECASE,
)
# What asks for a whole decision; any other question about one wants the clause that answers it.
_WHOLE = re.compile(
    r"""^(?:[^?]*,\s+)?(?:and\s+|so\s+|but\s+)?(?:
    what\ (?:(?:else|exactly|precisely|actually)\ )?(?:did|was|were|has|have|had|is|happened|came|became)\b
    | how\ did\b | did\b | was\b | were\b | has\b | have\b | is\b | tell\b | list\b
    | which\ (?:decisions|resolutions)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_ONE = re.compile(
    rf"(?:\b(?:asked\s+(?:of|from)|told\s+to|instruct\w*)\b|"
    rf"\b(?:on|about|over|as\s+to)\s+(?:who|whom|which|whether|what|when|where|how)\b(?!\s+(?:they|it|we|members)\b)|"
    rf"\b(?:on|about|over|as\s+to)\s+the\s+(?:number|length|cost|price|amount|size|level|rate|date|place)\s+of\b|"
    rf"{_OPENS}(?:who|whom|when|where|how\s+(?:many|much|long|often|far|soon))\b(?!\s+(?:they|it|we|members)\b))",
    re.IGNORECASE,
)
_OF_MEMBERS = re.compile(
    rf"\b(?:did|has|have|had)\s+{_PEOPLE}\s+recommend|\brecommend\w*\s+(?:by|of)\s+{_PEOPLE}\b", re.IGNORECASE
)


_SEVERAL = re.compile(
    rf"""\b(?:list|all|every|each|name\ the)\b | {_OPENS}(?:which|what)\s+(?:are|were|
    (?:[\w’'-]+\s+){{0,2}}(?!(?:was|is|has|does|this|its|as)\b)[\w’'-]+[^s\s’']s)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
_COUNTED = re.compile(
    rf"""(?:{_OPENS}(?:which|what)(?:\s+(?:are|were)(?:\s+the)?)?|\b(?:name|list)(?:\s+the)?)
    \s+(?P<count>{"|".join(_NUMBERS)})\s+(?!(?:per|weeks?|months?|years?|days?|hours?)\b)[a-z]""",
    re.IGNORECASE | re.VERBOSE,
)
# What is asked of each thing asked for: "which directorates are over, and by how much?"
_OF_EACH = re.compile(
    r"""^(?P<several>(?:what|which)\b[^?,]*?)(?:,[^?]*?)?\s+and\s+
    (?:(?:by|from|for|to|at|in)\s+)?(?:who|whom|what|when|where|how)\b(?:[^?]*\beach\b|(?:\s+\w+){0,2}\s*\??$)""",
    re.IGNORECASE | re.VERBOSE,
)

# "What changed between the report and the resolution?", "Did Cabinet follow its officers' advice?"
_CHANGED = (
    r"(?:chang\w+|differ\w*|alter\w*|depart\w*|amend\w*|var(?:y|ied)|instead|compar\w+|contrast\w*|overrul\w+|follow(?:ed)?|"
    r"(?:go|going|gone|went)\s+(?:against|along)|accept(?:ed)?|reject(?:ed)?|turn(?:ed)?\s+down|ke[ep]pt?\s+to|st[iu]ck\s+to)"
)
_ASKED = (
    r"(?:recommend\w*|propos\w+|advice|advised?|officers?|report(?:['’]s)?|suggest\w+|put\s+(?:forward|to))"
)
_DECIDED = rf"(?:resol(?:v\w+|utions?)|decid\w+|decisions?|agreed|minutes|outcome|final|{_PEOPLE}|council)"
_BOTH_SIDES = re.compile(
    rf"^(?=[^?]*\b{_CHANGED}\b)(?=[^?]*\b{_ASKED}\b)(?=[^?]*\b{_DECIDED}\b)"
    r"(?:and\s+|so\s+|but\s+)?(?:what|how|where|in\s+what|did|has|have|was|were|is|are)\b(?!\s+(?:long|many|much|often)\b)",
    re.IGNORECASE,
)
# "Was the contract longer than officers had asked for?"
_THAN_ASKED = re.compile(
    r"\b(?:\w+er|more|less|fewer|other|differen\w+)\s+(?:\w+\s+){0,2}(?:than|from|to)\s+(?:what\s+)?(?:the\s+|its\s+|their\s+)?"
    r"(?:(?:officers?|director|report|paper)\b[^?]*\b(?:ask|want|propos|suggest|recommend|advis|sought|seek)\w*|"
    r"(?:was|were|had\s+been)\s+(?:asked|proposed|suggested|recommended|advised|sought)|"
    r"(?:proposed|recommended|officers[’']?\s+(?:proposal|recommendation|advice)))\b",
    re.IGNORECASE,
)
_OF_DRAFTS = re.compile(r"\bdraft\b|\bfollow(?:ed|ing)?[ -]up\b|\breport(?:s|ed)?\s+back\b", re.IGNORECASE)


def asks_both_sides(text: str) -> bool:
    """Return whether what was asked for is wanted beside what was decided on it."""
    asked = _BOTH_SIDES.search(text) or _THAN_ASKED.search(text)
    return asked is not None and _OF_DRAFTS.search(text) is None


def intent_of(text: str) -> Intent:
    """Return what is asked for; FACT where no pattern fits."""
    asked = _CONDITION.sub("", text)
    if asks_both_sides(asked):
        return Intent.RESOLUTION
    if (of_each := _OF_EACH.match(asked)) is not None and asks_for_several(of_each["several"]):
        asked = of_each["several"]
    barred = _DONE if asks_for_procedure(asked) else frozenset()
    return next(
        (intent for intent, pattern in _COMPILED if intent not in barred and pattern.search(asked)),
        Intent.FACT,
    )


def asks_for_all(text: str) -> bool:
    """Return whether a question about a decision wants all of it, and not one clause."""
    return _WHOLE.search(text) is not None and _OF_ONE.search(text) is None


def asks_members_advice(text: str) -> bool:
    """Return whether what members recommended to others is asked for, and not what officers did to them."""
    return _OF_MEMBERS.search(text) is not None


def asks_for_several(text: str) -> bool:
    """Return whether more than one thing is asked for: "which lanes", "what are the steps"."""
    return _SEVERAL.search(text) is not None


def members_asked(text: str) -> int | None:
    """Return of how many members the list is that a question asks for: "which eight schools"; else None."""
    counted = _COUNTED.search(text)
    return _NUMBERS.index(counted["count"].lower()) + 2 if counted else None
