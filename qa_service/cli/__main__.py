"""`python -m qa_service.cli` is `qa`."""

from qa_service.cli import main

main()
