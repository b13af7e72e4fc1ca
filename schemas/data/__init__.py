"""Code lists and descriptions as data files; each is read by one module of ``schemas``."""
