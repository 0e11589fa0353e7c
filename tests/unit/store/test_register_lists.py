from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.documents import SegmentKind, Status
from qa_service.domain.register import RegisterQuery, Report, Says, Verdicts, state_on
from qa_service.domain.resolutions import (
    Clause,
    Commitment,
    CommitmentState,
    Resolution,
    Standing,
    Verb,
    Vote,
)
from qa_service.domain.spans import Span
from qa_service.store.database import Connection
from qa_service.store.documents import words_of
from qa_service.store.generations import Generation, current_number, switch
from qa_service.store.papers import close_documents, discard_closed, insert_paper
from qa_service.store.register import insert_commitments, insert_resolutions
from qa_service.store.register_links import LinkRow, replace_copies, replace_follow_ups
from qa_service.store.register_lists import (
    ListedCommitment,
    brief_commitments,
    commitments_at,
    commitments_in_rows,
    commitments_reported_in,
    count_by_standing,
    count_resolutions,
    list_commitments,
    list_resolutions,
    page_of_commitments,
)
from qa_service.store.words_match import words_match
from tests.factories import BODY, COUNCIL, HELD_ON, Block, block, make_paper

DAY = date(2024, 7, 1)
TEXT = "RESOLVED that the bridges at Ebbfold be mended."


def resolution(text: str = TEXT, **facts: object) -> Resolution:
    span = Span(0, len(text))
    plain = Resolution(
        "", Verb.AGREED, Standing.RESOLVED, (Clause(span),), span, COUNCIL, BODY, HELD_ON, Status.DRAFT
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


class Shelf:
    """Papers of one sentence each, published at once."""

    def __init__(self, writer: Connection) -> None:
        self.writer = writer
        self.numbers = count(1)

    def put(
        self,
        *found: Resolution | Commitment,
        text: str = TEXT,
        parts: Sequence[Block] = (),
        access: Access = Access.PUBLIC,
    ) -> int:
        id_ = f"d{next(self.numbers)}"
        paper = make_paper(parts or [block(text)], id_=id_, access=access)
        with self.writer.transaction():
            number = current_number(self.writer, access) + 1
            row = insert_paper(self.writer, paper, id_, number)
            given = [replace(each, id=f"{id_}-{at}") for at, each in enumerate(found)]
            decisions = tuple(each for each in given if isinstance(each, Resolution))
            promises = tuple(each for each in given if isinstance(each, Commitment))
            insert_resolutions(self.writer, row, replace(paper, resolutions=decisions))
            insert_commitments(self.writer, row, replace(paper, commitments=promises))
            switch(self.writer, Generation(access, number, "", 0, 0, 0, "", 1))
            replace_copies(self.writer, access)
        return row

    def ids(self, allowed: frozenset[Access] = PUBLIC_ONLY, **query: object) -> list[str]:
        asked = RegisterQuery(**query)  # type: ignore[arg-type]
        found = [each.document_id for each in list_resolutions(self.writer, asked, allowed, 0, 50)]
        assert count_resolutions(self.writer, asked, allowed) == len(found)
        counts = count_by_standing(self.writer, asked, allowed)
        assert sum(counts[standing] for standing in asked.standings or counts) == len(found)
        return found


@pytest.fixture
def shelf(writer: Connection) -> Shelf:
    return Shelf(writer)


def test_decisions_come_newest_first_and_undated_last(shelf: Shelf) -> None:
    for held_on in (date(2023, 1, 1), None, date(2025, 1, 1)):
        shelf.put(resolution(held_on=held_on))
    assert shelf.ids() == ["d3", "d1", "d2"]
    assert shelf.ids(oldest_first=True) == ["d1", "d3", "d2"]


def test_a_page_mark_inside_a_decision_makes_it_no_other_decision(writer: Connection, shelf: Shelf) -> None:
    first, rest = "RESOLVED that the bridges", "at Ebbfold be mended."
    shelf.put(resolution())
    parts = [block(first), block("Page 4", SegmentKind.PAGE_MARK, new_page=True), block(rest)]
    whole = resolution(f"{first}\nPage 4\n{rest}")
    row = shelf.put(whole, parts=parts)
    assert shelf.ids() == ["d1"]
    assert words_of(writer, row, whole.span) == TEXT


def test_words_are_found_inflected_and_all_of_them_must_occur(shelf: Shelf) -> None:
    shelf.put(resolution())
    assert shelf.ids(text="bridge mending") == ["d1"]
    assert shelf.ids(text="bridge ferry") == []


@pytest.mark.parametrize("typed", ['"', "NOT", "a OR b", "words:", "*", "NEAR(", "'; DROP TABLE resolution"])
def test_what_is_typed_is_never_syntax(shelf: Shelf, typed: str) -> None:
    shelf.put(resolution())
    assert shelf.ids(text=typed) == []
    assert shelf.ids() == ["d1"]


def test_a_search_without_a_word_matches_nothing() -> None:
    assert words_match(" .,; ") == ""


def test_people_are_movers_seconders_and_those_whose_votes_are_named(shelf: Shelf) -> None:
    vote = Vote(Span(0, 5), supporters=("Cllr Umeh",), opponents=("Cllr Bunce",))
    shelf.put(resolution(proposer="Cllr Naylor", seconder="Cllr Thackray", vote=vote))
    for name in ("Naylor", "thackray", "Cllr Umeh", "Bunce"):
        assert shelf.ids(person=name) == ["d1"]
    assert shelf.ids(person="Ebbfold") == []


def test_every_filter_narrows(shelf: Shelf) -> None:
    shelf.put(resolution())
    shelf.put(resolution(body="Cabinet", verb=Verb.NOTED, standing=Standing.RECOMMENDED, held_on=DAY))
    assert shelf.ids(bodies=frozenset({"Cabinet"})) == ["d2"]
    assert shelf.ids(verbs=frozenset({Verb.AGREED})) == ["d1"]
    assert shelf.ids(standings=frozenset({Standing.RECOMMENDED})) == ["d2"]
    assert shelf.ids(held_from=DAY) == ["d2"]
    assert shelf.ids(held_to=HELD_ON) == ["d1"]
    assert shelf.ids(councils=frozenset({"Elsewhere"})) == []


def test_minutes_filed_twice_are_listed_once_and_the_confirmed_ones_stand(shelf: Shelf) -> None:
    shelf.put(resolution())
    shelf.put(resolution(status=Status.CONFIRMED))
    assert shelf.ids() == ["d2"]
    (listed,) = list_resolutions(shelf.writer, RegisterQuery(), PUBLIC_ONLY, 0, 9)
    assert listed.copies == 1


def test_a_copy_is_shown_again_once_the_paper_that_stood_for_it_is_gone(shelf: Shelf) -> None:
    shelf.put(resolution())
    row = shelf.put(resolution(status=Status.CONFIRMED))
    with shelf.writer.transaction():
        close_documents(shelf.writer, [row], 3)
        switch(shelf.writer, Generation(Access.PUBLIC, 3, "", 0, 0, 0, "", 1))
    assert shelf.ids() == ["d1"]


def test_two_items_of_a_meeting_that_decide_in_the_same_words_are_two(shelf: Shelf) -> None:
    shelf.put(resolution(minute="4"), resolution(minute="5"))
    assert len(shelf.ids()) == 2


def test_an_exempt_paper_is_in_no_list_no_count_and_hides_no_public_one(shelf: Shelf) -> None:
    shelf.put(resolution(status=Status.CONFIRMED), access=Access.EXEMPT)
    assert shelf.ids(text="Ebbfold") == []
    shelf.put(resolution())
    assert shelf.ids() == ["d2"]
    (listed,) = list_resolutions(shelf.writer, RegisterQuery(), PUBLIC_ONLY, 0, 9)
    assert listed.copies == 0


def test_the_words_of_a_removed_paper_are_gone(shelf: Shelf) -> None:
    row = shelf.put(resolution(), promise())
    with shelf.writer.transaction():
        close_documents(shelf.writer, [row], 2)
        switch(shelf.writer, Generation(Access.PUBLIC, 2, "", 0, 0, 0, "", 1))
    discard_closed(shelf.writer)
    for table in ("resolution_words", "commitment_words"):
        assert shelf.writer.value(f"SELECT count(*) FROM {table}") == 0  # noqa: S608
        stored = shelf.writer.query(f"SELECT block FROM {table}_data")  # noqa: S608
        assert not any(b"ebbfold" in (each["block"] or b"") for each in stored)


def test_pages_tile_the_list(shelf: Shelf) -> None:
    for number in range(7):
        shelf.put(resolution(minute=str(number)))
    pages = [list_resolutions(shelf.writer, RegisterQuery(), PUBLIC_ONLY, skip, 3) for skip in (0, 3, 6)]
    assert [each.document_id for page in pages for each in page] == [f"d{n}" for n in range(1, 8)]


def test_a_list_is_read_in_the_order_of_an_index_and_sorts_nothing(shelf: Shelf) -> None:
    plan = shelf.writer.query(
        """EXPLAIN QUERY PLAN SELECT row FROM resolution
           WHERE +document_row IN (SELECT row FROM visible_document WHERE access = 'public')
           ORDER BY held_on DESC, document_row, start LIMIT 50"""
    )
    assert not any("TEMP B-TREE" in step["detail"] for step in plan)


def promise(**facts: object) -> Commitment:
    plain = Commitment(
        "", Span(0, len(TEXT)), Standing.MINUTED, COUNCIL, BODY, HELD_ON, due=date(2024, 6, 30)
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


def states(
    shelf: Shelf, on: date = DAY, verdicts: dict[tuple[str, str], tuple[str, Says | None]] | None = None
) -> list[str]:
    asked = RegisterQuery()
    listed = list_commitments(shelf.writer, asked, PUBLIC_ONLY, on, Verdicts(verdicts or {}))
    return [each.state.value for each in listed]


def linked(shelf: Shelf, says: Says = Says.DONE, reported_on: date | None = date(2024, 6, 1)) -> None:
    shelf.put(promise())
    later = shelf.put(text="The bridge was mended.")
    row = shelf.writer.value("SELECT row FROM commitment")
    link = LinkRow(row, later, Span(0, 22), "evidence", says.value, reported_on, "words")
    replace_follow_ups(shelf.writer, Access.PUBLIC, [link])


def test_a_commitment_is_overdue_only_after_its_day(shelf: Shelf) -> None:
    shelf.put(promise())
    assert states(shelf, date(2024, 6, 30)) == ["open"]
    assert states(shelf, DAY) == ["overdue"]


def test_only_a_paper_that_says_so_closes_a_commitment(shelf: Shelf) -> None:
    linked(shelf)
    assert states(shelf) == ["reported done"]
    assert states(shelf, date(2024, 5, 31)) == ["open"], "the meeting that reports it was not yet held"


@pytest.mark.parametrize("says", [Says.PROGRESS, Says.NOT_DONE, Says.PARTLY_DONE])
def test_progress_closes_nothing(shelf: Shelf, says: Says) -> None:
    linked(shelf, says)
    assert states(shelf) == ["overdue"]


def test_a_person_may_reject_or_correct_a_link(shelf: Shelf) -> None:
    linked(shelf)
    key = shelf.writer.value("SELECT key FROM commitment")
    assert states(shelf, verdicts={(key, "evidence"): ("rejected", None)}) == ["overdue"]
    assert states(shelf, verdicts={(key, "evidence"): ("corrected", Says.SUPERSEDED)}) == ["superseded"]
    assert states(shelf, verdicts={(key, "evidence"): ("confirmed", None)}) == ["reported done"]


def test_the_key_of_a_commitment_is_that_of_its_content(shelf: Shelf) -> None:
    shelf.put(promise())
    shelf.put(promise())
    assert len({row["key"] for row in shelf.writer.query("SELECT key FROM commitment")}) == 1


def test_a_due_day_that_no_calendar_settles_leaves_the_state_unknown() -> None:
    assert state_on(None, "before the next winter", [], DAY) is CommitmentState.UNKNOWN
    assert state_on(None, None, [], DAY) is CommitmentState.OPEN
    undated = [Report(Says.DONE, None)]
    assert state_on(None, None, undated, DAY) is CommitmentState.REPORTED_DONE


def test_a_page_of_commitments_is_a_slice_of_the_list_and_counts_every_state(shelf: Shelf) -> None:
    linked(shelf)
    shelf.put(promise(due=date(2024, 8, 31)), text="RESOLVED that the weirs at Ebbfold be raised soon.")
    shelf.put(promise(due=date(2024, 5, 31)), text="RESOLVED that the locks at Ebbfold be cleaned now.")
    whole = list_commitments(shelf.writer, RegisterQuery(), PUBLIC_ONLY, DAY, Verdicts())
    assert len(whole) == 3
    for skip in range(4):
        page = slice(skip, skip + 2)
        listed, counts = page_of_commitments(
            shelf.writer, RegisterQuery(), PUBLIC_ONLY, DAY, Verdicts(), page
        )
        assert listed == whole[page]
        assert counts == Counter(each.state for each in whole)
    overdue = RegisterQuery(states=frozenset({CommitmentState.OVERDUE}))
    listed, counts = page_of_commitments(shelf.writer, overdue, PUBLIC_ONLY, DAY, Verdicts(), slice(0, 9))
    assert [each.state for each in listed] == [CommitmentState.OVERDUE]
    assert counts[CommitmentState.REPORTED_DONE] == 1


def test_commitments_are_found_at_the_places_that_print_them_first_or_again(shelf: Shelf) -> None:
    shelf.put(promise())
    shelf.put(promise())
    shelf.put(promise(due=date(2024, 8, 31)), text="RESOLVED that the weirs at Ebbfold be raised soon.")
    listed = list_commitments(shelf.writer, RegisterQuery(), PUBLIC_ONLY, DAY, Verdicts())
    assert len(listed) == 2

    def at(document_id: str, span: Span, asked: RegisterQuery) -> list[ListedCommitment]:
        return commitments_at(shelf.writer, [(document_id, span)], asked, PUBLIC_ONLY, DAY, Verdicts())

    overdue = RegisterQuery(states=frozenset({CommitmentState.OVERDUE}))
    for each in listed:
        span = each.commitment.span
        for printed_in in ("d1", "d2") if each.copies else ("d3",):
            assert at(printed_in, Span(span.end - 1, span.end + 9), RegisterQuery()) == [each]
            assert at(printed_in, Span(span.end, span.end + 9), RegisterQuery()) == []
            assert at(printed_in, span, overdue) == [each] * (each.state is CommitmentState.OVERDUE)
            assert at(printed_in, span, RegisterQuery(councils=frozenset({"Elsewhere"}))) == []
    places = [(name, listed[0].commitment.span) for name in ("d1", "d2", "d3")]
    every = commitments_at(shelf.writer, places, RegisterQuery(), PUBLIC_ONLY, DAY, Verdicts())
    assert every == listed


def test_what_an_exempt_paper_promises_is_found_at_no_place_by_others(shelf: Shelf) -> None:
    shelf.put(promise())
    shelf.put(promise(), access=Access.EXEMPT)
    both = frozenset({Access.PUBLIC, Access.EXEMPT})
    listed, again = list_commitments(shelf.writer, RegisterQuery(), both, DAY, Verdicts())
    row = {"row": again.row, "first": listed.row}
    shelf.writer.execute("INSERT INTO register_copy VALUES ('commitment', :row, :first)", row)
    listed = replace(listed, copies=1)
    for allowed, found in ((both, [listed]), (PUBLIC_ONLY, [])):
        places = [("d2", listed.commitment.span)]
        assert commitments_at(shelf.writer, places, RegisterQuery(), allowed, DAY, Verdicts()) == found


def test_commitments_in_brief_are_those_of_the_list_with_the_words_to_choose_by(shelf: Shelf) -> None:
    linked(shelf)
    shelf.put(promise(due=None), text="RESOLVED that the weirs at Ebbfold be raised soon.")
    shelf.put(promise(due=date(2024, 5, 31), heading="LOCKS"), text="RESOLVED that the locks be cleaned now.")
    for wanted in ((), (CommitmentState.OVERDUE,), (CommitmentState.OPEN, CommitmentState.REPORTED_DONE)):
        asked = RegisterQuery(states=frozenset(wanted))
        whole = list_commitments(shelf.writer, asked, PUBLIC_ONLY, DAY, Verdicts())
        brief = brief_commitments(shelf.writer, asked, PUBLIC_ONLY, DAY, Verdicts())
        assert [(each.row, each.made_at, each.due) for each in brief] == [
            (each.row, each.commitment.made_at, each.commitment.due) for each in whole
        ]
        rows = [each.row for each in brief]
        assert commitments_in_rows(shelf.writer, rows[::-1], PUBLIC_ONLY, DAY, Verdicts()) == whole
    (late,) = brief_commitments(
        shelf.writer, RegisterQuery(states=frozenset({CommitmentState.OVERDUE})), PUBLIC_ONLY, DAY, Verdicts()
    )
    assert late.words.split() == "LOCKS RESOLVED that the locks be cleaned now.".split()


def test_what_an_exempt_paper_promises_is_in_no_choice(shelf: Shelf) -> None:
    shelf.put(promise(), access=Access.EXEMPT)
    both = frozenset({Access.PUBLIC, Access.EXEMPT})
    (brief,) = brief_commitments(shelf.writer, RegisterQuery(), both, DAY, Verdicts())
    assert brief_commitments(shelf.writer, RegisterQuery(), PUBLIC_ONLY, DAY, Verdicts()) == []
    assert len(commitments_in_rows(shelf.writer, [brief.row], both, DAY, Verdicts())) == 1
    assert commitments_in_rows(shelf.writer, [brief.row], PUBLIC_ONLY, DAY, Verdicts()) == []


def test_the_commitments_that_a_paper_reports_on_are_those_linked_and_those_linked_by_hand(
    shelf: Shelf,
) -> None:
    linked(shelf)
    shelf.put(promise(minute="9"), text="RESOLVED that the weirs at Ebbfold be raised soon.")
    every = list_commitments(shelf.writer, RegisterQuery(), PUBLIC_ONLY, DAY, Verdicts())
    (told,) = [each for each in every if each.follow_ups]

    def reported_in(document_id: str, verdicts: Verdicts) -> list[str]:
        found = commitments_reported_in(
            shelf.writer, document_id, RegisterQuery(), PUBLIC_ONLY, DAY, verdicts
        )
        return [each.key for each in found]

    assert reported_in("d2", Verdicts()) == [told.key]
    assert reported_in("d1", Verdicts()) == []
    (other,) = [each for each in every if not each.follow_ups]
    by_hand = Verdicts(added={other.key: ()})
    assert set(reported_in("d2", by_hand)) == {told.key, other.key}
