"""Papers that were filed twice, could not be read whole, or list what is not held."""

import re
from pathlib import Path

from tests.factories import ingest, minutes
from tests.integration.web_site import PDF_PAGES, Site, open_site, pdf, text_of

AGENDA = """MARLSHIRE COUNTY COUNCIL

BRIDGES PANEL

AGENDA

Meeting of the Bridges Panel to be held on 5 March 2024 at 10.00 am

1. Apologies

2. Repair of the ferry at Wendmouth

3. Cost of the toll house
"""


def meeting(site: Site, name: str) -> str:
    found = re.search(rf'href="(/meetings/m\w+)">{name}<', site.get("/meetings").text)
    assert found, name
    return site.get(found[1]).text


def test_papers_of_one_title_are_told_apart_by_their_files(tmp_path: Path) -> None:
    with open_site(tmp_path) as site:
        for page in (site.get("/papers").text, meeting(site, "Highways and Flood Risk Committee, [^<]+")):
            assert ": minutes (bridge.txt)</a>" in page
            assert ": minutes (hostile.txt)</a>" in page
        assert "Cabinet, 14 March 2024: minutes</a>" in site.get("/papers").text


def test_a_paper_says_where_else_it_is_filed(tmp_path: Path) -> None:
    (tmp_path / "bridge_again.txt").write_text(minutes().replace("\n\n", "\n \n"), encoding="utf-8")
    with open_site(tmp_path) as site:
        ingest(tmp_path / "data", tmp_path / "bridge_again.txt")
        said = text_of(site.get(f"/documents/{site.paper('bridge_again.txt')}").text)
        assert "Filed elsewhere too bridge.txt , in whole or in part" in said
        assert "Filed elsewhere" not in site.get(f"/documents/{site.paper('cabinet.pdf')}").text


def test_what_could_not_be_read_is_said_of_one_page_and_of_several(tmp_path: Path) -> None:
    (tmp_path / "one.pdf").write_bytes(pdf((*PDF_PAGES, ())))
    (tmp_path / "two.pdf").write_bytes(pdf((*PDF_PAGES, (), ())))
    with open_site(tmp_path) as site:
        ingest(tmp_path / "data", tmp_path / "one.pdf", tmp_path / "two.pdf")
        one = text_of(site.get(f"/documents/{site.paper('one.pdf')}").text)
        assert "Page 4 has no text: it is a picture and would need text recognition." in one
        two = text_of(site.get(f"/documents/{site.paper('two.pdf')}").text)
        assert "Pages 4 , 5 have no text: they are pictures and would need text recognition." in two


def test_what_an_agenda_lists_and_no_report_tells_is_no_example(tmp_path: Path) -> None:
    (tmp_path / "agenda.txt").write_text(AGENDA, encoding="utf-8")
    with open_site(tmp_path) as site:
        ingest(tmp_path / "data", tmp_path / "agenda.txt")
        assert "Repair of the ferry" in site.get(f"/documents/{site.paper('agenda.txt')}").text
        examples = site.get("/").text
        assert "What was resolved on “Report on the bridge at Ebbfold”?" in examples
        assert "ferry" not in examples


def test_a_long_resolution_is_folded_in_the_register_and_none_of_its_words_is_lost(tmp_path: Path) -> None:
    clause = "that officers write to every parish along the Wend about the rent of its moorings"
    clauses = "\n\n".join(f"({number}) {clause}, as set out in table {number};" for number in range(1, 20))
    text = minutes().replace("(a) that the report on the bridge at Ebbfold be noted; and\n", f"{clauses}\n")
    (tmp_path / "rents.txt").write_text(text.replace("6 February 2024", "12 March 2024"), encoding="utf-8")
    with open_site(tmp_path) as site:
        ingest(tmp_path / "data", tmp_path / "rents.txt")
        page = site.get("/register/resolutions?held_from=12+March+2024").text
        listed = site.get("/v1/register/resolutions?held_from=2024-03-12").json()["resolutions"]
        longest = max((each["citation"]["quote"] for each in listed), key=len)
        assert len(longest) > 900
        assert page.count('<details class="rest">') == sum(
            len(each["citation"]["quote"]) > 900 for each in listed
        )
        before, after = page.split('<details class="rest">')
        opening, rest = before.rsplit("<blockquote", 1)[1], after.split("<blockquote", 1)[1]
        shown = [each.partition(">")[2].partition("</blockquote>")[0] for each in (opening, rest)]
        words = text_of(" ".join(shown).replace(" …", ""))
        assert words == " ".join(longest.split())
