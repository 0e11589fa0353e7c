"""Reads whether a question asks who wrote a report or answers for it, and what that report is on."""

import re
from dataclasses import dataclass
from enum import StrEnum

_OPENS = r"^(?:(?:and|so|but)\s+)?"
_WRITTEN = r"(?:wrote|written|authored|prepared|produced|compiled|drafted|penned|put\s+together|submitted)"
_AUTHOR = re.compile(
    rf"""{_OPENS}(?:
      (?:who|which\s+(?:[\w-]+\s+)?(?:officers?|directors?|persons?|people|department))\s+
        (?:(?:has|had|have)\s+)?{_WRITTEN}\s+(?P<written>[^?]+)
    | (?:who|which\s+officers?)\s+(?:is|are|was|were)\s+the\s+
        (?:(?:report|lead|main|named)\s+)?authors?\s+(?:of|for|on)\s+(?P<of>[^?]+)
    | (?:who|by\s+whom)\s+(?:is|was)\s+(?P<by>.+?)\s+(?:{_WRITTEN}(?:\s+by)?|by|from)
    | (?:whose|which\s+(?:officer|director)['’]s)\s+report\s+(?:is|was)\s+(?P<whose>[^?]+)
    )\s*\??\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_CONTACT = re.compile(
    rf"""{_OPENS}(?:
      who(?:\s+(?:is|are|was|were)|['’]s)\s+(?:the\s+|named\s+as\s+(?:the\s+)?)?
        (?:(?:report|lead)\s+)?(?:contacts?|lead\s+officer)(?:\s+(?:officer|person|name)s?)?
        \s+(?:for|on|of|in|about|named\s+(?:in|on))\s+(?P<named>[^?]+)
    | whom?\s+(?:should|can|do|could|would|must)\s+(?:I|we|you|one|people|residents|members)\s+
        (?:contact|ask|ring|phone|call|email|e-mail|write\s+to|speak\s+(?:to|with)|talk\s+to|get\s+in\s+touch\s+with)
        \s+(?:about|on|regarding|over|for)\s+(?P<asked>[^?]+)
    )\s*\??\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_REPORT = re.compile(
    r"""^(?:the\s+|this\s+|that\s+|its\s+|their\s+|a\s+)?
    (?:(?:(?P<kind>\w+)\s+)?(?:report|paper)\s+(?:on|about|for|regarding|concerning|into|called|titled|entitled)\s+(?P<on>.+)
    | (?P<before>.+?)\s+(?:report|paper)
    | (?P<bare>report|paper|it))$""",
    re.IGNORECASE | re.VERBOSE,
)
_ON_REPORT = re.compile(
    r"\breport\s+(?:on|about|regarding|concerning)\s+(?P<on>[^?,;]+)|\bthe\s+(?P<before>(?:[\w’'-]+\s+){1,6}?)report\b",
    re.IGNORECASE,
)
_ASKS_OF_SAYING = re.compile(
    r"\s+\b(?:say|says|said|tell|tells|recommend|recommends|propose|proposes|find|give)\b.*"
)


_FROM = re.compile(r"\bfrom\s*\??\s*$", re.IGNORECASE)


class Role(StrEnum):
    """In which role somebody is asked for that a report names."""

    AUTHOR = "author"
    SENDER = "sender"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class AskedOfReport:
    """The report asked after, in the question's words, and whom of those that it names."""

    subject: str
    role: Role


def author_asked(text: str, before: str | None = None) -> AskedOfReport | None:
    """Return of which report author or contact is asked for; None where anything else is.

    "Who wrote it?" goes on from a question `before` that names a report.
    """
    author, contact = _AUTHOR.search(text), _CONTACT.search(text)
    asked = author or contact
    if asked is None:
        return None
    words = next(group for group in asked.groups() if group)
    report = _REPORT.search(words.strip())
    if report is None:
        return None
    subject = report["on"] or report["before"]
    if subject is None and (named := _ON_REPORT.search(before or "")) is not None:
        subject = _ASKS_OF_SAYING.sub("", named["on"] or named["before"])
    if not subject:
        return None
    role = Role.CONTACT if author is None else Role.SENDER if _FROM.search(text) else Role.AUTHOR
    return AskedOfReport(subject.strip(), role)
