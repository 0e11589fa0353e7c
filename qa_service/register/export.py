"""Tables for spreadsheets: CSV and XLSX in which no cell is ever a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

Cell = str | int | None

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet takes for a formula, or for the end of a cell that becomes one.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_CELL = 32_000  # Excel's own limit is 32,767 characters


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as CSV with a header, CRLF line ends and a byte order mark, as spreadsheets expect it.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front, which makes it text.
    Source: OWASP, "CSV Injection".
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_safe(cell) for cell in row] for row in rows])
    return "\ufeff" + out.getvalue()


def as_xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as an Excel workbook of one sheet, each cell stored as text or number, never as formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column, bold)
        for line, row in enumerate(rows, start=1):
            for at, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(line, at, cell)
                elif cell is not None:
                    sheet.write_string(line, at, cell[:_LONGEST_CELL], wrapped)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _safe(cell: Cell) -> Cell:
    """Return a cell that is text to every spreadsheet: blanks in front of a sign do not hide it."""
    if not isinstance(cell, str):
        return cell
    opens = cell.lstrip(" \u00a0")[:1]
    return f"'{cell}" if opens in _DANGEROUS and opens else cell
