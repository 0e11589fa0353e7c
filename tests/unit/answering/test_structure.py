"""Standing text never wins against content, however well it fits the question."""

import pytest

from qa_service.answering.structure import prior
from qa_service.domain.documents import Part, Segment, SegmentKind
from qa_service.domain.passages import UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.intents import Intent


def segment(kind: SegmentKind) -> Segment:
    return Segment("d", kind, Part.REPORT, Span(0, 10))


@pytest.mark.parametrize("intent", list(Intent))
def test_standing_text_is_put_behind_content_whatever_is_asked(intent: Intent) -> None:
    standing = prior(segment(SegmentKind.BOILERPLATE), UnitKind.SENTENCE, intent, boilerplate=True)
    content = prior(segment(SegmentKind.TEXT), UnitKind.SENTENCE, intent, boilerplate=False)
    assert content - standing >= 6.0
