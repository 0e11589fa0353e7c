"""Who did a thing at a meeting: the sentence in which the papers say that this person did it.

Who moved, who declared an interest, who spoke: minutes tell such things in set words, which say more of what
answers than any likeness to the question does.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qa_service.answering.drafts import Draft
from qa_service.answering.quotable import can_be_quoted, is_quotable
from qa_service.answering.unranked import unranked_lines
from qa_service.answering.votes import SURNAME
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.documents import Part, SegmentKind
from qa_service.domain.spans import Span
from qa_service.store.database import Connection

# Log-odds below the best unit at which a sentence in the right words is of another matter.
_TOO_FAR = 4.9
# What the best unit of the same minute or report adds to a sentence: of two movers, that of the matter meant.
_OF_ITS_ITEM = 0.5
_SURNAME = re.compile(rf"\b(?:Councillors?|Cllrs?\.?|Mr|Mrs|Ms|Miss|Dr)\s+{SURNAME}")


@dataclass(frozen=True, slots=True)
class _Deed:
    """How a deed is asked for and how papers tell it.

    `more`: other sentences on that person belong to it. `titled`: whoever did it is named with a title.
    """

    asked: re.Pattern[str]
    told: re.Pattern[str]
    more: bool = False
    titled: bool = True


def _deed(asked: str, told: str, *, more: bool = False, titled: bool = True) -> _Deed:
    flags = re.IGNORECASE | re.VERBOSE
    return _Deed(re.compile(asked, flags), re.compile(told, flags), more, titled)


_WHO = (
    r"^(?:and\ |but\ |so\ )?(?:who|whose|whom|"
    r"which\ (?:[\w-]+\ ){0,2}(?:members?|councillors?|officers?|director|clerk|person)|"
)
# A form's label, behind which whoever did it need have no title.
_FORM = r"\b(?:proposer|seconder|mover)\s*:\s*(?=\w)"
_FORM_FILLED = re.compile(_FORM, re.IGNORECASE)
_DEEDS = (
    _deed(
        rf"""{_WHO}by\ whom)\b[^?]*\b(?:mov(?:ed?|er|ing)|propos(?:ed?|er|ing)|second(?:ed|er|ing)|
        (?<=whose\ )motion\ was)\b""",
        rf"\b(?:moved|proposed\ (?:by|and|the|that)|proposed,|seconded|on\ the\ motion\ of)\b|{_FORM}",
    ),
    _deed(
        rf"""{_WHO}did\ any(?:one|body|\ \w+)|was\ any(?:one|body|\ \w+))\b[^?]*\b(?:declar\w+|interests?|
        conflicts?\ of|left\ (?:the|while|when|for|during)|withdr[ae]w|walk(?:ed)?\ out|took\ no\ part|
        stepped\ (?:out|aside)|(?:family\ )?ties?\ (?:to|with))\b""",
        r"""\b(?:declared|disclosed|left\ (?:the\ )?(?:room|meeting|chamber)|withdrew|took\ no\ part|
        dispensation)\b""",
        more=True,
    ),
    _deed(
        rf"{_WHO}by\ whom)\b[^?]*\b(?:sp(?:oke|eaks?|oken)|address(?:ed)?\ (?:the|members)|deputation)\b",
        r"\b(?:spoke|speaking|addressed|deputation)\b",
    ),
    _deed(
        rf"""{_WHO}by\ whom)\b[^?]*\b(?:elected|appointed|chosen|made|voted\ in|took\ over|succeeded|became)\b
        [^?]*\b(?:chair\w*|vice\b|deput\w+|leader|mayor|second-in-command)""",
        r"\b(?:elected|appointed)\b(?=.*\b(?:chair|vice|deputy|leader|mayor))",
    ),
    _deed(
        rf"""{_WHO}by\ whom)\b[^?]*\b(?:present(?:ed|s)|introduced?|g[ai]ve\ (?:the|a)\ (?:\w+\ ){{0,2}}
        (?:talk|presentation|update)|took\ (?:members|the\ \w+|councillors)\ through)\b""",
        r"""\b(?:presented|introduced|presentation\ (?:by|from)|given\ by|
        gave\ (?:a|the)\ (?:\w+\ )?(?:presentation|talk))\b""",
    ),
    _deed(
        rf"{_WHO}by\ whom)\b[^?]*\bchair(?:ed|s)\b[^?]*\b(?:meeting|session)\b",
        r"\b(?:took|takes|taking|in)\ the\ chair\b|\bto\ (?:take\ the\ )?chair\ (?:the|this)\ meeting\b",
    ),
    _deed(
        # Who chaired a meeting is asked above: its minutes or its roll tell it.
        rf"""{_WHO}by\ whom)\b[^?]*\b(?:led|leads?|leading|headed|heads|chaired|chairs|ran|runs)\b""",
        r"""\b(?:led|chaired|headed|run)\s+by\s+(?:(?:Sir|Dame|Lord|Lady|Dr|Professor|Mrs?|Ms)\.?\s+)?
        (?-i:[A-Z][\w’'-]+\s+[A-Z][\w’'-]+)""",
        titled=False,
    ),
)
_BEHIND = re.compile(
    rf"{_WHO}what\ is\ the\ name\ of)\b[^?]*\b(?:(?P<contact>contact)|wrote|writes?|written|author(?:ed)?|"
    r"prepared|drew\ up|(?:sign(?:ed|s)|put\ in|handed\ in)(?=[^?]*\b(?:report|paper)\b))\b",
    re.IGNORECASE | re.VERBOSE,
)

# Whom to turn to about a meeting, and not about one of its papers.
_TURNED_TO = re.compile(
    rf"""{_WHO}what\ is\ the\ name\ of)\b(?![^?]*\b(?:paper|report)\b)[^?]*
    \b(?:ring|phone|telephone|call|contact|e-?mail|ask\ for|get\ (?:in\ touch|hold)|enquir\w+|clerk)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SLIDES_OF = re.compile(
    rf"{_WHO}by\ whom)\b[^?]*\b(?:talk|presentation|slides)\b", re.IGNORECASE | re.VERBOSE
)


def _labelled(labels: str) -> re.Pattern[str]:
    """Return the pattern of a line that gives a value behind one of some labels, on that line or the next."""
    return re.compile(
        rf"^[ \t*]*(?:<b>)?(?:{labels})[ \t*]*(?:\(s\))?[ \t]*:(?:</b>)?[ \t*]*(?:\n[ \t]*)?[^\s*][^\n]*",
        re.IGNORECASE | re.MULTILINE,
    )


_CONTACT = _labelled("contact(?: name| officers?)?")
_AUTHOR = _labelled("(?:report |lead )?(?:author|officer)s?(?: name)?|prepared by|report author and contact")
_SENDER = _labelled("report (?:from|of|by)|from|by")
_CLERK = re.compile(
    r"(?:^|(?<=\s))(?:Enquiries(?: to)?|Ask for|Contact(?: name| officers?)?|(?:Committee )?Clerk)"
    r"[ \t]*:[ \t]*(?:\n[ \t]*)?[^\s*][^\n]*",
    re.MULTILINE,
)
_SPEAKER = re.compile(r"^[ \t]*[A-Z][a-z]+ (?:[A-Z]\.? )?[A-Z][a-z][\w’'-]*,[ \t]+[A-Z][^\n]*$", re.MULTILINE)
_REACHED = re.compile(
    r"\s*^(?:tel(?:ephone)?|phone|e-?mail)\b[^\n]*(?:\n[^\n]*\d{3}[^\n]*)?", re.IGNORECASE | re.MULTILINE
)
_FRONTS = frozenset({Part.COVER, Part.AGENDA, Part.OTHER, Part.WEB_PAGE})


def told_of_persons(reader: Connection, text: str, weighed: Weighed) -> list[Draft]:
    """Return drafts of the sentences that tell who did what the question asks of; none where none does.

    Each such sentence names somebody. The best one of the item that fits best comes first; where an interest
    was declared, what else the same paper tells of that person's interests follows.
    """
    turned = _TURNED_TO.search(text) is not None
    if not turned and (behind := _BEHIND.search(text)) is not None:
        return _named_on(weighed, (_CONTACT, _AUTHOR) if behind["contact"] else (_AUTHOR, _SENDER, _CONTACT))
    if turned and (clerk := _named_on(weighed, (_CLERK,), _FRONTS) or _on_a_page(reader, weighed)):
        return clerk
    if _SLIDES_OF.search(text) and (speaker := _named_on(weighed, (_SPEAKER,), {Part.SLIDES})):
        return speaker
    deed = next((each for each in _DEEDS if each.asked.search(text)), None)
    if deed is None or not weighed.units:
        return []
    of_items: dict[tuple[str, object], float] = {}
    for each in weighed.units:
        of_items.setdefault(_item(each), each.score)
    top = weighed.units[0]
    told = [each for each in weighed.units if _tells(deed, each)]
    near = [each for each in told if each.score >= top.score - _TOO_FAR or _item(each) == _item(top)]
    if not near:
        return []
    best = max(near, key=lambda each: each.score + _OF_ITS_ITEM * of_items[_item(each)])
    found = [best, *(_of_same_person(best, told) if deed.more else [])]
    return [Draft(each.passage.document_id, each.unit.spans, each.score) for each in found]


def _tells(deed: _Deed, each: WeighedUnit) -> bool:
    titled = _SURNAME.search(each.text) is not None or _FORM_FILLED.search(each.text) is not None
    named = not deed.titled or titled
    return named and bool(deed.told.search(each.text)) and can_be_quoted(each.passage, each.unit)


def _item(each: WeighedUnit) -> tuple[str, object]:
    segment = each.passage.segment
    return each.passage.document_id, segment.minute or segment.item_title or each.passage.row


def _of_same_person(best: WeighedUnit, told: Sequence[WeighedUnit]) -> list[WeighedUnit]:
    """Return the other sentences of the same paper that tell the deed of a person named in the best."""
    names = set(_SURNAME.findall(best.text))
    return [
        each
        for each in told
        if each is not best
        and each.passage.document_id == best.passage.document_id
        and names & set(_SURNAME.findall(each.text))
    ]


def _named_on(
    weighed: Weighed, labels: Sequence[re.Pattern[str]], parts: Collection[Part] = frozenset(Part)
) -> list[Draft]:
    """Return the line of the best report with any of the labels: of its lines that with the first label."""
    found: dict[tuple[str, object], dict[re.Pattern[str], Draft]] = {}
    for each in weighed.units:
        if each.passage.segment.part not in parts:
            continue
        lines = found.setdefault(_item(each), {})  # in the order of the best unit of each report
        passage = each.passage
        for label in labels:
            if label not in lines and (line := label.search(passage.text)) is not None:
                place = _long_enough(passage.text, *line.span())
                lines[label] = Draft(passage.document_id, (place.shifted(passage.span.start),), each.score)
    best = next((lines for lines in found.values() if lines), {})
    return [best[label] for label in labels if label in best][:1]


def _on_a_page(reader: Connection, weighed: Weighed) -> list[Draft]:
    """Return the line of the best web page that says whom to turn to."""
    for each in unranked_lines(reader, weighed, SegmentKind.CHROME):
        if (line := _CLERK.match(each.text)) is not None:
            place = _long_enough(each.text, *line.span())
            return [Draft(each.document_id, (place.shifted(each.start),), 0.0)]
    return []


def _long_enough(text: str, start: int, end: int) -> Span:
    """Return the place of a quotation: if too short, with how to reach the person, else with lines before."""
    if not is_quotable(text[start:end]) and (reached := _REACHED.match(text, end)) is not None:
        end = reached.end()
    while start > 0 and not is_quotable(text[start:end]):
        start = text.rfind("\n", 0, start - 1) + 1
    return Span(start, end)
