"""Reads whether a question asks when, or at which meetings, a subject was dealt with.

"When did the council last discuss devolution?" asks for a meeting, and the subject is the rest of its words;
"When will it be discussed?" and "What did members say of it?" ask for what a text tells.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from qa_service.store.lexical_index import stems


class Which(StrEnum):
    """Which of the meetings that dealt with a subject are asked for."""

    LAST = "last"
    FIRST = "first"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class TalkedAsked:
    """Which meetings are asked for. `listed`: whether standing on their agendas is what is asked after."""

    which: Which
    listed: bool


_ON_AGENDA = r"(?:on|onto)\s+(?:the|an|any|its|their|our|[\w’']+['’]s?)\s+agendas?"
_DEALT = rf"""(?:discuss(?:ed)?|discussions?\ (?:of|on|about)|consider(?:ed)?|debated?|
    talk(?:ed)?\ (?:about|of|over)|deal(?:t)?\ with|look(?:ed)?\ at|
    hear(?:d)?\ (?:about|of)|t(?:ell|old)\ (?:about|of)|cover(?:ed)?|
    c[oa]me\ up|c[oa]me\ before|bring\ up|brought\ up|brought\ before|touch(?:ed)?\ on|{_ON_AGENDA})"""
# In a question for the last or first time these mean a meeting; "When did he raise it?" means his words.
_RAISED = rf"(?:{_DEALT}|rais(?:e|ed)|mention(?:ed)?|address(?:ed)?|go(?:ne)?\ to|went\ to)"
_LAST = r"(?:last|most\s+recently)"
_FIRST = r"(?:first|originally|initially)"
_OPENS = r"^(?:and\s+|so\s+|but\s+)?"
_ASKED = re.compile(
    rf"""{_OPENS}(?:
    when\s+(?:did|was|were|has|have|had)\s[^?]*\b(?:(?P<last>{_LAST})|(?P<first>{_FIRST}))\s+{_RAISED}\b
    | when\s+(?:did|was|were)\s[^?]*\b{_RAISED}\b[^?]*\s
      (?:for\ the\ )?(?:(?P<last2>last)|(?P<first2>first))(?:\ time)?\s*\?*$
    | (?:when|what|which)\s+(?:was|is)\s+the\s+
      (?:(?P<last3>last|latest|most\s+recent)|(?P<first3>first|earliest))\s+(?:time|meeting)\b[^?]*\b{_RAISED}\b
    | when\s+(?:did|was|were)\s[^?]*\b{_DEALT}\b(?!\s+that\b)
    | (?:(?:at|in|during)\s+)?(?:which|what)\s+(?:[\w’'-]+\s+){{0,3}}?meetings?\b[^?]*\b{_RAISED}\b
    | how\s+(?:often|many\s+times)\s+(?:did|was|were|has|have|had)\s[^?]*\b{_RAISED}\b
    | (?:at|in)?\s*how\s+many\s+(?:[\w’'-]+\s+){{0,3}}?meetings\b[^?]*\b{_RAISED}\b
    | (?:has|have|had|did|was|were)\s[^?]*\b{_RAISED}\b[^?]*\b(?:before|previously|already|in\ the\ past|
      (?:at|in)\ (?:any|an?|(?:a\ |any\ )?(?:previous|earlier|past|other))\ (?:[\w’'-]+\ )?meetings?)\s*\?*$
    | (?:has|have|had|did|was|were)\s[^?]*\b(?:ever|already|previously)\s+(?:been\s+)?{_RAISED}\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What somebody said, a decision, an event, a second question, a time to come: the words of a text tell it.
_MORE = re.compile(
    r"""\b(?:mr|mrs|ms|miss|dr|cllr|councillor)\b
    | (?:,|;|\band\b|\bor\b|\bbut\b)\s*
      (?:by\s+whom|what|who|whom|why|how|when|where|which|did|was|were|has|have|had)\b
    | \b(?:decid\w*|decision\s+(?:was|made|taken)|approv\w*|agreed?|resolv\w*|vot(?:e[ds]?|ing)|reject\w*|
      should|must|due|deadline|will|would|next)\b
    | \bbeing\b | \bconsider(?:ed)?\s+(?:to\s+be|as|that|whether|it)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_ASKING = frozenset(
    stems(
        """discuss discussed discussion consider considered debate debated talk talked deal dealt look looked
        hear heard tell told cover covered come came up before bring brought touch raise raised mention
        mentioned address addressed go gone went agenda agendas item items often many times time last first
        most recently originally initially ever already previously previous earlier past other meeting
        meetings subject topic issue matter question over also been"""
    )
)


def talked_asked(text: str) -> TalkedAsked | None:
    """Return which meetings on a subject a question asks for; None where it asks for something else."""
    asked = " ".join(text.split())
    match = _ASKED.match(asked)
    if match is None or _MORE.search(asked):
        return None
    named = {name.rstrip("23") for name, held in match.groupdict().items() if held}
    which = next((each for each in (Which.LAST, Which.FIRST) if each.value in named), Which.EACH)
    return TalkedAsked(which, re.search(rf"\b{_ON_AGENDA}\b", asked, re.IGNORECASE) is not None)


def without_asking(topic: str) -> str:
    """Return the words of a topic that name the subject, in order: those that ask for a meeting are gone."""
    return " ".join(word for word in topic.split() if not _OF_ASKING.issuperset(stems(word)))
