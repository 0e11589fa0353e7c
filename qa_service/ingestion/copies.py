"""Recognises by content where one paper was filed several times: as a file, in a pack, in a supplement.

Compared are papers, not files: the minutes inside a pack, the report under one item. Only papers of one
meeting are compared, as one appendix that two bodies received is two papers; a paper that tells no day is a
copy where it is the same word for word.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from qa_service.domain.documents import DocumentKind, Part, Status
from qa_service.store.passages import IndexedPassage

_DRESS = re.compile(r"[\W_]+")
_ALIKE = 0.8  # of the shorter paper's words that stand in the longer one too, line by line
_LEAST_WORDS = 40  # shorter papers are alike by chance: a divider, a nil return


@dataclass(slots=True)
class _Paper:
    """One paper inside one file: its passages, and how many words each of its lines has."""

    passages: list[IndexedPassage]
    lines: dict[str, int]

    @property
    def words(self) -> int:
        return sum(self.lines.values())


@dataclass(slots=True)
class Related:
    """Rows of passages: `copies` (copy -> original) and `superseded` (old -> its place in the reissue)."""

    copies: dict[int, int] = field(default_factory=dict)
    superseded: dict[int, int] = field(default_factory=dict)


def related_among(passages: Sequence[IndexedPassage]) -> Related:
    """Return how the passages of one access level stand to each other.

    What stands for the others is in a reissue before what it replaces, in confirmed minutes before drafts, in
    a file of its own before a pack, then in the paper that came first. A passage that the other paper has not
    word for word is no copy: it may be what was corrected, and where the other paper says that it replaces
    this one, it is superseded. Standing text is left as it is: it never wins against content.
    """
    meetings: defaultdict[object, list[_Paper]] = defaultdict(list)
    for paper in _papers(each for each in passages if not each.boilerplate):
        first = paper.passages[0]
        if paper.words >= _LEAST_WORDS:
            words = None if first.held_on else frozenset(paper.lines)
            meetings[first.council, first.body, first.held_on, first.part, words].append(paper)
    found = Related()
    for papers in meetings.values():
        if len(papers) > 1:
            _compare(sorted(papers, key=_authority), found)
    return found


def _papers(passages: Iterable[IndexedPassage]) -> Iterable[_Paper]:
    papers: dict[object, _Paper] = {}
    for each in passages:
        key = (each.document, each.part, each.council, each.body, each.held_on, each.item_of_paper)
        paper = papers.setdefault(key, _Paper([], {}))
        paper.passages.append(each)
        paper.lines.update({line: len(words.split()) for words, line in _lines(each)})
    return papers.values()


def _lines(passage: IndexedPassage) -> Iterable[tuple[str, str]]:
    """Yield (words, the same without case, blanks and marks) of each line of a passage."""
    for words in passage.content.splitlines():
        if line := _DRESS.sub("", words.lower()):
            yield words, line


def _authority(paper: _Paper) -> tuple[bool, bool, bool, int]:
    first = paper.passages[0]
    packed = DocumentKind.AGENDA_PACK in first.kinds and first.part is not Part.COVER
    return not first.is_reissue, first.status is not Status.CONFIRMED, packed, first.row


def _compare(papers: Sequence[_Paper], found: Related) -> None:
    """Add what relates the papers of one meeting, the paper of most authority first."""
    originals: list[_Paper] = []
    holders: defaultdict[str, list[int]] = defaultdict(list)  # which originals hold a line
    for paper in papers:
        shared = Counter[int]()
        for line, words in paper.lines.items():
            for number in holders[line]:
                shared[number] += words
        for number, words in shared.most_common():
            original = originals[number]
            elsewhere = paper.passages[0].document != original.passages[0].document
            if elsewhere and words >= _ALIKE * min(paper.words, original.words):
                matched = dict(_matched(paper, original))
                found.copies.update((copy, found.copies.get(row, row)) for copy, row in matched.items())
                if original.passages[0].is_reissue and not paper.passages[0].is_reissue:
                    found.superseded.update(_superseded(paper, original, matched))
                break
        for line in paper.lines:
            holders[line].append(len(originals))
        originals.append(paper)


def _matched(paper: _Paper, original: _Paper) -> Iterable[tuple[int, int]]:
    """Yield (copy, original) for each passage all of whose lines stand in the other file's paper."""
    rows = _rows_by_line(original)
    for each in paper.passages:
        lines = [line for _, line in _lines(each)]
        if lines and all(line in rows for line in lines):
            yield each.row, Counter(rows[line] for line in lines).most_common(1)[0][0]


def _superseded(paper: _Paper, reissue: _Paper, copies: Collection[int]) -> Iterable[tuple[int, int]]:
    """Yield (passage, its place in the reissue) for each passage that the reissue words otherwise."""
    rows = _rows_by_line(reissue)
    place = reissue.passages[0].row
    for each in paper.passages:
        shared = Counter(rows[line] for _, line in _lines(each) if line in rows)
        place = shared.most_common(1)[0][0] if shared else place
        if each.row not in copies:
            yield each.row, place


def _rows_by_line(paper: _Paper) -> dict[str, int]:
    rows: dict[str, int] = {}
    for each in paper.passages:
        for _, line in _lines(each):
            rows.setdefault(line, each.row)
    return rows
