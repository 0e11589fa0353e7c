import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qa_service.register.export import as_csv, as_xlsx

FORMULAS = ("=1+1", "+44 20", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=cmd|' /C calc'!A0", "  =1", "\u00a0=1")


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_of_a_csv_is_a_formula(cell: str) -> None:
    assert read_csv(as_csv(["text"], [[cell]]))[1] == [f"'{cell}"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=5))
def test_a_csv_gives_back_what_was_written(cells: list[str]) -> None:
    row = read_csv(as_csv([str(n) for n in range(len(cells))], [cells]))[1]
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_workbook_holds_text_and_no_formula(cell: str) -> None:
    book = zipfile.ZipFile(io.BytesIO(as_xlsx("resolutions", ["text", "n"], [[cell, 3], [None, None]])))
    sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert sheet.findall(".//{*}f") == []
    assert [v.text for v in sheet.findall(".//{*}c[@r='B2']/{*}v")] == ["3"]
    strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
    assert any("".join(item.itertext()).endswith(cell.strip()) for item in strings)
