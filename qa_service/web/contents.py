"""What every page may need to know of the papers at hand, read once a generation."""

from typing import Annotated

from fastapi import Depends, Request

from qa_service.api.dependencies import services_of
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.store.overview import Overview, Overviews
from qa_service.web.examples import Examples
from qa_service.web.kept_conflicts import KeptConflicts


class Contents:
    """The overview of papers and meetings, examples of questions, and what does not agree."""

    def __init__(self) -> None:
        self.overviews = Overviews()
        self.examples = Examples()
        self.conflicts = KeptConflicts()


def overview_of(request: Request) -> Overview:
    """Return the overview of the papers that anybody may see."""
    contents: Contents = request.app.state.contents
    with services_of(request).database.reading() as reader:
        return contents.overviews.current(reader, PUBLIC_ONLY)


def examples_of(request: Request) -> tuple[str, ...]:
    """Return examples of questions."""
    contents: Contents = request.app.state.contents
    with services_of(request).database.reading() as reader:
        overview = contents.overviews.current(reader, PUBLIC_ONLY)
        return contents.examples.current(reader, overview, PUBLIC_ONLY)


OverviewDep = Annotated[Overview, Depends(overview_of)]
