"""The HTTP API: an edge translates, nothing more."""
