"""Who may see a paper. Stored and filtered from the first migration."""

from enum import StrEnum


class Access(StrEnum):
    """Levels of Part VA of the Local Government Act 1972: each level has indexes of its own.

    Exempt papers may be closed (Schedule 12A), confidential ones must be (section 100A(3)).
    """

    PUBLIC = "public"
    EXEMPT = "exempt"
    CONFIDENTIAL = "confidential"


PUBLIC_ONLY: frozenset[Access] = frozenset({Access.PUBLIC})
