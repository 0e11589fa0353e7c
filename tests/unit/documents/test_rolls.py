"""Who was there, where names share a surname or stand behind short forms with full stops."""

from qa_service.documents.structure import read_paper
from qa_service.domain.documents import AttendanceState
from qa_service.domain.papers import Paper

MINUTES = """EBBFOLD COMMUNITY COUNCIL

MEETING 14th October 2015

Ebbfold Community Council held their meeting on the 14th October 2015 at the Hall.
PRESENT
Councillors Anna Reed, Arthur Reed, Jane Reed, Joan Reed, Tom Hask and
Una Prewitt.

1. WELCOME AND APOLOGIES
Cllr. T. Hask took the Chair.  Apologies received from Cllr. Dora Quill.

2. GIFTS
It was agreed to give as follows:
- The ford's friends - £100 (proposed by Cllr. T. Hask, seconded by Cllr. J.
Reed)
- The mill's friends - £200 (proposed by Cllr. T. Hask, seconded by Cllr. J. Reed)
"""


def paper() -> Paper:
    return read_paper(MINUTES.encode(), file_name="minutes.txt", document_id="d")


def names(state: AttendanceState) -> list[str]:
    return [each.name for each in paper().attendance if each.state is state]


def test_two_whole_names_are_two_persons_though_initial_and_surname_agree() -> None:
    assert names(AttendanceState.PRESENT) == [
        "Anna Reed",
        "Arthur Reed",
        "Jane Reed",
        "Joan Reed",
        "Tom Hask",
        "Una Prewitt",
    ]


def test_a_short_form_with_a_full_stop_ends_no_list_of_apologies() -> None:
    assert names(AttendanceState.APOLOGIES) == ["Dora Quill"]


def test_a_line_that_ends_with_an_initial_goes_on_in_the_next() -> None:
    text = paper().document.text
    begins = [segment.span.of(text) for segment in paper().segments]
    assert not any(words.startswith("Reed)") for words in begins)


def test_officers_behind_the_members_in_one_line_are_in_attendance() -> None:
    head = "Ebbfold Town Council: Minutes of the Weirs Committee held on Tuesday 4 June 2024"
    roll = (
        "Councillors Ann Moss (Vice-Chair, in the chair), Bo Reed and Cy Thorne. Officers: Di Vane (Clerk)."
    )
    read = read_paper(
        f"{head}\n\nPresent\n\n{roll}\n\n1. Weirs\n\nAll stood.\n".encode(),
        file_name="m.txt",
        document_id="d",
    )
    assert [(each.name, each.state) for each in read.attendance] == [
        ("Ann Moss", AttendanceState.PRESENT),
        ("Bo Reed", AttendanceState.PRESENT),
        ("Cy Thorne", AttendanceState.PRESENT),
        ("Di Vane", AttendanceState.IN_ATTENDANCE),
    ]
