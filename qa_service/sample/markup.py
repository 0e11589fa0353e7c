"""The plain text that the sample papers are written in, read into settings and blocks.

A source is a run of `key: value` settings, a line `---`, and blocks apart by blank lines. A block is one of:

- `@word arguments` with the lines below it as its body;
- `# `, `## `, `### ` headings;
- lines beginning `- ` (bullets) or `| ` (table rows, the first is the header);
- a paragraph that begins with a number ("5.6 ", "12. ") or a clause mark ("(i) ", "a) "), set with a hanging
  indent, one step deeper for each `>` in front;
- a plain paragraph.

`@include PATH` puts in the blocks of another source, in which each `{key}` is replaced by the value of a line
`key: value` below the directive; `%` starts a comment line. In text `**x**` is bold and `^1^` a raised mark.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NUMBERED = re.compile(r"^(>*)\s*(\d+(?:\.\d+)+\.?|\d+\.|\(\d+\))\s+(.*)$", re.DOTALL)
_CLAUSE = re.compile(r"^(>*)\s*(\((?:[ivx]+|[a-h])\)|[a-h]\)|[ivx]+\)|[a-h]\.)\s+(.*)$", re.DOTALL)
_UNFILLED = re.compile(r"\{[a-z]+\}")


class BadMarkup(ValueError):
    """A source that breaks the rules above; the message names the file and the block."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block: `kind` is "paragraph", "bullets", "table", "heading", "hanging" or a directive's word."""

    kind: str
    text: str = ""
    marker: str = ""
    depth: int = 0
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A paper as written: `settings` by key, in the words of the file."""

    name: str
    settings: dict[str, str]
    blocks: tuple[Block, ...]


def read_source(path: Path) -> Source:
    """Return the paper written in `path`. Raises BadMarkup."""
    head, rule, body = path.read_text(encoding="utf-8").partition("\n---\n")
    if not rule:
        raise BadMarkup(f"{path.name}: no line '---' after the settings")
    pairs = (line.partition(": ") for line in head.splitlines() if line and not line.startswith("%"))
    return Source(path.stem, {key: value for key, _, value in pairs}, tuple(_blocks(body, path.parent)))


def _blocks(body: str, folder: Path) -> Iterator[Block]:
    kept = "\n".join(line for line in body.splitlines() if not line.startswith("%"))
    for raw in re.split(r"\n\s*\n", kept):
        chunk = raw.strip("\n")
        if not chunk.strip():
            continue
        block = _block(chunk)
        if block.kind == "include":
            yield from _blocks(_included(block, folder), folder)
        else:
            yield block


def _included(block: Block, folder: Path) -> str:
    text = (folder / f"{block.text}.txt").read_text(encoding="utf-8")
    for row in block.rows:
        key, _, value = row.partition(":")
        text = text.replace(f"{{{key}}}", value.strip())
    unfilled = _UNFILLED.search(text)
    if unfilled:
        raise BadMarkup(f"{block.text}: nothing given for {unfilled.group()}")
    return text


def _block(chunk: str) -> Block:
    first, _, rest = chunk.partition("\n")
    if first.startswith("@"):
        word, _, argument = first[1:].partition(" ")
        return Block(word, argument.strip(), rows=tuple(_joined(rest)))
    if first.startswith("#"):
        depth = len(first) - len(first.lstrip("#"))
        return Block("heading", _folded(chunk[depth:]), depth=depth)
    if first.startswith("- "):
        return Block("bullets", rows=tuple(line[2:] for line in _joined(chunk)))
    if first.startswith("|"):
        return Block("table", rows=tuple(chunk.splitlines()))
    hanging = _NUMBERED.match(chunk) or _CLAUSE.match(chunk)
    if hanging:
        arrows, marker, text = hanging.groups()
        return Block("hanging", _folded(text), marker, len(arrows))
    return Block("paragraph", _folded(chunk))


def _joined(lines: str) -> Iterator[str]:
    """Give the lines, those indented by two blanks joined to the one before."""
    held = ""
    for line in lines.splitlines():
        if line.startswith("  ") and held:
            held = f"{held} {line.strip()}"
            continue
        if held:
            yield held
        held = line.rstrip()
    if held:
        yield held


def _folded(text: str) -> str:
    return " ".join(text.split())
