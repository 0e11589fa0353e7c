"""What was put to a council in writing, by whom, and what was replied, under the heading that names them.

"What was the reply to the question on potholes?" is most like the question; what is asked for stands below.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa_service.answering.drafts import Draft
from qa_service.answering.put_and_answered import PutQuestion, questions_around
from qa_service.answering.refusal import Judgement, judge
from qa_service.answering.signals import content_stems
from qa_service.answering.told_in_reply import told_in_reply
from qa_service.answering.weighing import Weighed, text_of
from qa_service.domain.access import Access
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.question import Reading
from qa_service.retrieval.replies_asked import RepliesAsked, Wanted, replies_asked
from qa_service.store.database import Connection
from qa_service.store.passages import StoredPassage

_SURE = Judgement(0.95, "")
# Characters of a question or a reply that are quoted: some four sentences.
_LONGEST = 600
_MOST = 10
_GOES_ON = "what is quoted goes on in the paper: follow the citation for the rest"
# Shares of what is asked about that a question and its reply name.
_ALL, _MOSTLY = 1.0, 0.6
# Log-odds below the best of equally named questions at which another is meant as well.
_AS_GOOD = 2.0
# Words that ask of questions and replies and name no subject.
_FRAME = frozenset(
    content_stems(
        "question questions query queries answer answers answered reply replies replied response responses "
        "respond responded put ask asks asked submit submitted raise raised table tabled pose posed say said "
        "give given get got receive received tell told member members councillor councillors cllr public "
        "people residents council cabinet officer officers meeting written dealt deal made make mr mrs ms dr "
        "cmhlr matter subject regarding concerning about"
    )
)
_CAPITALISED = re.compile(r"(?<!^)\b[A-Z][\w’'-]+")
# "Thank you for your question." alone.
_THANKS = re.compile(r"\W*thank(?:s| you)\b.{0,40}$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Meant:
    """A question that was put, the share of the subject that it names, and its best sentence's score.

    `leads`: whether the best sentence of all stands in it or in its reply, or in those of a copy.
    """

    put: PutQuestion
    share: float
    score: float
    leads: bool


def put_and_replied(
    reader: Connection, reading: Reading, weighed: Weighed, allowed: frozenset[Access]
) -> tuple[list[Draft], Judgement, list[str]] | None:
    """Return the questions put, or the replies, that are asked for, each with its heading; and notes.

    A long one is quoted from its beginning, and a note says that it goes on. None where anything else is
    asked for, and where the papers print no such question.
    """
    asked = replies_asked(reading.own)
    if asked is None:
        return None
    ignored = {*_FRAME, *content_stems(f"{asked.by} {asked.to}")}
    subject = {
        stem for stem in content_stems(reading.topic) if len(stem) > 1
    } - ignored  # "Reed's" has an "s"
    if not (subject or asked.by or asked.to):
        return None
    needed = subject.intersection(content_stems(" ".join(_CAPITALISED.findall(reading.own))))
    found = [_meant(put, asked.wanted, (subject, needed), weighed) for put in _put(reader, weighed, allowed)]
    found = [each for each in _once(found) if _is_of(each, asked)]
    best = sorted(found, key=lambda each: (-each.share, -each.score))
    named = asked.by or asked.to
    if not best or not (named or best[0].leads):
        return None
    if subject:
        best = [
            each for each in best if each.share == best[0].share and each.score >= best[0].score - _AS_GOOD
        ]
    told = [_draft(each, asked.wanted, weighed, reading.own) for each in best[:_MOST]]
    notes = [_GOES_ON] * any(goes_on for _, goes_on in told)
    notes += [f"{len(best) - _MOST} more are left out: name a person or a subject"] * (len(best) > _MOST)
    drafts = [draft for draft, _ in told]
    return drafts, _SURE if best[0].share == _ALL else judge(weighed), notes


def _put(reader: Connection, weighed: Weighed, allowed: frozenset[Access]) -> Iterator[PutQuestion]:
    """Yield the questions that were put near what was found, each once."""
    seen: set[tuple[str, int]] = set()
    read: list[tuple[str, Span]] = []
    for candidate in weighed.candidates:
        passage = candidate.passage
        if any(name == passage.document_id and span.contains(passage.span) for name, span in read):
            continue
        near = questions_around(reader, passage, allowed)
        for put in near:
            if (put.document_id, put.heading.start) not in seen:
                seen.add((put.document_id, put.heading.start))
                yield put
        read += [(put.document_id, _whole(put)) for put in near]


def _whole(put: PutQuestion) -> Span:
    return Span(put.heading.start, put.reply.end if put.reply else put.put.end)


def _meant(put: PutQuestion, wanted: Wanted, asked: tuple[set[str], set[str]], weighed: Weighed) -> _Meant:
    """Return how far a question is on the subject; not at all where it lacks a name that is asked about."""
    subject, needed = asked
    place = _whole(put) if wanted is Wanted.REPLY else Span(put.heading.start, put.put.end)
    held = set(content_stems(" ".join(text_of(passage, unit) for passage, unit in put.units_of(place))))
    share = len(subject & held) / len(subject) if subject else _ALL
    inside = [each for each in weighed.units if _holds(put, each.passage, each.unit)]
    score = inside[0].score if inside else float("-inf")
    leads = bool(inside) and inside[0] is weighed.units[0]
    return _Meant(put, share if needed <= held else 0.0, score, leads)


def _holds(put: PutQuestion, passage: StoredPassage, unit: Unit) -> bool:
    return passage.document_id == put.document_id and _whole(put).overlaps(Span(unit.start, unit.end))


def _is_of(meant: _Meant, asked: RepliesAsked) -> bool:
    put = meant.put
    if (asked.wanted is Wanted.REPLY and put.reply is None) or (asked.public and not put.public):
        return False
    return meant.share >= _MOSTLY and _same(asked.by, put.by) and _same(asked.to, put.to)


def _same(asked: str, printed: str) -> bool:
    """Return whether a printed name may be the one asked of: its surname, and no other first letter."""
    if not asked:
        return True
    wanted, held = _parts(asked), _parts(printed)
    if not wanted or not held or wanted[-1] not in held:
        return False
    first = held[0] if len(wanted) > 1 and held[0] != wanted[-1] else wanted[0]
    return first[0] == wanted[0][0]


def _parts(name: str) -> list[str]:
    plain = re.sub(r"\b(?:Councillors?|Cllrs?|Cmhlr|Mr|Mrs|Ms|Miss|Dr)\b\.?", " ", name)
    return [part.strip(".,").lower().replace("’", "'") for part in plain.split() if part.strip(".,")]


def _once(found: Sequence[_Meant]) -> list[_Meant]:
    """Return the questions, each once: of copies the one with a reply, then that of a dated meeting."""
    best: dict[tuple[str, str], _Meant] = {}
    for each in found:
        words = " ".join(text_of(passage, unit) for passage, unit in each.put.units_of(each.put.put))
        key = each.put.by.split()[-1].lower(), "".join(filter(str.isalpha, words.lower()))[-60:]
        twin = best.get(key, each)
        best[key] = replace(
            max(twin, each, key=_worth), score=max(twin.score, each.score), leads=twin.leads or each.leads
        )
    return list(best.values())


def _worth(meant: _Meant) -> tuple[bool, bool]:
    put = meant.put
    return put.reply is not None, put.passages[0].segment.held_on is not None


def _draft(meant: _Meant, wanted: Wanted, weighed: Weighed, asked: str) -> tuple[Draft, bool]:
    """Return who put a question and its words, or the reply's, and if more is said than what is quoted.

    Of a long reply the sentence that gives what is asked of it; where nothing is, its beginning.
    """
    put = meant.put
    place = put.reply if wanted is Wanted.REPLY and put.reply is not None else put.put
    units = [
        (passage, unit)
        for passage, unit in put.units_of(place)
        if unit.kind is not UnitKind.HEADING and not _THANKS.match(text_of(passage, unit))
    ]
    first = _beginning(put, units)
    goes_on = len(first) < len(units)
    telling = told_in_reply(units, weighed, asked) if goes_on and place is put.reply else None
    if telling is not None and telling[-1] not in first:
        first = telling
    spans = [span for at in first for span in _behind_heading(put, units[at][1])]
    return Draft(put.document_id, (put.heading, *_joined(spans, put.passages)), meant.score), goes_on


def _beginning(put: PutQuestion, units: Sequence[tuple[StoredPassage, Unit]]) -> range:
    """Return the first units, as many as are read at a glance."""
    length = 0
    for at, (_, unit) in enumerate(units):
        own = sum(map(len, _behind_heading(put, unit)))
        if length and length + own > _LONGEST:
            return range(at)
        length += own
    return range(len(units))


def _behind_heading(put: PutQuestion, unit: Unit) -> list[Span]:
    """Return the spans of a unit without the heading that it may begin with."""
    return [
        Span(max(each.start, put.heading.end), each.end) for each in unit.spans if each.end > put.heading.end
    ]


def _joined(spans: Sequence[Span], passages: Sequence[StoredPassage]) -> list[Span]:
    """Return the spans, those of one passage that only blanks part as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and _adjoin(joined[-1].end, span.start, passages):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _adjoin(end: int, start: int, passages: Sequence[StoredPassage]) -> bool:
    within = (each for each in passages if each.span.start <= end and start < each.span.end)
    passage = next(within, None)
    first = passage.span.start if passage else 0
    return passage is not None and not passage.text[end - first : start - first].strip()
