"""SQLite is the only truth; index files are caches of its rows."""
