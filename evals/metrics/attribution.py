"""Who said it and when: right council, body and meeting, nothing superseded, dates shown.

Minimal pairs (one recurring item at two councils and on three dates) are scored by these.
Source, unless named otherwise: design/evaluation.md section 4.5.
"""

from evals.cases import Case, cited_span, is_correct, matching, place_of
from evals.metrics.answers import false_resolution
from evals.metrics.sources import Level, gold_sources, is_elsewhere
from evals.results import Label, Score, inapplicable

WRONG_COUNCIL_KIND = "wrong_council"


def _any_from_elsewhere(case: Case, level: Level) -> Score:
    """1 where a citation comes from elsewhere; a place that gold or a person accepts never does."""
    if not case.topic.evidence:
        return inapplicable("nothing answers this question")
    if not gold_sources(case, level):
        return inapplicable(f"the {level} of the evidence is not known")
    wrong = [one for one in case.cited if is_elsewhere(case, one, level) and not is_correct(case, one)]
    if wrong:
        reason = f"{len(wrong)} of {len(case.cited)} citations from another {level}"
        return Score(1.0, reason, tuple(map(place_of, wrong)), labels=(Label.WRONG_SOURCE,))
    return Score(0.0, f"no citation from another {level}")


def wrong_council(case: Case) -> Score:
    """1 where an answer cites another council's paper, or answers what gold calls the wrong council's."""
    question = case.topic.question
    if question.unanswerable_kind == WRONG_COUNCIL_KIND and not question.answerable:
        labels = (Label.FALSE_ANSWER, Label.WRONG_SOURCE) if case.answered else ()
        return Score(float(case.answered), "answered" if case.answered else "refused", labels=labels)
    return _any_from_elsewhere(case, Level.COUNCIL)


def wrong_body(case: Case) -> Score:
    """1 where an answer cites another committee's paper."""
    return _any_from_elsewhere(case, Level.BODY)


def wrong_meeting(case: Case) -> Score:
    """1 where an answer cites another meeting; where meetings are not known, another paper."""
    return _any_from_elsewhere(case, Level.MEETING)


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
