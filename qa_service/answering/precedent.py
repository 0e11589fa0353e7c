"""What the answer before was about: a follow-up is answered from the same matter before any other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa_service.answering.matters import alike, title_of
from qa_service.answering.signals import AnswerType, content_stems
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.answers import Answer, Citation, Filters, Refusal
from qa_service.retrieval.pointed import Pointed, pointed_at

# Log-odds that a place gains: of the matter itself, of one of the same title at another meeting, of another
# matter of the same meeting, and besides of a paper cited before.
_SAME_MATTER, _SAME_TITLE, _SAME_MEETING, _SAME_PAPER = 1.5, 1.0, 0.5, 0.5
# What was quoted before does not answer what became of it; a figure or a day asked for may stand in it.
_SAID = -2.0
_ALREADY = 0.7
_SHARED = 2  # words at least that a later meeting's sentence has of what was quoted and of its title
_OF_EVERY_MEETING = frozenset(
    content_stems(
        """matter matters arising correspondence any other business announcement announcements chairman chair
        welcome apologies minutes previous last confirm questions question notice motion report reports
        directorate update finance accounts payment public participation"""
    )
)
_LOOKS_ON = frozenset({AnswerType.YES_NO, AnswerType.OPEN})


@dataclass(frozen=True, slots=True)
class Precedent:
    """The citations of an answer's statements, at least one, in order."""

    citations: tuple[Citation, ...]

    @property
    def councils(self) -> frozenset[str]:
        """The councils cited."""
        return frozenset(each.segment.council for each in self.citations if each.segment.council)

    @property
    def about(self) -> str:
        """The first matter's title, body and day, as far as they are known."""
        segment = self.citations[0].segment
        parts = [segment.item_title or segment.heading, segment.body, segment.held_on]
        return ", ".join(" ".join(str(part).split()) for part in parts if part)

    def within(self, limits: Filters) -> Filters:
        """Return the limits, narrowed to the papers cited where none were named."""
        cited = frozenset(each.document.id for each in self.citations)
        return limits if limits.documents else replace(limits, documents=cited)


def precedent_of(outcome: Answer | Refusal) -> Precedent | None:
    """Return what an answer was about; None for a refusal."""
    if isinstance(outcome, Refusal):
        return None
    return Precedent(tuple(each for statement in outcome.statements for each in statement.citations))


def furthered(weighed: Weighed, own: Weighed, precedent: Precedent) -> Weighed:
    """Return a weighing with what belongs to the matter before raised, best first.

    `weighed` and `own` are of the same passages: by the question with the one before it, and by the question
    alone. Each counts half: one knows the matter, the other what is asked of it now. The scores of the table
    stay as they were weighed: how sure an answer is was learned from them. Where one thing of the very item
    is asked for, what other items say is left out, however well it fits.
    """
    said = [set(content_stems(each.quote)) for each in precedent.citations]
    kept = _KEPT.get(pointed_at(own.signals.text))
    looks_on = own.signals.types <= _LOOKS_ON
    alone = {unit.row: unit.score for unit in own.units}
    units = []
    for unit in weighed.units:
        if kept is not None and not any(kept(unit, each) for each in precedent.citations):
            continue
        score = (unit.score + alone[unit.row]) / 2
        score += max(_nearness(unit, each) for each in precedent.citations)
        if looks_on and _is_said(unit.text, said):
            score += _SAID
        units.append(replace(unit, score=score))
    return replace(weighed, units=tuple(sorted(units, key=lambda each: -each.score)))


def _is_of_item(unit: WeighedUnit, cited: Citation) -> bool:
    """Return whether a unit is of the item of a citation: two numbered minutes of one paper are two."""
    segment = unit.passage.segment
    if unit.passage.document_id == cited.document.id and segment.minute and cited.segment.minute:
        return segment.minute == cited.segment.minute and segment.held_on == cited.segment.held_on
    same = (segment.council, segment.held_on) == (cited.segment.council, cited.segment.held_on)
    dated = segment.held_on is not None or unit.passage.document_id == cited.document.id
    return same and dated and _alike(unit, cited)


def _is_later(unit: WeighedUnit, cited: Citation) -> bool:
    """Return whether a unit speaks of what was quoted, under the same title, at a later meeting.

    "Correspondence" is the title of another matter at each meeting.
    """
    first, then = cited.segment.held_on, unit.passage.segment.held_on
    later = first is not None and then is not None and then > first
    if not later or unit.passage.segment.council != cited.segment.council or not _alike(unit, cited):
        return False
    title = title_of(cited.segment, cited.document.title)
    about = set(content_stems(cited.quote)) | title
    return not title <= _OF_EVERY_MEETING and len(about & set(content_stems(unit.text))) >= _SHARED


def _is_since(unit: WeighedUnit, cited: Citation) -> bool:
    return _is_of_item(unit, cited) or _is_later(unit, cited)


def _alike(unit: WeighedUnit, cited: Citation) -> bool:
    own = title_of(unit.passage.segment, unit.passage.title)
    return alike(own, title_of(cited.segment, cited.document.title))


_KEPT: dict[Pointed | None, Callable[[WeighedUnit, Citation], bool]] = {
    Pointed.VOTE: _is_of_item,
    Pointed.MOVER: _is_of_item,
    Pointed.DUE: _is_of_item,
    Pointed.REASON: _is_of_item,
    Pointed.MORE: _is_of_item,
    Pointed.FATE: _is_since,
    Pointed.BECAME: _is_since,
    Pointed.SINCE: _is_later,
    Pointed.OFFICER: _is_of_item,
}


def _is_said(text: str, said: Sequence[set[str]]) -> bool:
    """Return whether a text says, in whatever paper, what was quoted before."""
    stems = set(content_stems(text))
    return any(len(stems & each) >= _ALREADY * len(stems | each) for each in said if each)


def _nearness(unit: WeighedUnit, cited: Citation) -> float:
    segment, passage = unit.passage.segment, unit.passage
    if segment.council != cited.segment.council:
        return 0.0
    same_day = segment.held_on == cited.segment.held_on
    near = _SAME_PAPER if passage.document_id == cited.document.id else 0.0
    if _alike(unit, cited):
        return near + (_SAME_MATTER if same_day else _SAME_TITLE)
    return near + (_SAME_MEETING if same_day and segment.body == cited.segment.body else 0.0)
