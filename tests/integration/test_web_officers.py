import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.label import gold_from_feedback
from evals.questions import GoldRow
from qa_service.web import words
from qa_service.web.sessions import COOKIE
from tests.factories import minutes
from tests.integration.web_site import KEY, Site, open_site, text_of

HIDDEN = (
    "/officers",
    "/officers/jobs",
    "/evaluation",
    "/evaluation/label",
    "/evaluation/labels.jsonl",
    "/evaluation/feedback.jsonl",
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def site(opened: Site) -> Site:
    """Nobody is signed in at the beginning of a test."""
    opened.client.cookies.clear()
    return opened


def test_officers_pages_lead_to_the_sign_in_page_and_from_there_back(site: Site) -> None:
    for path in HIDDEN:
        response = site.get(path)
        assert (response.status_code, response.headers["location"]) == (
            303,
            f"/officers/sign-in?onward={path}",
        )
    fields = {"token": site.token("/officers/sign-in"), "key": KEY, "onward": "/evaluation/label"}
    assert site.post("/officers/sign-in", fields).headers["location"] == "/evaluation/label"


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "/\\evil.example", "/v1/x", ""])
def test_signing_in_leads_to_no_other_site(site: Site, onward: str) -> None:
    fields = {"token": site.token("/officers/sign-in"), "key": KEY, "onward": onward}
    assert site.post("/officers/sign-in", fields).headers["location"] == "/officers"


def test_the_cookie_is_hidden_from_scripts_and_other_sites(site: Site) -> None:
    fields = {"token": site.token("/officers/sign-in"), "key": KEY}
    cookie = site.post("/officers/sign-in", fields).headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert KEY not in cookie


def test_a_wrong_key_signs_nobody_in_and_is_not_shown_again(site: Site) -> None:
    fields = {"token": site.token("/officers/sign-in"), "key": "not-the-key-at-all"}
    response = site.post("/officers/sign-in", fields)
    assert response.status_code == 401
    assert "set-cookie" not in response.headers
    assert "not-the-key-at-all" not in response.text


def test_after_signing_out_the_cookie_opens_nothing(site: Site) -> None:
    site.sign_in()
    cookie = site.client.cookies[COOKIE]
    assert site.post("/officers/sign-out", {"token": site.token("/officers")}).status_code == 303
    site.client.cookies.set(COOKIE, cookie)
    assert site.get("/officers").status_code == 303


@pytest.mark.parametrize(
    "path", ["/officers/sign-out", "/officers/upload", "/officers/papers/{paper}/remove", "/evaluation/label"]
)
def test_every_form_needs_its_token(site: Site, path: str) -> None:
    site.sign_in()
    response = site.post(path.format(paper=site.paper("bridge.txt")), {"question": "x"})
    assert response.status_code == 422
    assert "load the page again" in response.text
    assert site.get("/officers").status_code == 200


def test_a_form_sent_by_another_site_is_refused_even_with_a_token(site: Site) -> None:
    site.sign_in()
    token = site.token("/officers")
    response = site.post("/officers/sign-out", {"token": token}, **{"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 422


def test_files_are_kept_and_queued_and_the_worker_is_woken(site: Site) -> None:
    site.sign_in()
    before = site.bell.rung
    files = [("files", (name, minutes(name).encode())) for name in ("elms.txt", "../../etc/oaks.txt")]
    data = {"token": site.token("/officers")}
    response = site.client.post("/officers/upload", data=data, files=files, follow_redirects=False)
    assert response.headers["location"] == "/officers/jobs"
    assert site.bell.rung == before + 1
    newest = site.services.kept().jobs()[:2]
    assert {job.file_name for job in newest} == {"elms.txt", "oaks.txt"}
    assert {job.state for job in newest} == {"queued"}
    for job in newest:
        assert (site.services.settings.data_dir / "blobs" / job.target).is_file()


def test_a_file_that_cannot_be_taken_is_named_with_the_reason_and_advice(site: Site) -> None:
    site.sign_in()
    files = [("files", ("run.exe", b"MZ\x90")), ("files", ("ash.txt", minutes("ash").encode()))]
    data = {"token": site.token("/officers")}
    response = site.client.post("/officers/upload", data=data, files=files, follow_redirects=False)
    said = text_of(response.text)
    assert response.status_code == 422
    assert "run.exe: not taken." in said
    assert "Save it as PDF" in said
    assert "ash.txt: taken." in said


def test_sending_nothing_asks_for_a_file(site: Site) -> None:
    site.sign_in()
    response = site.client.post("/officers/upload", data={"token": site.token("/officers")}, files=[])
    assert response.status_code == 422
    assert "Choose at least one file" in response.text


def test_nobody_uploads_without_signing_in(site: Site) -> None:
    jobs = len(site.services.kept().jobs())
    files = [("files", ("elms.txt", b"words"))]
    response = site.client.post("/officers/upload", files=files, follow_redirects=False)
    assert response.headers["location"] == "/officers/sign-in?onward=/officers"
    assert len(site.services.kept().jobs()) == jobs


def test_a_failed_job_says_why_and_what_to_do(site: Site) -> None:
    site.sign_in()
    journal = site.services.kept()
    job = journal.queue("ingest", "locked.pdf", "0" * 64)
    journal.update_job(job.id, "failed", "ended", "encrypted", "asks for a password; remove it")
    said = text_of(site.get(f"/officers/jobs/{job.id}").text)
    assert "The file asks for a password. What to do:" in said  # what to do is said once, in our words
    assert "What to do: Open the file with its password, save it without one" in said


def test_a_running_job_shows_its_stage_and_reloads_only_where_that_was_chosen(site: Site) -> None:
    site.sign_in()
    journal = site.services.kept()
    job = journal.queue("ingest", "slow.pdf", "0" * 64)
    journal.update_job(job.id, "running", "publishing")
    plain = site.get(f"/officers/jobs/{job.id}")
    assert re.search(r'aria-current="step">Publishing', plain.text)
    assert "refresh" not in plain.headers
    assert site.get(f"/officers/jobs/{job.id}?watch=true").headers["refresh"] == "5"
    journal.update_job(job.id, "done", "published")
    assert "refresh" not in site.get(f"/officers/jobs/{job.id}?watch=true").headers


def test_the_removal_of_a_paper_reads_nothing(site: Site) -> None:
    site.sign_in()
    journal = site.services.kept()
    job = journal.queue("remove", "old.pdf", "d0")
    journal.update_job(job.id, "running", "reading")
    page = site.get(f"/officers/jobs/{job.id}").text
    assert re.search(r'aria-current="step">Publishing', page)
    assert "Reading" not in text_of(page)


def test_a_done_job_links_to_its_paper(site: Site) -> None:
    site.sign_in()
    paper = site.paper("cabinet.pdf")
    sha256 = site.get(f"/v1/documents/{paper}").json()["sha256"]
    journal = site.services.kept()
    job = journal.queue("ingest", "cabinet.pdf", sha256)
    journal.update_job(job.id, "done", "published")
    assert f'href="/documents/{paper}"' in site.get(f"/officers/jobs/{job.id}").text


def test_a_paper_is_removed_only_after_a_question(site: Site) -> None:
    paper = site.paper("bridge.txt")
    remove = f"/officers/papers/{paper}/remove"
    assert remove not in site.get(f"/documents/{paper}").text
    site.sign_in()
    assert remove in site.get(f"/documents/{paper}").text
    response = site.post(remove, {"token": site.token(remove)})
    job = site.services.kept().job(response.headers["location"].rsplit("/", 1)[1])
    assert (job.kind, job.target, job.file_name) == ("remove", paper, "bridge.txt")


def test_a_label_is_kept_as_a_row_that_the_evaluation_reads(site: Site) -> None:
    site.sign_in()
    fields = {
        "token": site.token("/evaluation/label"),
        "question": "Who pays for the otter holts?",
        "answerable": "yes",
        "document": f"http://papers.example/documents/{site.paper('cabinet.pdf')}/pages/2",
        "words": "that the cost  be met from\nthe rivers fund",
        "answer": "the rivers fund",
    }
    assert site.post("/evaluation/label", fields).headers["location"] == "/evaluation#labels"
    line = site.get("/evaluation/labels.jsonl").text.splitlines()[-1]
    row = GoldRow.model_validate(json.loads(line))
    assert row.answerable is True
    assert [(place.file, place.page) for place in row.evidence] == [("cabinet.pdf", 2)]
    assert row.evidence[0].quote.split() == "that the cost be met from the rivers fund".split()


def test_words_that_stand_nowhere_are_not_kept_as_evidence(site: Site) -> None:
    site.sign_in()
    before = len(site.services.kept().labels())
    fields = {
        "token": site.token("/evaluation/label"),
        "question": "Who pays?",
        "answerable": "yes",
        "document": "cabinet.pdf",
        "words": "the mayor pays",
    }
    response = site.post("/evaluation/label", fields)
    assert response.status_code == 422
    assert "do not stand in that paper" in response.text
    assert "the mayor pays" in response.text
    assert len(site.services.kept().labels()) == before


def test_a_question_that_nothing_answers_is_a_label_too_and_can_be_deleted(site: Site) -> None:
    site.sign_in()
    fields = {"token": site.token("/evaluation/label"), "question": "Who is the king?", "answerable": "no"}
    assert site.post("/evaluation/label", fields).status_code == 303
    label = site.services.kept().labels()[-1]
    row = GoldRow.model_validate(json.loads(label["row"]))
    assert (row.answerable, row.evidence) == (False, [])
    dropped = site.post(f"/evaluation/labels/{label['id']}/drop", {"token": site.token("/evaluation")})
    assert dropped.status_code == 303
    assert label["id"] not in [each["id"] for each in site.services.kept().labels()]


def test_a_report_is_shown_in_figures_and_given_out_only_to_download(site: Site) -> None:
    folder = site.services.settings.data_dir / "reports"
    folder.mkdir(exist_ok=True)
    measure = {"measure": "evidence_cited", "n": 36, "mean": 0.9, "low": 0.8, "high": 0.95}
    record = {"finished": "2026-01-02T03:04:05+00:00", "git": {"commit": "f" * 40, "dirty": False}}
    content = {"sets": [{"name": "own", "record": record, "headline": [measure]}]}
    (folder / "one.json").write_text(json.dumps(content), encoding="utf-8")
    (folder / "one.html").write_text("<script>alert(1)</script>", encoding="utf-8")
    site.sign_in()
    said = text_of(site.get("/evaluation").text)
    assert "Evidence cited 0.900 0.800 0.950 36" in said
    told = measure | {"title": "Gold evidence missed", "lower_is_better": True}
    content["sets"][0]["headline"] = [told]
    (folder / "two.json").write_text(json.dumps(content), encoding="utf-8")
    said = text_of(site.get("/evaluation").text)
    assert "Gold evidence missed lower is better 0.900" in said
    assert "Gold evidence missed over 2 runs" in said
    download = site.get("/evaluation/reports/one.html")
    assert download.headers["content-disposition"].startswith("attachment")
    assert download.headers["content-security-policy"] == "sandbox"


def test_without_a_key_there_is_nothing_for_officers(tmp_path: Path) -> None:
    with open_site(tmp_path, key=None) as site:
        assert site.get("/officers/sign-in").status_code == 404
        assert 'href="/officers"' not in site.get("/").text


def test_only_an_officer_is_shown_why_an_answer_came_about(site: Site) -> None:
    asking = "/?q=What+did+members+hear+about+the+bridge+at+Ebbfold%3F"
    explained = f"{asking}&explain=true"
    assert "Why this answer" not in site.get(explained).text
    fields = {"token": site.token("/officers/sign-in"), "key": KEY}
    site.post("/officers/sign-in", fields)
    assert "explain=true" in site.get(asking).text
    shown = site.get(explained).text
    assert "Why this answer" in shown
    assert "Sentences weighed" in shown
    assert "Why this answer" not in site.get(asking).text


def test_what_readers_say_comes_out_as_gold(site: Site) -> None:
    question = {"question": "What was resolved about the bridge at Ebbfold?"}
    reply = site.client.post("/v1/answers", json=question).json()
    for verdict in ("right", "incomplete"):
        said = {"answer_id": reply["id"], "verdict": verdict, "comment": "the date"}
        assert site.client.post("/v1/feedback", json=said).status_code == 201
    site.sign_in()
    assert "Download 2 opinions" in text_of(site.get("/evaluation").text)
    lines = site.get("/evaluation/feedback.jsonl").text.splitlines()
    found = gold_from_feedback([json.loads(line) for line in lines])
    (settled,), (still_open,) = found.settled, found.open
    assert settled["question"] == still_open["question"] == question["question"]
    assert [place["quote"] for place in settled["evidence"]] == [each["quote"] for each in reply["citations"]]
    assert still_open["notes"] == "the date"


def test_why_a_file_failed_is_said_in_plain_words_and_the_programs_own_stand_apart(site: Site) -> None:
    site.sign_in()
    journal = site.services.kept()
    job = journal.queue("ingest", "cut.pdf", "1" * 64)
    journal.update_job(job.id, "failed", "ended", "malformed", "cannot be read (PdfStreamError: x); open it")
    said = text_of(site.get(f"/officers/jobs/{job.id}").text)
    assert (
        "The file is damaged or cut off, so it cannot be read. What to do: Open the file in a viewer." in said
    )
    assert "In the program’s words Cannot be read (PdfStreamError: x); open it." in said
    assert "PdfStreamError" not in text_of(site.get("/officers/jobs").text)


def test_every_reason_that_has_advice_has_plain_words() -> None:
    about_files = set(words.ADVICE) - {
        *("not_found", "storage_full", "writer_busy", "index_mismatch", "changed_during_read")
    }
    assert about_files == set(words.REASON)


def test_an_empty_file_is_refused_with_its_advice_said_once(site: Site) -> None:
    site.sign_in()
    token = site.token("/officers")
    response = site.client.post(
        "/officers/upload", data={"token": token}, files={"files": ("empty.txt", b"", "text/plain")}
    )
    said = text_of(response.text)
    assert "empty.txt: not taken. The file is empty. Fetch the file again from its source." in said


def test_the_latest_jobs_are_kept_fresh_where_some_files_were_not_taken(site: Site) -> None:
    site.sign_in()
    files = [("files", ("a.txt", b"words", "text/plain")), ("files", ("empty.txt", b"", "text/plain"))]
    page = site.client.post("/officers/upload", data={"token": site.token("/officers")}, files=files).text
    assert re.search(r'<div id="live" data-poll="on" data-from="/officers"', page)
