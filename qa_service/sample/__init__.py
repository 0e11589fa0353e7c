"""The papers of a fictional county council and its neighbour: what `qa serve --sample` serves."""

from pathlib import Path

__all__ = ["papers_directory"]


def papers_directory() -> Path:
    """Return the folder of the generated papers, which are committed: serving needs no generator."""
    return Path(__file__).parent / "papers"
