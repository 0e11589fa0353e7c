"""Bytes to structure: readers, sandbox, and everything that a committee clerk sees in a paper."""
