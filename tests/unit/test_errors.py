from pathlib import Path

import pytest

from qa_service import errors
from qa_service.errors import QAServiceError, SchemaMismatch, StorageFull


def every_error() -> list[type[QAServiceError]]:
    found = [QAServiceError]
    for kind in found:
        found += [each for each in kind.__subclasses__() if each.__module__ == errors.__name__]
    return found


def test_every_error_stands_in_the_tree_that_opens_the_module() -> None:
    drawn = errors.__doc__ or ""
    assert [kind.__name__ for kind in every_error() if kind.__name__ not in drawn] == []


def test_every_error_has_a_code_of_its_own_or_that_of_its_family() -> None:
    codes = [kind.__dict__["code"] for kind in every_error() if "code" in kind.__dict__]
    shared = {"too_large"}  # a file and a request may both be
    assert {code for code in codes if codes.count(code) > 1} <= shared


@pytest.mark.parametrize(("found", "advice"), [(1, "run 'qa ingest' once"), (3, "install that version")])
def test_data_of_another_version_says_which_way_to_go(found: int, advice: str) -> None:
    assert advice in str(SchemaMismatch(Path("papers.sqlite"), found, 2))


def test_a_full_disk_says_what_is_needed_where_that_is_known() -> None:
    assert "30 MiB needed, 10 MiB free" in str(StorageFull(Path("data"), 30 << 20, 10 << 20))
    assert "no space left" in str(StorageFull(Path("data")))
