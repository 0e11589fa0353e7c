from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qa_service.documents.quote_boxes import Box, PageCharacters, quote_boxes
from qa_service.domain.spans import Span


def page_of(text: str, line_length: int = 40) -> PageCharacters:
    """A page on which every character is 5 wide and every line 10 high."""
    boxes, column, row = [], 0, 0
    for character in text:
        boxes.append(Box(column * 5, row * 12, column * 5 + 5, row * 12 + 10))
        column += 1
        if character == "\n" or column == line_length:
            column, row = 0, row + 1
    return PageCharacters(200, 300, text, tuple(boxes))


def words_in(boxes: tuple[Box, ...], page: PageCharacters) -> str:
    """The letters whose middle lies in one of the boxes."""
    return "".join(
        character
        for character, at in zip(page.text, page.boxes, strict=True)
        if not character.isspace()
        and any(
            box.left <= (at.left + at.right) / 2 <= box.right
            and box.top <= (at.top + at.bottom) / 2 <= box.bottom
            for box in boxes
        )
    )


def span_of(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote))


def test_a_quote_on_one_line_has_one_box() -> None:
    text = "The panel met. It agreed to plant oaks."
    page = page_of(text)
    boxes = quote_boxes(text, span_of(text, "It agreed"), page)
    assert boxes == (Box(75, 0, 120, 10),)


def test_a_quote_over_a_line_end_has_a_box_a_line() -> None:
    text = "The panel agreed to plant\noaks along the lane."
    boxes = quote_boxes(text, span_of(text, "plant\noaks"), page_of(text))
    assert boxes is not None
    assert [(box.left, box.top) for box in boxes] == [(100, 0), (0, 12)]


def test_of_the_same_words_twice_the_quoted_ones_are_boxed() -> None:
    text = "Item 4: noted.\nItem 5: noted.\nItem 6: noted."
    second = Span(text.index("noted", 20), text.index("noted", 20) + 5)
    boxes = quote_boxes(text, second, page_of(text))
    assert boxes is not None
    assert [box.top for box in boxes] == [12]


def test_ligatures_and_line_end_hyphens_do_not_hide_a_quote() -> None:
    stored = "The o\ufb03cer will co-\nordinate reviews."
    drawn = "The officer will co\x02ordinate reviews."
    page = page_of(drawn)
    boxes = quote_boxes(stored, span_of(stored, "o\ufb03cer will co-\nordinate"), page)
    assert boxes is not None
    assert words_in(boxes, page).replace("\x02", "") == "officerwillcoordinate"


def test_a_quote_whose_parts_stand_in_another_order_is_boxed_in_pieces() -> None:
    stored = "Councillors present: Ash, Birch\nApologies: Cedar and Damson"
    drawn = "Apologies: Cedar and Damson\nCouncillors present: Ash, Birch"
    page = page_of(drawn)
    boxes = quote_boxes(stored, Span(0, len(stored)), page)
    assert boxes is not None
    assert sorted(words_in(boxes, page)) == sorted(drawn.replace(" ", "").replace("\n", ""))


def test_words_that_are_not_on_the_page_have_no_boxes() -> None:
    stored = "Planning permission was refused."
    assert quote_boxes(stored, Span(0, len(stored)), page_of("A picture of a lighthouse, drawn.")) is None


def test_blanks_have_no_boxes() -> None:
    text = "One.   Two."
    assert quote_boxes(text, Span(4, 7), page_of(text)) is None


def test_a_page_of_one_letter_is_answered_in_bounded_time() -> None:
    text = "a" * 19_000
    boxes = quote_boxes(text, Span(100, 9_000), page_of(text))
    assert boxes is not None


@given(
    words=st.lists(st.text("abcdefg", min_size=1, max_size=8), min_size=1, max_size=60),
    data=st.data(),
)
def test_where_both_readings_agree_exactly_the_quoted_letters_are_boxed(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    page = page_of(text, line_length=20)
    starts = [0, *(at + 1 for at, character in enumerate(text) if character == " ")]
    start = data.draw(st.sampled_from(starts))
    end = data.draw(st.integers(min_value=start + 1, max_value=len(text)))
    boxes = quote_boxes(text, Span(start, end), page)
    quoted = text[start:end].replace(" ", "")
    if len(text.replace(" ", "")) < 60:  # short enough for the surroundings to tell all places apart
        assert boxes is not None
        assert words_in(boxes, page) == quoted
    assert all(one.top <= following.top for one, following in pairwise(boxes or ()))
