"""Where a sentence ends and an entry of a list begins, in the shapes that council papers have."""

import pytest

from qa_service.domain.documents import SegmentKind
from qa_service.domain.passages import UnitKind
from qa_service.domain.spans import Span
from qa_service.ingestion.units import Joined, cut


def units(text: str) -> list[str]:
    joined = Joined.of(text, [Span(0, len(text))])
    return [" ".join(span.of(text) for span in unit.spans) for unit in cut(joined, SegmentKind.TEXT)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Cyng. Harries asked about the lane.",
        "Thanks were given to Revd. Pell and to Rev'd. Marsh for the tea.",
        "The rule stands in Para. 12 and in para. 14 of the Constitution.",
        "See Fig. 3 and figs. 4 to 6 for the flows.",
        "Art. 8 and No. 12 apply, as do pp. 3 and 4.",
        "Sgt. Maddox and Supt. Oram spoke of the ford.",
        "Mr. J. R. Bell and Cllrs. Strand and Bhatt voted.",
        "The Co. Ltd. Board was told, e.g. Marle Water.",
    ],
)
def test_a_short_form_ends_no_sentence(sentence: str) -> None:
    assert units(sentence + " It was noted.") == [sentence, "It was noted."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "It was the state of the art. The Panel agreed.",
            ["It was the state of the art.", "The Panel agreed."],
        ),
        ("Members said no. The vote was lost.", ["Members said no.", "The vote was lost."]),
        ("Costs stand in Appendix B. The rest is here.", ["Costs stand in Appendix B.", "The rest is here."]),
        ("They chose Option C. Work begins.", ["They chose Option C.", "Work begins."]),
        ("It closed at 4 p.m. The Chair left.", ["It closed at 4 p.m.", "The Chair left."]),
    ],
)
def test_a_sentence_may_end_with_what_looks_like_one(text: str, found: list[str]) -> None:
    assert units(text) == found


@pytest.mark.parametrize("bullet", ["•", "• ", "▪", "● ", "\uf0b7", "\uf0a7 ", "·\xa0\xa0\xa0", "o ", "- "])
def test_every_bullet_opens_an_entry_glued_or_not(bullet: str) -> None:
    text = f"It was told that:\n{bullet}Gullies were emptied\n{bullet}Doors were fitted\n"
    joined = Joined.of(text, [Span(0, len(text))])
    found = cut(joined, SegmentKind.TEXT)
    assert [unit.kind for unit in found] == [UnitKind.LEAD_IN, UnitKind.LIST_ITEM, UnitKind.LIST_ITEM]
    assert [unit.lead for unit in found] == [None, 0, 0]


@pytest.mark.parametrize("start", ["-5% was the change", "*Present at the meeting", "o'clock was struck"])
def test_a_dash_or_a_letter_glued_to_a_word_is_none(start: str) -> None:
    text = f"The figure for the year was\n{start} as before."
    assert len(units(text)) == 1


@pytest.mark.parametrize(
    "table",
    [
        "| Year | Visits |\n|---|---|\n| 2023 | 410 |\n| 2024 | 392 |\n",
        "Year Visits\n2023: 410 visits\n2024: 392 visits\n",
    ],
)
def test_a_table_keeps_its_header_with_each_row(table: str) -> None:
    found = cut(Joined.of(table, [Span(0, len(table))]), SegmentKind.TABLE)
    assert [unit.kind for unit in found] == [UnitKind.ROW] * 3
    assert [unit.lead for unit in found] == [None, 0, 0]
    assert "Year" in found[0].spans[0].of(table)


def test_a_row_whose_cells_say_what_they_hold_is_no_header_of_the_next() -> None:
    table = "Otter Weir | 310 visits a year | open daily\nEbb Ford | 95 visits a year | open daily\n"
    found = cut(Joined.of(table, [Span(0, len(table))]), SegmentKind.TABLE)
    assert [unit.lead for unit in found] == [None, None]


def test_rows_too_short_to_be_quoted_alone_keep_the_first_with_them() -> None:
    table = "Weir | 310 visits\nFord | 95 visits\n"
    found = cut(Joined.of(table, [Span(0, len(table))]), SegmentKind.TABLE)
    assert [unit.lead for unit in found] == [None, 0]


def test_years_above_figures_are_a_header() -> None:
    table = "Place of visit | 2023 | 2024 | both years\nOtter Weir | 310 | 95 | 405 together\n"
    found = cut(Joined.of(table, [Span(0, len(table))]), SegmentKind.TABLE)
    assert [unit.lead for unit in found] == [None, 0]


def test_the_figures_of_a_flattened_table_stay_with_the_label_above_them() -> None:
    table = "Area\nMar-20\nApr-20\nReferrals\n1710\n1180\nConferences\n163\n160\n"
    rows = [
        " ".join(unit.spans[0].of(table).split())
        for unit in cut(Joined.of(table, [Span(0, len(table))]), SegmentKind.TABLE)
    ]
    assert "Referrals 1710 1180" in rows
    assert "Conferences 163 160" in rows


def test_a_cell_that_runs_over_lines_is_one_row_and_its_sentences_are_cut() -> None:
    cell = "Less is paid for\nits removal\nfrom the autumn. Lorries are\nshared by two."
    table = f"Service\nFood waste\n{cell}\nTrees\n"
    rows = [
        " ".join(" ".join(span.of(table) for span in unit.spans).split())
        for unit in cut(Joined.of(table, [Span(0, len(table))]), SegmentKind.TABLE)
    ]
    assert rows == [
        "Service",
        "Food waste",
        "Less is paid for its removal from the autumn.",
        "Lorries are shared by two.",
        "Trees",
    ]
