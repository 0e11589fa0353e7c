"""Which of the decisions near a subject are meant: whose, of which meeting, and what they overtook."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from qa_service.answering.clauses import NAMED_IN_TITLE, share_held
from qa_service.answering.matters import Matter, alike
from qa_service.answering.signals import Signals, content_stems
from qa_service.domain.resolutions import Resolution, Standing, Verb
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundResolution, authority

# Log-odds below the best matter at which another council's is as likely to be meant.
_SAME_MATTER = 1.25
# Share of the subject by which a decision of another meeting may name it less than the best one does.
_NEARLY_AS_MUCH = 0.1
# ... that another council's decision must name to be meant too, where no council is named.
_MOST_OF_IT = 0.75

Fitting = Sequence[tuple[Matter, FoundResolution]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The decisions meant, and the matters of earlier meetings that those of the same subject overtook."""

    decisions: Fitting
    overtaken: tuple[Matter, ...] = ()


@dataclass(frozen=True, slots=True)
class Choosing:
    """Chooses among decisions on a subject, best matter first; at least one.

    `resolution`: whether a decision is asked for, as against advice; `newest`: whether the last one is, as
    also where the question gives no time.
    """

    reader: Connection
    fitting: Fitting
    topic: Signals
    resolution: bool
    newest: bool

    def chosen(self) -> Choice:
        """Return the decisions of the best matter, and those of another council's where it is as good."""
        councils = self._councils(self._best())
        overtaken: list[Matter] = []
        if self.newest:
            named = cache(self._named)
            for council, matter in councils.items():
                *before, councils[council] = self._in_time(matter, named)
                overtaken += before
        meant = [each for each in self.fitting if councils.get(each[0].council) is each[0]]
        return Choice(meant, tuple(overtaken))

    def of_each_meeting(self) -> Choice:
        """Return, by day, the decisions of matters whose title is the best one's or names the subject."""
        councils = self._councils(self.fitting[0][0])
        kept = [
            each
            for each in self.fitting
            if (first := councils.get(each[0].council)) is not None and self._is_of_subject(each[0], first)
        ]
        return Choice(sorted(kept, key=lambda each: str(each[0].held_on)))

    def _councils(self, first: Matter) -> dict[str | None, Matter]:
        """Return by council the best matter, and another council's where it is as likely to be meant."""
        named = cache(self._named)
        councils = {first.council: first}
        for matter, _ in self.fitting:
            if (
                matter.score >= first.score - _SAME_MATTER
                or alike(matter.title, first.title)
                or named(matter) >= max(_MOST_OF_IT, named(first) - _NEARLY_AS_MUCH)
            ):
                councils.setdefault(matter.council, matter)
        return councils

    def _best(self) -> Matter:
        """Return the best matter, or where its body only advised what another has since decided."""
        first = self.fitting[0][0]
        if self.resolution and self._only_advises(first):
            later = (matter for matter, _ in self.fitting if alike(matter.title, first.title))
            return next((matter for matter in later if not self._only_advises(matter)), first)
        return first

    def _in_time(self, of: Matter, named: Callable[[Matter], float]) -> list[Matter]:
        """Return the matters of one subject and council by day, up to the last; `of` alone where it has none.

        Whoever only notes a thing decides nothing anew on it.
        """
        if of.held_on is None:
            return [of]
        matters = {
            matter
            for matter, _ in self.fitting
            if matter.held_on is not None
            and self._is_of_subject(matter, of)
            and named(matter) >= named(of) - _NEARLY_AS_MUCH
            and (matter is of or not self._only_notes(matter))
        }
        return sorted(matters, key=lambda matter: (str(matter.held_on), matter is of))

    def _is_of_subject(self, matter: Matter, first: Matter) -> bool:
        return matter.council == first.council and (
            alike(matter.title, first.title) or share_held(matter.title, self.topic) >= NAMED_IN_TITLE
        )

    def _named(self, matter: Matter) -> float:
        """Return the share of the subject that a matter's title and decisions name."""
        words = set(matter.title)
        for each, found in self.fitting:
            if each is matter:
                words.update(content_stems(slice_of(self.reader, found.document_row, found.resolution.span)))
        return share_held(words, self.topic)

    def _only_advises(self, of: Matter) -> bool:
        return all(each.standing is Standing.RECOMMENDED for each in self._resolutions(of))

    def _only_notes(self, of: Matter) -> bool:
        return all(each.verb is Verb.NOTED and len(each.clauses) <= 1 for each in self._resolutions(of))

    def _resolutions(self, of: Matter) -> list[Resolution]:
        return [found.resolution for matter, found in self.fitting if matter is of]


def once(decisions: Iterable[FoundResolution]) -> list[FoundResolution]:
    """Return decisions in order, one record a body: minutes are filed twice."""
    found = list(decisions)
    records: dict[str | None, str] = {}
    for each in sorted(found, key=lambda each: authority(each.resolution.status)):
        records.setdefault(each.resolution.body, each.document_id)
    return [each for each in found if records[each.resolution.body] == each.document_id]
