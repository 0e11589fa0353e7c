"""The head of a report: council, body, date, title, author: labels with values, or lines in that order."""

import re
from dataclasses import dataclass
from datetime import date

from qa_service.documents.bodies import body_name, council_in
from qa_service.documents.dates import dates_in
from qa_service.documents.layout import Layout

_FIELDS = {
    "body": (
        r"committee(?:/panel)?|panel(?:/committee)?|board|forum|meeting|to|report to|decision[ -]maker|"
        r"name of committee"
    ),
    "date": r"date|date of meeting|meeting date|date of decision",
    "title": r"title|subject|report title|title of report|agenda title",
    "from": r"report from|from|by|report of|report by|lead officer|report author|author",
    "decision": r"decision no|decision number|reference(?: no)?",
    "other": (
        r"contact name|contact officer|contact|tel|telephone|e-?mail|classification|status|"
        r"key decision ?|decision type|"
        r"past pathway(?: of (?:report|paper))? ?|previous pathway ?|future pathway(?: of (?:report|"
        r"paper))? ?|"
        r"electoral divisions?|wards?(?: affected)?|portfolio(?: holder)?|cabinet member|open/exempt|purpose|"
        r"appendices|enclosures?|is this a key decision\??|directorate|contact details|"
        r"statement of confidentiality"
    ),
}
_LABEL = re.compile(
    "|".join(rf"(?P<{name}>{words})" for name, words in _FIELDS.items()).join(
        (r"(?:", r")\s?(?:\(s\))?\s*:\s*")
    ),
    re.IGNORECASE,
)
_STOP = re.compile(
    r"(?:(?:brief )?summary|recommendations?(?:\(s\))?|purpose of (?:this |the )?(?:report|item)|"
    r"introduction|executive summary|"
    r"background|reasons? for)\b|\d{1,2}\.\d*\.?(?:\s+(?=[A-Z])|$)",
    re.IGNORECASE,
)
_TITLE_LINE = re.compile(r"(?:officers?'? |decision |committee )?report", re.IGNORECASE)
_SECOND_LABEL = re.compile(r"\s+(?:Date|Subject)\s*:")
_APPENDIX = re.compile(r"(?:appendix|annex|annexe)\s+(?P<label>[A-Z0-9]{1,3})\b[.:]?", re.IGNORECASE)
_AUTHOR = re.compile(r"report (?:by|of|from)\b", re.IGNORECASE)
_LINES = 45  # content lines that a header takes at most
_LABELS = 3  # distinct labels that make one
_BLOCK = 8  # lines of body, date, title and author without labels
_ABOVE_TITLE = 2  # ... of which body and date
_PORTFOLIO = re.compile(
    r"\b(?P<post>(?:Deputy )?Leader(?: of the Council)?|Cabinet Member for [A-Z][\w ,'\u2019&-]+)"
)
_VALUE_LINES = {"from": 14, "body": 5, "title": 6, "date": 3, "decision": 3, "other": 5}


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """`first` and `last` are lines. `appendix` is "A" where "Appendix A" stands above the header."""

    first: int
    last: int
    council: str | None
    body: str | None
    held_on: date | None
    title: str | None
    decision_maker: str | None = None
    appendix: str | None = None


def report_header(layout: Layout, at: int, council: str | None) -> ReportHeader | None:
    """Return the header that starts at content line number `at`; None where none does.

    `council` is the paper's own, for a header that names none.
    """
    first = layout.lines[layout.content[at]].plain
    if _TITLE_LINE.fullmatch(first):
        start, above = at + 1, _above(layout, at)
    elif (label := _LABEL.match(first)) and label.lastgroup in {"from", "body"}:
        start, above = at, at
    else:
        return _unlabelled(layout, at, council)
    fields, last = _fields(layout, start)
    found = set(fields)
    if len(found - {"other"}) + min(1, len(found & {"other"})) < _LABELS or "title" not in found:
        return None
    return _header(layout, above, last, fields, council)


def _unlabelled(layout: Layout, at: int, council: str | None) -> ReportHeader | None:
    """Return the header made of a line with the body, one with the date, a title and "Report by ..."."""
    lines = layout.content[at : at + _BLOCK]
    words = [layout.lines[index].plain for index in lines]
    author = next((place for place, line in enumerate(words) if _AUTHOR.match(line)), 0)
    if author <= _ABOVE_TITLE or (body := body_name(words[0], council)) is None:
        return None
    held = dates_in(words[1])
    if len(held) != 1 or held[0].value is None or len(held[0].span) != len(words[1].strip()):
        return None
    title = " ".join(" ".join(words[_ABOVE_TITLE:author]).split())
    return ReportHeader(lines[0], lines[author], None, body, held[0].value, title)


def _above(layout: Layout, at: int) -> int:
    """Return the content line where the header begins: council and "Appendix A" stand above "Report"."""
    for _ in range(2):
        words = layout.lines[layout.content[at - 1]].plain if at else ""
        if words and (_APPENDIX.fullmatch(words) or (council_in(words) and len(words.split()) <= 6)):  # noqa: PLR2004
            at -= 1
    return at


def _fields(layout: Layout, start: int) -> tuple[dict[str, str], int]:
    """Return the values by field, and the last line of the header."""
    fields: dict[str, str] = {}
    last = layout.content[min(start, len(layout.content) - 1)]
    open_field, taken = "", 0
    for index in layout.content[start : start + _LINES]:
        line = layout.lines[index]
        label = _LABEL.match(line.plain)
        if label is not None:
            open_field, taken = label.lastgroup or "other", 0
            value = line.plain[label.end() :]
            fields[open_field] = f"{fields.get(open_field, '')}\n{value}".strip()
        elif _STOP.match(line.plain) or not open_field or line.level or taken >= _VALUE_LINES[open_field]:
            break
        else:
            taken += 1
            fields[open_field] = f"{fields[open_field]} {line.plain}".strip()
        last = index
    return fields, last


def _header(
    layout: Layout, above: int, last: int, fields: dict[str, str], council: str | None
) -> ReportHeader:
    first = layout.content[above]
    named = council_in("\n".join(layout.lines[index].plain for index in range(first, min(first + 3, last))))
    to = _SECOND_LABEL.split(fields.get("body", "").split("\n")[0])[0]
    held = dates_in(fields.get("date", "")) or dates_in(fields.get("body", ""))
    body = body_name(_before_date(to), named or council)
    post = _PORTFOLIO.search(to) if body is None else None
    appendix = next(
        (m["label"] for i in range(first, first + 2) if (m := _APPENDIX.fullmatch(layout.lines[i].plain))),
        None,
    )
    title = " ".join(fields["title"].split()) or None
    return ReportHeader(
        first,
        last,
        named,
        body,
        next((mention.value for mention in held if mention.value), None),
        title,
        decision_maker=" ".join(post["post"].split()) if post else None,
        appendix=appendix,
    )


def _before_date(words: str) -> str:
    mentions = dates_in(words)
    return (words[: mentions[0].span.start] if mentions else words).strip(" ,-\u2013:")
