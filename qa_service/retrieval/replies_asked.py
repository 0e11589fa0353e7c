"""Reads whether a question asks what was put to a council in writing, by whom, or what was replied to it."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Wanted(StrEnum):
    """What is wanted of a question that was put: its words, who put it, or the reply to it."""

    QUESTION = "question"
    ASKER = "asker"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class RepliesAsked:
    """What is wanted, and who put the question or replied, "" where nobody is named.

    `public`: whether only what the public asked is wanted.
    """

    wanted: Wanted
    by: str = ""
    to: str = ""
    public: bool = False


_TITLE = r"(?:Councillor|Cllr|Cmhlr|Mr|Mrs|Ms|Miss|Dr)\.?\s+"
_SURNAMED = r"[^\W\d_a-z][\w.’'-]*"
_NAME = rf"(?:{_TITLE}(?:{_SURNAMED}\s+){{0,2}}{_SURNAMED}|{_SURNAMED}\s+(?:{_SURNAMED}\s+)?{_SURNAMED})"
_PUBLIC = r"(?:(?:members\ of\ )?the\ public|residents|people)"
_MEMBERS = rf"(?:{_PUBLIC}|(?:any\ |the\ )?(?:members?|councillors?))"
_REPLY = r"(?:answer|reply|repl(?:ies)|response)s?"
_QUESTION = r"(?:questions?|quer(?:y|ies))"
_PUT = r"(?:put|ask(?:ed)?|submit(?:ted)?|rais(?:e|ed)|tabled?|posed?)"
_ON = r"(?:about|on|regarding|concerning)"
_FLAGS = re.IGNORECASE | re.VERBOSE
_OF_REPLY = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"\b{_REPLY}\ (?:\w+\ ){{0,3}}?(?:to|when|for|{_ON})\b[^?]*\b(?:{_QUESTION}|asked)\b",
        rf"\b(?:what|which)\ {_REPLY}\ (?:did|was|were|has)\b[^?]*\b(?:{_QUESTION}|asked)\b",
        rf"\b(?:{_QUESTION}|asked)\b[^?]*\b(?:get|given|received?|got)\ [^?]{{0,20}}\b{_REPLY}\b",
        rf"""^how\ (?:was|were|did|has)\b[^?]*\b{_QUESTION}\b[^?]*\b
        (?:answer(?:ed)?|repl(?:y|ied)|respond(?:ed)?|dealt\ with)\b""",
        rf"^(?:how|what)\ did\ [^?]*\b(?:answer|reply|respond|say)\b[^?]*\b(?:{_QUESTION}|asked)\b",
    )
)
_REPLIED = re.compile(
    rf"""^(?i:how|what)\ (?:did|was)\ (?P<to>{_NAME})\ (?:answer|reply|respond|say\ in\ (?:answer|reply))\b
    | ^(?i:what)\ (?:was|is)\ (?P<whose>{_NAME})['’]s?\ (?:answer|reply|response)\b
    | ^(?i:what|which)\ (?:answer|reply|response)\ (?:did|has)\ (?P<gave>{_NAME})\ (?:give|send|ma[dk]e)\b""",
    re.VERBOSE,
)
_TOLD = re.compile(rf"^(?i:what)\ (?:was|were)\ (?P<by>{_NAME})\ told\ (?:when|{_ON})\b", re.VERBOSE)
_OF_QUESTION = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"""^(?:what|which)\ (?:written\ |public\ |other\ )?{_QUESTION}\ (?:did|do|has|have|had|was|were)\b
        [^?]*\b{_PUT}\b""",
        rf"^what\ (?:did|has|have)\ {_MEMBERS}\ (?:put|ask(?:ed)?)\ (?:the\ council\ )?{_ON}\b",
        rf"^what\ (?:was|is)\ (?:[\w.’'-]+\ ){{1,4}}question\ (?:to|{_ON})\b",
    )
)
_ASKED_BY_NAME = re.compile(
    rf"^(?i:what)\ (?:did|has)\ (?P<by>{_NAME})\ (?:ask|put)(?:ed)?\ (?:[\w ]+?\ )?{_ON}\b", re.VERBOSE
)
_OF_ASKER = re.compile(
    rf"""^(?i:who|which\ (?:councillors?|members?|person|people))\ (?:has\ |have\ )?(?:
    asked\ (?:the\ council\ |(?P<to>{_NAME})\ )?
      (?:{_ON}|why|when|whether|if|how|what|(?:a|the)\ {_QUESTION})
    | (?:put|submitted|raised|tabled|posed)\ (?:down\ |in\ )?(?:a|the|any)\ (?:\w+\ )?{_QUESTION})\b
    | ^(?i:whose)\ question\b""",
    re.VERBOSE,
)
# Others are answered too: what is sent out to be filled in, letters, petitions.
_OF_OTHERS = re.compile(
    r"\b(?:consult\w+|surveys?|questionnaires?|petitions?|letters?|e-?mails?|correspondence|polls?|"
    r"motions?|question\ \d+[a-z]?\ (?:of|in)|out\ of\ the\ question|called?\ into\ question)\b",
    re.IGNORECASE,
)
_PUBLIC_ASKED = re.compile(rf"\b(?:{_PUBLIC}|public\ questions?)\b", _FLAGS)
_BY = re.compile(
    rf"\b(?:by|from|did|has|when)\s+(?P<by>{_NAME})|(?P<whose>{_NAME})['’]s?\s+(?:\w+\s+)?questions?\b"
)


def replies_asked(text: str) -> RepliesAsked | None:
    """Return what is wanted of questions that were put in writing; None where anything else is asked for."""
    if _OF_OTHERS.search(text):
        return None
    named = _BY.search(text)
    by = _bare(next(each for each in named.groups() if each)) if named else ""
    return _reply_asked(text, by) or _question_asked(text, by)


def _reply_asked(text: str, by: str) -> RepliesAsked | None:
    if (replied := _REPLIED.search(text)) is not None:
        to = _bare(replied["to"] or replied["whose"] or replied["gave"])
        return RepliesAsked(Wanted.REPLY, by="" if by == to else by, to=to)
    if (told := _TOLD.search(text)) is not None:
        return RepliesAsked(Wanted.REPLY, by=_bare(told["by"]))
    if any(pattern.search(text) for pattern in _OF_REPLY):
        return RepliesAsked(Wanted.REPLY, by=by)
    return None


def _question_asked(text: str, by: str) -> RepliesAsked | None:
    if (asker := _OF_ASKER.search(text)) is not None:
        return RepliesAsked(Wanted.ASKER, to=_bare(asker["to"] or ""))
    if (asked := _ASKED_BY_NAME.search(text)) is not None:
        return RepliesAsked(Wanted.QUESTION, by=_bare(asked["by"]))
    if any(pattern.search(text) for pattern in _OF_QUESTION):
        return RepliesAsked(Wanted.QUESTION, by=by, public=_PUBLIC_ASKED.search(text) is not None)
    return None


def _bare(name: str) -> str:
    """Return a name without the mark of whose it is."""
    return re.sub(r"['’]s?$", "", name)
