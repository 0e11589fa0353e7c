"""Pages of a Markdown text: where a converter drew rules between them, and what stands below each."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from qa_service.documents.lines import Line
from qa_service.documents.page_marks import PageMarks
from qa_service.domain.documents import SegmentKind

_RULE = re.compile(r"-{3,}")
_NUMBER = re.compile(r"\d{1,3}")
_REPEATS = 2  # a line below so many rules, and below four in ten of them, is no part of the text
_SHARE = 0.4


def mark_ruled_pages(lines: Sequence[Line], marks: PageMarks) -> None:
    """Add the page numbers and the running lines that stand below rules to the marks of the page.

    A number is one where it counts up with the rules: a lone "2" may be an item's as well.
    """
    opened = list(_below_rules(lines))
    heads = Counter(lines[index].plain for index in opened)
    needed = max(_REPEATS, _SHARE * len(opened))
    steps = Counter(
        int(lines[index].plain) - place
        for place, index in enumerate(opened)
        if _NUMBER.fullmatch(lines[index].plain)
    )
    step = next((step for step, times in steps.most_common(1) if times >= _REPEATS or step in (0, 1)), None)
    for place, index in enumerate(opened):
        words = lines[index].plain
        counts = _NUMBER.fullmatch(words) is not None and int(words) - place == step
        if counts or (heads[words] >= needed and not _NUMBER.fullmatch(words)):
            marks.kinds.setdefault(index, SegmentKind.PAGE_MARK)


def _below_rules(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the first line with words below each rule."""
    ruled = False
    for index, line in enumerate(lines):
        if _RULE.fullmatch(line.plain):
            ruled = True
        elif ruled and not line.blank:
            ruled = False
            yield index
