"""Bringing in what others archived: WARC and WACZ files, folders and zip files of saved pages, texts, JSON lines."""
