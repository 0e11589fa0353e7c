from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.store.database import Connection
from qa_service.store.vocabulary import (
    Word,
    has_vocabulary,
    read_vocabulary,
    replace_vocabulary,
    vocabulary_of,
)

EVERYBODY = frozenset(Access)
OTHERS = next(access for access in Access if access is not Access.PUBLIC)


def test_a_word_counts_its_passages_and_not_how_often_one_holds_it() -> None:
    words = vocabulary_of(["The weir and the weir gate.", "A weir."])
    assert words["weir"] == Word("weir", 2)


def test_a_name_is_what_sentences_print_with_a_capital() -> None:
    words = vocabulary_of(["Those who live near Quorndale complained.", "OUTFALLS\nThe Outfalls Review"])
    assert words["quorndale"] == Word("Quorndale", 1, is_name=True)
    assert not words["outfalls"].is_name, "headings print any word so"


def test_addresses_of_the_web_do_not_make_a_common_word_of_a_name() -> None:
    words = vocabulary_of(["Write to clerk@quorndale.example about all that is in Quorndale."])
    assert words["quorndale"].form == "Quorndale"


def test_a_person_is_whoever_often_stands_behind_a_title() -> None:
    words = vocabulary_of(
        ["Councillors Hask, Quill and Orme spoke.", "Mr Pell spoke.", "the Town of Ashmere"]
    )
    assert {name for name, word in words.items() if word.is_person} == {"hask", "quill", "orme", "pell"}


def test_a_town_behind_a_title_by_chance_is_no_person() -> None:
    texts = ["Mr Pell, Ashmere, spoke."] + ["What was said of the town of Ashmere is true."] * 12
    words = vocabulary_of(texts)
    assert words["ashmere"].is_name
    assert not words["ashmere"].is_person


def test_a_new_publication_takes_the_place_of_the_old_words(writer: Connection) -> None:
    with writer.transaction():
        replace_vocabulary(writer, Access.PUBLIC, vocabulary_of(["weir"]))
        replace_vocabulary(writer, Access.PUBLIC, vocabulary_of(["sluice"]))
    assert list(read_vocabulary(writer, PUBLIC_ONLY).words) == ["sluice"]


def test_the_words_of_restricted_papers_are_in_no_other_vocabulary(writer: Connection) -> None:
    with writer.transaction():
        replace_vocabulary(writer, Access.PUBLIC, vocabulary_of(["weir"]))
        replace_vocabulary(writer, OTHERS, vocabulary_of(["dismissal weir"]))
    public = read_vocabulary(writer, PUBLIC_ONLY)
    assert dict(public.words) == {"weir": Word("weir", 1)}, "nor in its counts"
    assert read_vocabulary(writer, EVERYBODY).words["weir"] == Word("weir", 2)
    assert "dismissal" in read_vocabulary(writer, EVERYBODY).words


def test_what_one_level_prints_in_small_letters_is_no_name_for_both(writer: Connection) -> None:
    with writer.transaction():
        replace_vocabulary(writer, Access.PUBLIC, {"orme": Word("Orme", 3, is_name=True, is_person=True)})
        replace_vocabulary(writer, OTHERS, {"orme": Word("orme", 1)})
    assert read_vocabulary(writer, EVERYBODY).words["orme"] == Word("orme", 4)


def test_a_level_without_words_is_known(writer: Connection) -> None:
    with writer.transaction():
        replace_vocabulary(writer, OTHERS, vocabulary_of(["weir"]))
    assert has_vocabulary(writer, OTHERS)
    assert not has_vocabulary(writer, Access.PUBLIC)
