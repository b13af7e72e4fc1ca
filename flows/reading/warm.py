"""Importing this reads one sentence and one page, so that what loads late is loaded."""

from extractors.facts import read_facts
from extractors.page import read_page
from extractors.pipeline import extract_text
from extractors.text.document import Document

_SENTENCE = "Quận có 12 phường, đạt 92,3% kế hoạch năm 2023; trao 3 cuộn vải."

extract_text(_SENTENCE, id="warm")
read_facts(Document(_SENTENCE, None, None))
read_page(f"<html><body><p>{_SENTENCE}</p></body></html>".encode())
