"""Answers from council committee papers, with verbatim, page-exact citations."""
