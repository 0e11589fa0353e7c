import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from evals.excerpts import WITHHELD, Clearance
from evals.jsonl import JsonObject
from evals.questions import Quoted
from evals.reference_systems import refusal_json
from evals.report import Form, comparison_page, report
from tests.unit.evals.papers import ALL, CHARGES, citation, corpus, reply_with
from tests.unit.evals.running import ScriptedSystem, ran

EXEMPT_WORDS = "The contractor asked for a settlement of nine thousand pounds in private."
SECRET_WORDS = ("settlement", "nine thousand", "contractor", "exempt.pdf")
PUBLIC = Clearance()
CLEARED = Clearance(frozenset({"public", "exempt"}))
RIGHT = "RESOLVED: that the charges stay as they are until April 2025."


def altered(raw: JsonObject) -> JsonObject:
    return raw | {"citations": [raw["citations"][0] | {"quote": RIGHT.replace("2025", "2026")}]}


@pytest.fixture
def page(tmp_path: Path) -> str:
    system = ScriptedSystem(corpus(), replies={"charges": altered}, fails=["stands"])
    return report([ran(tmp_path / "run", system)], Form.HTML, PUBLIC)


def test_the_report_is_one_file_that_asks_the_network_for_nothing(page: str) -> None:
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)""", page)
    assert not re.search(r"@import|url\(", page)
    assert "default-src 'none'" in page


def test_the_report_can_be_read_without_sight_and_without_script(page: str) -> None:
    tree = html.fromstring(page)
    assert tree.get("lang") == "en-GB"
    assert tree.xpath("//main[@id='main']")
    assert tree.xpath("//a[@class='skip' and @href='#main']")
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("//table")
    assert not tree.xpath("//table[not(caption)]")
    assert not tree.xpath("//th[not(@scope)]")
    for field in tree.xpath("//select | //input"):
        assert tree.xpath(f"//label[@for='{field.get('id')}']")
    assert not tree.xpath("//form[not(@hidden)]")
    levels = [int(heading.tag[1]) for heading in tree.iter("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_link_inside_the_report_leads_somewhere(page: str) -> None:
    tree = html.fromstring(page)
    anchors = [link.removeprefix("#") for link in tree.xpath("//a/@href")]
    ids = tree.xpath("//*/@id")
    assert set(anchors) <= set(ids)
    assert len(ids) == len(set(ids))


def test_every_question_is_in_the_report_worst_first(page: str) -> None:
    articles = html.fromstring(page).xpath("//article")
    assert [article.get("data-verdict") for article in articles] == [
        "error",
        "gate missed",
        "correct",
        "correct",
        "correct",
    ]


def test_what_went_wrong_is_said_in_words_and_filterable(page: str) -> None:
    article = html.fromstring(page).xpath("//article[@data-verdict='gate missed']")[0]
    assert "altered" in article.get("data-labels").split("|")
    assert "altered" in [item.text_content() for item in article.xpath(".//ul[@class='labels']/li")]
    assert "ask: out of memory" in page


def test_the_quote_stands_in_its_page_with_gold_marked_in_words_too(tmp_path: Path) -> None:
    tree = html.fromstring(report([ran(tmp_path / "run")], Form.HTML, PUBLIC))
    article = next(one for one in tree.xpath("//article") if "charges:" in one.xpath("string(h3)"))
    quote = article.xpath(".//blockquote")[0]
    assert quote.xpath("string(.//mark)").replace("gold and cited", "").strip().startswith(RIGHT[:40])
    assert "PARKING COMMITTEE" in quote.text_content()
    assert "CYCLE STANDS" not in quote.text_content()
    assert quote.xpath(".//mark//span[@class='tag']/text()") == ["gold and cited", "end"]


def test_headline_figures_carry_interval_and_denominator(page: str) -> None:
    table = next(
        one
        for one in html.fromstring(page).xpath("//table")
        if one.xpath("string(caption)").startswith("Headline")
    )
    row = next(one for one in table.xpath(".//tbody/tr") if "Gold evidence cited" in one.text_content())
    cells = [cell.text_content().strip() for cell in row.xpath("./td")]
    assert cells[0] == "33.3 %"
    assert re.fullmatch(r"\d+\.\d % to \d+\.\d %", cells[1])
    assert cells[2] == "3"


PRIVATE = replace(
    CHARGES,
    qid="secret",
    question="What was asked for in private?",
    evidence=(Quoted("exempt.pdf", EXEMPT_WORDS),),
    answer="A settlement of nine thousand pounds",
    answers=(),
    must_not_cite=(),
)
WITH_PRIVATE = (*ALL, PRIVATE)


def secret_run(tmp_path: Path) -> Path:
    """A run that cites an exempt paper beside a public one, as an answer, as nearest and as gold."""
    papers = corpus()
    secret = citation(papers, "exempt.pdf", EXEMPT_WORDS, 2)

    def both(raw: JsonObject) -> JsonObject:
        return reply_with(raw["citations"][0], secret) | {"confidence": 1.0}

    def nearest(raw: JsonObject) -> JsonObject:
        refusal = refusal_json(raw["question"], f"Only this: {EXEMPT_WORDS}", 0.0)
        return refusal | {"not_found": refusal["not_found"] | {"nearest": [secret | {"n": 1}]}}

    replies = {"charges": both, "payer": nearest}
    return ran(tmp_path / "run", ScriptedSystem(papers, WITH_PRIVATE, replies=replies), WITH_PRIVATE)


@pytest.mark.parametrize("form", list(Form))
def test_restricted_passages_never_appear_without_clearance(tmp_path: Path, form: Form) -> None:
    text = report([secret_run(tmp_path)], form, PUBLIC)
    for word in SECRET_WORDS:
        assert word not in text
    if form is not Form.MARKDOWN:
        assert WITHHELD in text


def test_a_cleared_reader_sees_them(tmp_path: Path) -> None:
    text = report([secret_run(tmp_path)], Form.HTML, CLEARED)
    for word in SECRET_WORDS:
        assert word in text


def test_a_quote_of_a_paper_that_the_run_does_not_know_counts_as_restricted(tmp_path: Path) -> None:
    def unknown(raw: JsonObject) -> JsonObject:
        lost = citation(corpus(), "exempt.pdf", EXEMPT_WORDS, 2)
        lost["document"] |= {"id": "d-hidden", "file_name": "hidden.pdf", "title": "Hidden"}
        return reply_with(raw["citations"][0], lost) | {"confidence": 1.0}

    folder = ran(tmp_path / "run", ScriptedSystem(corpus(), replies={"charges": unknown}))
    text = report([folder], Form.HTML, PUBLIC)
    assert "settlement" not in text
    assert "hidden.pdf" not in text


def test_restricted_passages_do_not_appear_in_a_comparison(tmp_path: Path) -> None:
    folder = secret_run(tmp_path / "a")
    failing = ScriptedSystem(corpus(), WITH_PRIVATE, fails=["secret", "charges"])
    other = ran(tmp_path / "b", failing, WITH_PRIVATE)
    text = comparison_page(folder, other, PUBLIC)
    for word in SECRET_WORDS:
        assert word not in text
    assert WITHHELD in text


def test_a_comparison_shows_broken_before_fixed_side_by_side(tmp_path: Path) -> None:
    before = ran(tmp_path / "before", ScriptedSystem(corpus(), fails=["charges"]))
    after = ran(tmp_path / "after", ScriptedSystem(corpus(), fails=["stands"]))
    tree = html.fromstring(comparison_page(before, after, PUBLIC))
    assert [heading.text_content() for heading in tree.xpath("//main//h2")] == [
        "Broken: 1",
        "Fixed: 1",
        "Measures",
    ]
    pair = tree.xpath("//article")[0].xpath(".//div[@class='pair']/div/h4[1]/text()")
    assert pair == ["Before: correct", "After: error"]


def test_markup_in_a_question_or_paper_stays_text(tmp_path: Path) -> None:
    hostile = replace(CHARGES, question="<script>alert(1)</script>")
    page = report([ran(tmp_path / "run", questions=(hostile,))], Form.HTML, PUBLIC)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_json_report_is_json_with_the_same_figures(tmp_path: Path) -> None:
    found = json.loads(report([ran(tmp_path / "run")], Form.JSON, PUBLIC))
    headline = {one["measure"]: one["mean"] for one in found["sets"][0]["headline"]}
    assert headline["evidence_cited"] == 1.0
    told = {one["measure"]: (one["title"], one["lower_is_better"]) for one in found["sets"][0]["headline"]}
    assert told["evidence_cited"] == ("Gold evidence cited", False)
    assert told["harmful"] == ("Wrong source given as an answer", True)
    assert len(found["sets"][0]["questions"]) == 5
