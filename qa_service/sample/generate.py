"""Makes the sample papers from their sources: `python -m qa_service.sample.generate [--out DIR]`.

Needs the extra `sample` (reportlab). The papers are committed, so only those who change a source run this.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from qa_service.sample import papers_directory
from qa_service.sample.markup import BadMarkup, Source, read_source
from qa_service.sample.pdf import render_pdf
from qa_service.sample.word import render_word

_SOURCES = Path(__file__).parent / "sources"
_RENDERERS: Mapping[str, Callable[[Source], bytes]] = {".pdf": render_pdf, ".docx": render_word}


def papers() -> Iterator[tuple[str, bytes]]:
    """Give the name and the bytes of every paper, by name of its source. Raises BadMarkup."""
    for path in sorted(_SOURCES.iterdir()):
        if path.suffix == ".html":
            yield path.name, path.read_bytes()
        elif path.suffix == ".txt":
            source = read_source(path)
            render = _RENDERERS.get(Path(source.settings["file"]).suffix)
            if render is None:
                raise BadMarkup(f"{path.name}: cannot make {source.settings['file']}")
            yield source.settings["file"], render(source)


def main() -> None:
    """Write the papers to the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Make the papers of the sample council.")
    parser.add_argument("--out", type=Path, default=papers_directory())
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, data in papers():
        (out / name).write_bytes(data)


if __name__ == "__main__":
    main()
