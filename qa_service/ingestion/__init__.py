"""One file from bytes to rows, and one commit from rows to a published generation."""
