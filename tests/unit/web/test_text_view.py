from hypothesis import given
from hypothesis import strategies as st

from qa_service.domain.documents import SegmentKind
from qa_service.domain.spans import Span
from qa_service.store.reading import Block
from qa_service.web.text_view import TextBlock, text_blocks

TEXT = "12. TREES\n\nRESOLVED that oaks be planted.\n\n- 4 -\n"
BLOCKS = [
    Block(0, SegmentKind.HEADING, Span(100, 111), "en"),
    Block(1, SegmentKind.RESOLUTION, Span(111, 143), "en"),
    Block(2, SegmentKind.PAGE_MARK, Span(143, 149), "en"),
]


def marked(blocks: list[TextBlock]) -> str:
    return "".join(line for block in blocks for piece in block.pieces if piece.marked for line in piece.lines)


def shown(blocks: list[TextBlock]) -> list[str]:
    return ["".join(line for piece in block.pieces for line in piece.lines) for block in blocks]


def test_each_segment_is_a_block_without_the_blanks_at_its_ends() -> None:
    blocks = text_blocks(TEXT, 100, BLOCKS, None)
    assert shown(blocks) == ["12. TREES", "RESOLVED that oaks be planted.", "- 4 -"]
    assert [block.heading for block in blocks] == [True, False, False]
    assert [block.faint for block in blocks] == [False, False, True]


def test_the_quoted_words_are_marked_and_the_first_of_them_is_the_anchor() -> None:
    quote = Span(104, 119)  # "TREES\n\nRESOLVED"
    blocks = text_blocks(TEXT, 100, BLOCKS, quote)
    assert marked(blocks) == "TREESRESOLVED"
    anchors = [piece for block in blocks for piece in block.pieces if piece.anchor]
    assert [piece.lines for piece in anchors] == [("TREES",)]


def test_a_segment_of_blanks_is_no_block() -> None:
    assert text_blocks("\n \n", 0, [Block(0, SegmentKind.BLANK, Span(0, 3), "en")], None) == []


def test_a_welsh_segment_says_so() -> None:
    (block,) = text_blocks("Croeso", 0, [Block(0, SegmentKind.TEXT, Span(0, 6), "cy")], None)
    assert block.language == "cy"


@given(st.data())
def test_what_is_marked_is_what_the_quote_covers_but_for_blanks(data: st.DataObject) -> None:
    start = data.draw(st.integers(min_value=100, max_value=147))
    end = data.draw(st.integers(min_value=start + 1, max_value=149))
    found = marked(text_blocks(TEXT, 100, BLOCKS, Span(start, end)))
    assert found.split() == "".join(marked_part(start, end)).split()


def marked_part(start: int, end: int) -> list[str]:
    """The quoted part of each block, by hand."""
    return [
        TEXT[max(start, block.span.start) - 100 : min(end, block.span.end) - 100].strip("\n ")
        if max(start, block.span.start) < min(end, block.span.end)
        else ""
        for block in BLOCKS
    ]
