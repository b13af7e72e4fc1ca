"""SQLite and files: the archive, the tables, what is loaded into them and what people open."""
