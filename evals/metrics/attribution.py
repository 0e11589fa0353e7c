"""Who said it and when: right council, body and meeting, nothing superseded, dates shown.

Minimal pairs (one recurring item at two councils and on three dates) are scored by these.
Source, unless named otherwise: design/evaluation.md section 4.5.
"""

from collections.abc import Callable

from evals.anchoring import Place
from evals.cases import Case, cited_span, matching, place_of
from evals.corpus import StoredDocument, StoredSegment
from evals.folding import folded
from evals.metrics.answers import false_resolution
from evals.metrics.ranking import Level, gold_sources
from evals.replies import Citation
from evals.results import Label, Score, inapplicable

WRONG_COUNCIL_KIND = "wrong_council"


def _any_from_elsewhere(
    case: Case, right: frozenset[str], source: Callable[[Citation], str | None], what: str
) -> Score:
    if not right:
        return inapplicable(f"the {what} of the evidence is not known")
    same = {folded(one).casefold() for one in right}
    wrong = [
        citation
        for citation in case.cited
        if (found := source(citation)) is not None and folded(found).casefold() not in same
    ]
    if wrong:
        reason = f"{len(wrong)} of {len(case.cited)} citations from another {what}"
        return Score(1.0, reason, tuple(map(place_of, wrong)), labels=(Label.WRONG_SOURCE,))
    return Score(0.0, f"no citation from another {what}")


def wrong_council(case: Case) -> Score:
    """1 where an answer cites another council's paper, or answers what gold calls the wrong council's."""
    question = case.topic.question
    if question.unanswerable_kind == WRONG_COUNCIL_KIND and not question.answerable:
        labels = (Label.FALSE_ANSWER, Label.WRONG_SOURCE) if case.answered else ()
        return Score(float(case.answered), "answered" if case.answered else "refused", labels=labels)
    if not case.topic.evidence:
        return inapplicable("nothing answers this question")
    right = gold_sources(case, Level.COUNCIL)
    return _any_from_elsewhere(case, right, lambda citation: citation.document.council, "council")


def wrong_body(case: Case) -> Score:
    """1 where an answer cites another committee's paper."""
    if not case.topic.evidence:
        return inapplicable("nothing answers this question")
    right = _told_of_evidence(case, _body_of) or gold_sources(case, Level.BODY)
    return _any_from_elsewhere(case, right, lambda citation: citation.document.body, "body")


def wrong_meeting(case: Case) -> Score:
    """1 where an answer cites another meeting; where meetings are not known, another paper.

    A pack holds papers of several meetings: the stored stretch tells which one, of the gold as of the
    citation, so that like is held against like whether search was asked or not.
    """
    if not case.topic.evidence:
        return inapplicable("nothing answers this question")
    if right := _told_of_evidence(case, _meeting_of):
        return _any_from_elsewhere(case, right, lambda one: _told_of_citation(case, one), "meeting")

    def source(citation: Citation) -> str:
        meeting = citation.meeting.id if citation.meeting else None
        return meeting or citation.document.id

    return _any_from_elsewhere(case, gold_sources(case, Level.MEETING), source, "meeting")


def _told_of_evidence(
    case: Case, told: Callable[[StoredDocument, StoredSegment], str | None]
) -> frozenset[str]:
    """Return what the stored stretches say of the evidence; nothing where the system tells no stretches."""

    def of(place: Place) -> str | None:
        document = case.corpus.documents[place.document_id]
        segment = document.segment_at(place.span.start)
        return told(document, segment) if segment else None

    return frozenset(source for place in case.topic.evidence if (source := of(place)) is not None)


def _told_of_citation(case: Case, citation: Citation) -> str:
    document = case.corpus.get(citation.document.id)
    segment = document.segment_at(citation.start) if document else None
    return _meeting_of(document, segment) if document and segment else citation.document.id


def _body_of(document: StoredDocument, segment: StoredSegment) -> str | None:
    return segment.body or document.body


def _meeting_of(document: StoredDocument, segment: StoredSegment) -> str:
    """Return council, body and day of a stretch's meeting; an undated paper stands for itself."""
    if not segment.held_on:
        return document.id
    of = (segment.council or document.council, segment.body or document.body, segment.held_on)
    return " | ".join(part or "" for part in of)


def forbidden_cited(case: Case) -> Score:
    """1 where an answer cites a place that gold forbids: superseded, another council's, only a draft.

    On questions of time this is the stale-answer rate: the source cited was overtaken at the asked date.
    """
    if not case.topic.forbidden:
        return inapplicable("gold forbids nothing")
    for citation in case.cited:
        for place in matching(case.topic.forbidden, citation.document.id, cited_span(case, citation)):
            reason = f"{place_of(citation)}: {place.why or 'forbidden'}"
            return Score(1.0, reason, (place_of(citation),), labels=(Label.FORBIDDEN,))
    return Score(0.0, "nothing forbidden cited")


def dates_shown(case: Case) -> Score:
    """1 where each citation of a dated paper shows the meeting's date: undated advice goes stale unseen."""
    dated = [
        citation
        for citation in case.cited
        if (document := case.corpus.get(citation.document.id)) is not None and document.held_on
    ]
    if not dated:
        return inapplicable("no dated paper cited")
    without = [citation for citation in dated if not citation.held_on]
    return Score(
        float(not without), f"{len(without)} of {len(dated)} without a date", tuple(map(place_of, without))
    )


def wrong_attribution(case: Case) -> Score:
    """1 where the answer errs in council, body, meeting or standing, or cites what gold forbids.

    Source: issue 5, "report recommendation given as resolution, or wrong council, body or meeting".
    """
    parts = {
        "council": wrong_council(case),
        "body": wrong_body(case),
        "meeting": wrong_meeting(case),
        "standing": false_resolution(case),
        "forbidden": forbidden_cited(case),
    }
    judged = {name: score for name, score in parts.items() if score.value is not None}
    if not judged:
        return inapplicable("nothing about the source to get wrong")
    wrong = [name for name, score in judged.items() if score.value]
    return Score(float(bool(wrong)), f"wrong {', '.join(wrong)}" if wrong else "no wrong attribution")
