import re
from pathlib import Path

import pytest

import qa_service.web
from qa_service.web.rendering import ENVIRONMENT

WEB = Path(qa_service.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
ASSETS = sorted((WEB / "assets").iterdir())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_switches_escaping_off(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape|Markup|\|\s*tojson", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", [*TEMPLATES, *ASSETS], ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "//" not in re.sub(r"^\s*//.*$|/\*.*?\*/", "", text, flags=re.MULTILINE)


def test_style_sheet_script_and_mark_are_small() -> None:
    assert sum(path.stat().st_size for path in ASSETS) < 30_000


def test_words_that_many_papers_print_are_not_listed_without_end() -> None:
    macros = ENVIRONMENT.from_string('{% from "register_macros.html" import copies %}{{ copies(urls) }}')
    some = macros.render(urls=[f"/documents/d{number}" for number in range(3)])
    assert some.count("<a ") == 3
    assert "more" not in some
    many = macros.render(urls=[f"/documents/d{number}" for number in range(90)])
    assert many.count("<a ") == 3
    assert "and in 87 more." in many
