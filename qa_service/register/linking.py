"""Derives from a published generation what the register says across papers: copies, links, matters."""

from qa_service.domain.access import Access
from qa_service.store.database import Connection
from qa_service.store.generations import current_number, setting, store_setting
from qa_service.store.register_links import replace_copies

# Raised by hand whenever deriving changes what it finds.
REGISTER_VERSION = 1


def relink(writer: Connection, access: Access) -> None:
    """Derive everything of one access level anew, in one transaction; nothing where nothing was published."""
    made_of = f"{current_number(writer, access)}:{REGISTER_VERSION}"
    name = f"register:{access.value}"
    if setting(writer, name) == made_of:
        return
    with writer.transaction():
        replace_copies(writer, access)
        store_setting(writer, name, made_of)
