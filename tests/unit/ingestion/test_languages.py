"""Minutes in two languages belong together by the council's name, the day and the figures."""

from dataclasses import replace

from qa_service.domain.documents import DocumentKind, Part
from qa_service.ingestion.languages import language_pairs
from qa_service.store.passages import IndexedPassage

ENGLISH, WELSH = "Felin and Gors Community Council", "Cyngor Cymuned Felin a Gors"
ORDINARY = (
    "Cheque 1310 for 315.00 was agreed; the grant of 2,500 came on 4.4.13 and 16.5.13 as minute 12 told."
)
ANSWERED = "Cytunwyd ar siec 1310 am 315.00; daeth y grant o 2,500 ar 4.4.13 a 16.5.13, cofnod 12."
SPECIAL = "Candidate sites SR/147/001, SR/042/002, SR/165/005 and SR/042/009 were looked at on 27 maps."
ANSWERED_SPECIAL = "Edrychwyd ar safleoedd SR/147/001, SR/042/002, SR/165/005 a SR/042/009 ar 27 map."


def passage(document: str, content: str, language: str) -> IndexedPassage:
    return IndexedPassage(
        row=1,
        document=document,
        council=ENGLISH if language == "en" else WELSH,
        body=None,
        held_on="2019-02-06",
        kinds=frozenset({DocumentKind.MINUTES}),
        boilerplate=False,
        header="",
        content=content,
        part=Part.MINUTES,
        language=language,
    )


EN, CY = passage("en", ORDINARY, "en"), passage("cy", ANSWERED, "cy")


def test_the_minutes_of_one_meeting_in_two_languages_are_paired_each_way() -> None:
    assert language_pairs([EN, CY]) == [("cy", "en"), ("en", "cy")]


def test_of_two_meetings_on_one_day_the_figures_tell_which() -> None:
    special = [passage("en-special", SPECIAL, "en"), passage("cy-special", ANSWERED_SPECIAL, "cy")]
    assert language_pairs([EN, CY, *special]) == [
        ("cy", "en"), ("cy-special", "en-special"), ("en", "cy"), ("en-special", "cy-special"),
    ]  # fmt: skip


def test_minutes_kept_twice_are_both_paired() -> None:
    again = replace(EN, document="en-again")
    assert language_pairs([EN, CY, again]) == [
        ("cy", "en"), ("cy", "en-again"), ("en", "cy"), ("en-again", "cy"),
    ]  # fmt: skip


def test_another_day_council_language_or_matter_makes_no_pair() -> None:
    assert language_pairs([EN, replace(CY, held_on="2019-03-06")]) == []
    assert language_pairs([replace(EN, held_on=None), replace(CY, held_on=None)]) == []
    assert language_pairs([EN, replace(CY, council="Cyngor Cymuned Brynteg")]) == []
    assert language_pairs([replace(EN, council="Community Council"), replace(CY, council="Cyngor")]) == []
    assert language_pairs([EN, replace(EN, document="other")]) == []
    assert language_pairs([EN, passage("cy", ANSWERED_SPECIAL, "cy")]) == []
    assert language_pairs([EN, replace(CY, part=Part.REPORT)]) == []
