import hashlib
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from qa_service.documents.child_process import ReadingLimits
from qa_service.documents.page_picture import PagePictures, PdfFile
from qa_service.errors import IntegrityFailure, ParserStopped, UnreadableSource


def pdf(folder: Path, *pages: str, name: str = "paper.pdf") -> PdfFile:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(300, 400), invariant=1)
    for text in pages:
        canvas.drawString(30, 350, text)
        canvas.showPage()
    canvas.save()
    return stored(folder, out.getvalue(), name)


def turned(folder: Path, text: str) -> PdfFile:
    document = pypdfium2.PdfDocument(pdf(folder, text).path)
    document[0].set_rotation(90)
    out = BytesIO()
    document.save(out)
    document.close()
    return stored(folder, out.getvalue())


def stored(folder: Path, data: bytes, name: str = "paper.pdf") -> PdfFile:
    path = folder / name
    path.write_bytes(data)
    return PdfFile(path, hashlib.sha256(data).hexdigest(), name)


def size_of(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.fixture
def pictures(tmp_path: Path) -> Iterator[PagePictures]:
    made = PagePictures(tmp_path / "pictures")
    yield made
    made.close()


def test_a_page_is_drawn_as_wide_as_asked(tmp_path: Path, pictures: PagePictures) -> None:
    file = pdf(tmp_path, "Minutes", "Report")
    assert size_of(pictures.picture(file, 2)) == (1000, 1334)
    assert size_of(pictures.picture(file, 2, 2000)) == (2000, 2667)


def test_pages_of_one_file_differ(tmp_path: Path, pictures: PagePictures) -> None:
    file = pdf(tmp_path, "Minutes", "Report")
    assert pictures.picture(file, 1) != pictures.picture(file, 2)


def test_a_picture_is_kept_and_given_again_without_the_file(tmp_path: Path, pictures: PagePictures) -> None:
    file = pdf(tmp_path, "Minutes")
    first = pictures.picture(file, 1)
    file.path.unlink()
    assert pictures.picture(file, 1) == first


def test_half_a_picture_on_disk_is_drawn_again(tmp_path: Path, pictures: PagePictures) -> None:
    file = pdf(tmp_path, "Minutes")
    whole = pictures.picture(file, 1)
    (kept,) = (tmp_path / "pictures").glob("*.png")
    kept.write_bytes(whole[:100])
    assert pictures.picture(file, 1) == whole


def test_characters_have_places_on_the_picture(tmp_path: Path, pictures: PagePictures) -> None:
    page = pictures.characters(pdf(tmp_path, "Minutes"), 1)
    assert (page.width, page.height, page.text) == (300, 400, "Minutes")
    first, last = page.boxes[0], page.boxes[-1]
    assert first.left == pytest.approx(30, abs=2)
    assert first.top < 50 < first.bottom + 5
    assert first.right < last.left


def test_on_a_turned_page_places_turn_too(tmp_path: Path, pictures: PagePictures) -> None:
    page = pictures.characters(turned(tmp_path, "Minutes"), 1)
    assert (page.width, page.height) == (400, 300)
    first, last = page.boxes[0], page.boxes[-1]
    assert first.bottom < last.top  # the line runs down the page as it is drawn
    assert 340 < first.left < first.right < 370


def test_a_file_that_is_no_pdf_is_unreadable(tmp_path: Path, pictures: PagePictures) -> None:
    with pytest.raises(UnreadableSource, match=r"paper\.pdf"):
        pictures.picture(stored(tmp_path, b"%PDF-1.7 and nothing else"), 1)


def test_a_page_beyond_the_last_is_unreadable(tmp_path: Path, pictures: PagePictures) -> None:
    with pytest.raises(UnreadableSource, match="has 1 pages"):
        pictures.picture(pdf(tmp_path, "Minutes"), 2)


def test_a_file_that_changed_since_it_was_stored_is_not_drawn(tmp_path: Path, pictures: PagePictures) -> None:
    file = pdf(tmp_path, "Minutes")
    file.path.write_bytes(file.path.read_bytes() + b"\n")
    with pytest.raises(IntegrityFailure):
        pictures.picture(file, 1)


def test_a_page_beyond_the_time_limit_is_stopped_and_not_tried_again(tmp_path: Path) -> None:
    pictures = PagePictures(tmp_path / "pictures", ReadingLimits(wall_seconds=0.0))
    file = pdf(tmp_path, "Minutes")
    with pytest.raises(ParserStopped) as caught:
        pictures.picture(file, 1)
    assert caught.value.limit == "time"
    file.path.unlink()  # a second try would miss the file
    with pytest.raises(ParserStopped):
        pictures.picture(file, 1)
    pictures.close()


def test_a_huge_page_is_drawn_with_a_bounded_number_of_pixels(tmp_path: Path, pictures: PagePictures) -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(10, 14_000), invariant=1)
    canvas.drawString(1, 100, "x")
    canvas.save()
    width, height = size_of(pictures.picture(stored(tmp_path, out.getvalue()), 1))
    assert width * height <= 12_000_000


def test_a_bad_page_leaves_the_next_one_drawable(tmp_path: Path, pictures: PagePictures) -> None:
    with pytest.raises(UnreadableSource):
        pictures.picture(stored(tmp_path, b"%PDF-1.7", "bad.pdf"), 1)
    assert pictures.picture(pdf(tmp_path, "Minutes", name="good.pdf"), 1).startswith(b"\x89PNG")


def test_beyond_its_size_the_cache_forgets_the_pictures_used_longest_ago(tmp_path: Path) -> None:
    file = pdf(tmp_path, "Minutes", "Report", "Annex")
    pictures = PagePictures(tmp_path / "pictures", cache_bytes=1)
    for page in (1, 2, 3):
        pictures.picture(file, page)
    assert list((tmp_path / "pictures").glob("*.png")) == []
    pictures.close()


def test_pictures_of_removed_files_are_discarded(tmp_path: Path, pictures: PagePictures) -> None:
    kept, gone = pdf(tmp_path, "Minutes"), pdf(tmp_path, "Report", name="other.pdf")
    pictures.picture(kept, 1)
    pictures.picture(gone, 1)
    assert pictures.discard(lambda sha256: sha256 == kept.sha256) == 1
    assert [path.name[:64] for path in (tmp_path / "pictures").glob("*.png")] == [kept.sha256]


def test_a_width_that_is_not_offered_is_refused(tmp_path: Path, pictures: PagePictures) -> None:
    with pytest.raises(ValueError, match="12345"):
        pictures.picture(pdf(tmp_path, "Minutes"), 1, 12345)
