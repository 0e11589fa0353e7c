"""What counts as the same paper filed twice, and what does not."""

from collections.abc import Sequence
from dataclasses import replace

from qa_service.domain.documents import DocumentKind, Part, Status
from qa_service.ingestion.copies import related_among
from qa_service.store.passages import IndexedPassage

LINES = tuple(
    f"The {what} at Ebbfold was looked at by the engineer, who found it sound in every part."
    for what in ("bridge", "culvert", "ford", "weir", "sluice", "towpath")
)
ALONE, PACK = frozenset({DocumentKind.MINUTES}), frozenset({DocumentKind.MINUTES, DocumentKind.AGENDA_PACK})


def copies_among(passages: Sequence[IndexedPassage]) -> dict[int, int]:
    return related_among(passages).copies


def passage(
    row: int,
    document: str,
    lines: Sequence[str],
    kinds: frozenset[DocumentKind] = ALONE,
    status: Status = Status.UNKNOWN,
) -> IndexedPassage:
    return IndexedPassage(
        row=row,
        document=document,
        council="Marlshire County Council",
        body="Cabinet",
        held_on="2024-01-18",
        kinds=kinds,
        boilerplate=False,
        header="Cabinet",
        content="\n".join(lines),
        part=Part.MINUTES,
        status=status,
    )


def filed(
    document: str, first_row: int, lines: Sequence[str] = LINES, *, size: int = 2
) -> list[IndexedPassage]:
    """Return a paper cut into passages of so many lines."""
    cuts = range(0, len(lines), size)
    return [passage(first_row + at // size, document, lines[at : at + size]) for at in cuts]


def test_the_same_paper_in_two_files_is_one_though_it_was_cut_otherwise() -> None:
    assert copies_among([*filed("a", 1), *filed("b", 11, size=3)]) == {11: 1, 12: 3}


def test_blanks_capitals_and_marks_make_no_other_paper() -> None:
    dressed = [line.upper().replace(",", " ,").replace(" ", "  ") for line in LINES]
    assert copies_among([*filed("a", 1), *filed("b", 11, dressed)]) == {11: 1, 12: 2, 13: 3}


def test_the_file_of_its_own_stands_for_the_pack_and_confirmed_minutes_for_drafts() -> None:
    packed = [replace(each, kinds=PACK) for each in filed("pack", 1)]
    assert copies_among([*packed, *filed("alone", 11)]) == {1: 11, 2: 12, 3: 13}
    confirmed = [replace(each, status=Status.CONFIRMED) for each in packed]
    assert copies_among([*confirmed, *filed("alone", 11)]) == {11: 1, 12: 2, 13: 3}


def test_three_files_have_one_original() -> None:
    assert copies_among([*filed("a", 1), *filed("b", 11), *filed("c", 21)]) == {
        11: 1, 12: 2, 13: 3, 21: 1, 22: 2, 23: 3,
    }  # fmt: skip


def test_what_was_corrected_is_no_copy() -> None:
    lines = [*LINES, *(f"{line} So said the Chair in his own words." for line in LINES)]
    corrected = [line.replace("ford", "Upper Ford") for line in lines]
    found = copies_among([*filed("a", 1, lines), *filed("b", 11, corrected)])
    changed = {11 + at // 2 for at, line in enumerate(lines) if "ford " in line}
    assert changed
    assert found.keys() == {11 + at for at in range(6)} - changed


def test_one_text_for_two_meetings_is_two_papers() -> None:
    other = [replace(each, held_on="2024-03-14") for each in filed("b", 11)]
    undated = [replace(each, held_on=None) for each in filed("c", 21)]
    assert copies_among([*filed("a", 1), *other, *undated]) == {}


def test_an_undated_paper_is_a_copy_only_word_for_word() -> None:
    undated = [replace(each, held_on=None) for each in filed("a", 1)]
    again = [replace(each, held_on=None) for each in filed("b", 11)]
    assert copies_among([*undated, *again]) == {11: 1, 12: 2, 13: 3}
    longer = [replace(each, held_on=None) for each in filed("b", 11, [*LINES, "The Chair thanked him."])]
    assert copies_among([*undated, *longer]) == {}


def reissued(lines: Sequence[str] = LINES, first_row: int = 11) -> list[IndexedPassage]:
    return [replace(each, is_reissue=True) for each in filed("reissue", first_row, lines, size=1)]


def test_a_reissue_stands_for_what_it_replaces_and_supersedes_what_it_words_otherwise() -> None:
    corrected = [line.replace("ford", "Upper Ford") for line in LINES]
    found = related_among([*filed("old", 1, size=1), *reissued(corrected)])
    assert found.copies == {1: 11, 2: 12, 4: 14, 5: 15, 6: 16}
    assert found.superseded == {3: 12}


def test_without_the_words_that_say_so_nothing_is_superseded() -> None:
    corrected = [line.replace("ford", "Upper Ford") for line in LINES]
    assert related_among([*filed("old", 1), *filed("new", 11, corrected)]).superseded == {}
    assert related_among([*reissued(), *reissued(corrected, 21)]).superseded == {}


def test_a_paper_on_something_else_is_not_superseded() -> None:
    other = [line.replace("engineer", "surveyor of trees").replace("sound", "rotten") for line in LINES]
    assert related_among([*filed("old", 1, other), *reissued()]).superseded == {}


def test_what_one_file_says_twice_and_what_is_short_is_left_alone() -> None:
    repeated = [replace(each, item="9", part=Part.REPORT) for each in filed("a", 11)]
    reports = [replace(each, item="8", part=Part.REPORT) for each in filed("a", 1)]
    assert copies_among([*reports, *repeated]) == {}
    assert copies_among([*filed("a", 1, LINES[:1]), *filed("b", 11, LINES[:1])]) == {}
