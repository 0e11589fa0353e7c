"""One module a family of measures; each value keeps its topic and its reason."""
