"""Loaded by Datasette from this folder (``--plugins-dir``)."""
