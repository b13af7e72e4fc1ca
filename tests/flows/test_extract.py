"""``bantin extract``: every kind of input, three formats, faults that cost only themselves, light imports."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import IO, Any, cast

import pytest
from click.testing import CliRunner, Result
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import flows.inputs
from flows.cli import cli
from flows.inputs import read_inputs
from flows.items import Document

SENTENCE = "Năm 2024, phường Cầu Sậy có 300 mô hình Dân vận khéo, trong đó 297 mô hình ở tổ dân phố."
PAGE = """<!doctype html><html><head><title>Tin</title><meta charset="utf-8"></head><body>
<h1>Phường Cầu Sậy sơ kết công tác dân vận</h1>
<article><p>Sáng ngày 12/7/2024, phường Cầu Sậy tổ chức hội nghị sơ kết công tác dân vận sáu tháng đầu năm.</p>
<p>Toàn phường có 36 mô hình Dân vận khéo, vận động nhân dân đóng góp 1.250 ngày công làm đường.</p>
<p>Đồng chí Chủ tịch đề nghị các tổ dân phố tiếp tục nhân rộng những cách làm hay trong thời gian tới.</p></article>
</body></html>"""


def extract(*words: str | Path, stdin: str | bytes = b"") -> Result:
    return CliRunner().invoke(cli, ["extract", *(str(word) for word in words)], input=stdin)


def documents(said: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.stdout.splitlines()]


def jsonl(path: Path, *lines: dict[str, Any] | str) -> Path:
    made = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(made) + "\n", encoding="utf-8", errors="surrogatepass")
    return path


def quotes(document: dict[str, Any]) -> list[str]:
    return [figure["quote"] for figure in document["figures"]]


def test_documents_come_back_with_their_id_and_text(tmp_path: Path) -> None:
    given = [
        {"id": "a", "text": SENTENCE, "title": "Sơ kết", "published": "2024-07-12", "figures": "labels are left"},
        {"id": 7, "text": unicodedata.normalize("NFD", SENTENCE)},
        {"id": "trống", "text": ""},
        {"id": "dòng", "text": "  Có 12 hộ.\r\n\tCó 3.400 hộ.\u2028 "},
    ]
    said = extract(jsonl(tmp_path / "in.jsonl", *given))
    assert said.exit_code == 0 and said.stderr == ""
    made = [json.loads(line) for line in said.stdout.rstrip("\n").split("\n")]
    assert [(d["id"], d["text"]) for d in made] == [(d["id"], d["text"]) for d in given]
    assert (made[0]["title"], made[0]["published"], made[1]["title"]) == ("Sơ kết", "2024-07-12", None)
    assert list(made[0]) == ["id", "title", "published", "text", "figures", "findings", "ledger"]
    for document in made:
        for figure in document["figures"]:
            assert document["text"][figure["start"] : figure["end"]] == figure["quote"]
    assert quotes(made[0]) == quotes(made[1]) == ["300", "297"]
    assert made[0]["figures"][1]["part_of"] == 0
    assert quotes(made[3]) == ["12", "3.400"]


def test_half_a_surrogate_pair_stays_json(tmp_path: Path) -> None:
    said = extract(jsonl(tmp_path / "in.jsonl", '{"id": "x", "text": "Có 12 hộ \\ud83d nghèo"}'))
    assert said.exit_code == 0
    assert documents(said)[0]["text"] == "Có 12 hộ \ud83d nghèo"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "expected"),
        ("[1]", "found list"),
        ('{"id": "x"}', "found none"),
        ('{"id": "x", "text": 5}', "found int"),
        ('{"id": "x", "text": "có 3 hộ", "published": 2024}', "published"),
        ('{"id": "x", "text": "' + "[" * 3, "line 2"),
        ("[" * 100_000, "line 2"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(tmp_path: Path, line: str, told: str) -> None:
    good = {"id": "sau", "text": "Có 12 hộ."}
    said = extract(jsonl(tmp_path / "in.jsonl", good | {"id": "trước"}, line, good))
    assert said.exit_code == 1
    assert [d["id"] for d in documents(said)] == ["trước", "sau"]
    assert len(said.stderr.splitlines()) == 1 and "in.jsonl, line 2: " in said.stderr and told in said.stderr


def test_bytes_that_are_no_utf8_are_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a", "text": "3 h\xe1\xbb\x99"}\n\n{"id": "b", "text": "\xff"}\n')
    said = extract(path)
    assert said.exit_code == 1 and [d["id"] for d in documents(said)] == ["a"]
    assert "line 3" in said.stderr


def test_a_document_without_an_id_is_named_by_its_line(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "in.jsonl", {"text": "Có 3 hộ."}, {"id": None, "text": "Có 4 hộ."})
    assert [d["id"] for d in documents(extract(path))] == [f"{path}:1", f"{path}:2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_plain_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Quận có 12 phường.\r\nQuận ủy tổ chức 5 cuộc đối thoại.\n"
    path = tmp_path / "tin.txt"
    decomposed = {"cp1258": lambda: _for_1258(text)}.get(encoding, lambda: text)()
    path.write_bytes(decomposed.encode(encoding))
    (document,) = documents(extract(path))
    assert document["id"] == str(path)
    assert document["text"] == text.replace("\r\n", "\n")
    assert quotes(document) == ["12", "5"]


def _for_1258(text: str) -> str:
    """Tone marks apart from their letters, as windows-1258 has them."""
    made = ""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tone = [mark for mark in parts[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
        base = "".join(mark for mark in parts if mark not in tone)
        made += unicodedata.normalize("NFC", base) + "".join(tone)
    return made


def test_a_page_brings_what_the_page_says(tmp_path: Path) -> None:
    path = tmp_path / "tin.html"
    path.write_text(PAGE, encoding="utf-8")
    said = extract(path)
    (document,) = documents(said)
    assert said.exit_code == 0
    assert document["id"] == str(path) and document["title"] == "Phường Cầu Sậy sơ kết công tác dân vận"
    assert {"36", "1.250"} <= set(quotes(document))
    assert document["reader"] == "generic" and f"{path}: read generically" in said.stderr
    assert document["captions"] == [] and document["byline"] is None
    bodies = [block["text"] for block in document["blocks"] if block["kind"] != "caption"]
    assert "\n\n".join(bodies) == document["text"]


@pytest.mark.parametrize(
    ("stdin", "id", "found"),
    [
        ('\n{"id": "a", "text": "Có 12 hộ."}\n{"id": "b", "text": "x"}\n', ["a", "b"], ["12"]),
        ("Có 12 hộ và {\n", ["-"], ["12"]),
        ('{"id": "a"} có 12 hộ', ["-"], ["12"]),
        (f"\n  {PAGE}", ["-"], ["36"]),
        ("", ["-"], []),
    ],
)
def test_standard_input_is_judged_by_its_beginning(stdin: str, id: list[str], found: list[str]) -> None:
    for words in ((), ("-",)):
        made = documents(extract(*words, stdin=stdin.encode()))
        assert [d["id"] for d in made] == id
        assert [quote for d in made for quote in quotes(d) if quote in ("12", "36")] == found


def test_a_file_with_another_ending_is_judged_by_content(tmp_path: Path) -> None:
    path = tmp_path / "saved"
    path.write_text(PAGE, encoding="utf-8")
    assert documents(extract(path))[0]["reader"] == "generic"


def test_what_is_missing_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "tin.txt").write_text("Có 12 hộ.", encoding="utf-8")
    (tmp_path / "rỗng.html").write_bytes(b"")
    (tmp_path / "ảnh.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    said = extract(*(tmp_path / name for name in ("không có.txt", "rỗng.html", "", "ảnh.html", "tin.txt")))
    assert said.exit_code == 1
    assert [d["id"] for d in documents(said)] == [str(tmp_path / "tin.txt")]
    told = said.stderr.splitlines()
    assert len(told) == 4 and all(str(tmp_path) in line for line in told)
    assert "No such file" in told[0]


def test_a_fault_of_ours_costs_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors import pipeline

    true = pipeline.extract_text

    def faulty(text: str, **known: Any) -> Any:
        if "13" in text:
            raise RuntimeError("a table\nis missing")
        return true(text, **known)

    monkeypatch.setattr(pipeline, "extract_text", faulty)
    said = extract(jsonl(tmp_path / "in.jsonl", {"id": "a", "text": "13"}, {"id": "b", "text": "12 hộ"}))
    assert said.exit_code == 1 and [d["id"] for d in documents(said)] == ["b"]
    assert said.stderr == "a: cannot be extracted, RuntimeError: a table is missing\n"


def test_documents_are_taken_one_at_a_time() -> None:
    """A stream of documents is not read ahead: the second is asked for only when the first has been handed over."""
    asked: list[int] = []

    def lines() -> Iterator[bytes]:
        for number in range(1000):
            asked.append(number)
            yield b'{"id": %d, "text": "12 h"}\n' % number

    items = read_inputs(["-"], cast(IO[bytes], lines()))
    for wanted in range(3):
        item = next(items)
        assert isinstance(item, Document) and item.id == wanted
        assert len(asked) == wanted + 1


def test_wrong_usage() -> None:
    assert extract("--format", "xml").exit_code == 2
    assert "Example" in extract("--help").stdout


# archives


def record(writer: WARCWriter, url: str, body: bytes, *, status: str = "200 OK", **headers: str) -> None:
    known = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
    http = StatusAndHeaders(status, list(known.items()), protocol="HTTP/1.1")
    dated = {"WARC-Date": "2024-07-12T01:00:00Z"}
    writer.write_record(
        writer.create_warc_record(url, "response", BytesIO(body), http_headers=http, warc_headers_dict=dated)
    )


def warc(path: Path, *, zipped: bool) -> list[int]:
    """Three pages (the second compressed), an image, an error page, a revisit; returns where each record begins."""
    starts = []
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=zipped)
        starts.append(file.tell())
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        pages = [PAGE.replace("36 mô hình", f"{n} mô hình").encode() for n in (41, 42, 43)]
        for number, body in enumerate(pages, 1):
            starts.append(file.tell())
            packed = {"Content_Encoding": "gzip"} if number == 2 else {}
            record(writer, f"https://causay.example/{number}.html", gzip.compress(body) if packed else body, **packed)
        starts.append(file.tell())
        record(writer, "https://causay.example/a.png", b"\x89PNG", Content_Type="image/png")
        record(writer, "https://causay.example/4.html", b"<html>404</html>", status="404 Not Found")
        writer.write_record(
            writer.create_revisit_record(
                "https://causay.example/1.html", "sha1:X", "https://causay.example/1.html", "2024-07-12T01:00:00Z"
            )
        )
    return starts


def models(said: Result) -> dict[str, str]:
    """Document id -> the number of models its page tells."""
    return {d["id"]: next(f["quote"] for f in d["figures"] if f["unit"] == "mô hình") for d in documents(said)}


EVERY = {f"https://causay.example/{n}.html 2024-07-12T01:00:00Z": f"4{n}" for n in (1, 2, 3)}


@pytest.mark.parametrize("name", ["kho.warc.gz", "kho.warc"])
def test_every_page_of_an_archive(tmp_path: Path, name: str) -> None:
    warc(tmp_path / name, zipped=name.endswith("gz"))
    said = extract(tmp_path / name)
    assert said.exit_code == 0, said.stderr
    assert models(said) == EVERY
    assert "1 pages answered with status 404 left out" in said.stderr and "1 revisit records" in said.stderr


def test_an_archive_zipped_as_a_whole(tmp_path: Path) -> None:
    warc(tmp_path / "kho.warc", zipped=False)
    (tmp_path / "kho.warc.gz").write_bytes(gzip.compress((tmp_path / "kho.warc").read_bytes()))
    assert models(extract(tmp_path / "kho.warc.gz")) == EVERY


@pytest.mark.parametrize("name", ["kho.warc.gz", "kho.warc"])
@pytest.mark.parametrize("at", [0.0, 0.5])
def test_a_damaged_record_costs_only_itself(tmp_path: Path, name: str, at: float) -> None:
    """A byte is changed at the record's beginning, or in the middle of its body."""
    path = tmp_path / name
    starts = warc(path, zipped=name.endswith("gz"))
    body = bytearray(path.read_bytes())
    body[starts[1] + int((starts[2] - starts[1]) * at)] ^= 0x55
    path.write_bytes(body)
    said = extract(path)
    assert said.exit_code == 1
    assert models(said) == {id: n for id, n in EVERY.items() if n != "41"}
    told = [line for line in said.stderr.splitlines() if "damaged record" in line]
    # what a flipped bit makes of a compressed member differs (its record has a random id): one complaint or two
    assert told and all(f"{path} at {starts[1]}" in line for line in told)


@pytest.mark.parametrize("name", ["kho.warc.gz", "kho.warc"])
def test_an_archive_that_was_cut_off(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    starts = warc(path, zipped=name.endswith("gz"))
    path.write_bytes(path.read_bytes()[: starts[4] - 60])
    said = extract(path)
    assert said.exit_code == 1 and "ends inside" in said.stderr
    assert sorted(models(said).values()) == ["41", "42"]


@pytest.mark.parametrize(
    "body", [b"\x1f\x8bxxxxxxxxxx", b"nothing of the kind", b"WARC/1.0\r\nContent-Length: 9\r\n\r\n"]
)
def test_rubbish_that_calls_itself_an_archive(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "kho.warc.gz").write_bytes(body)
    said = extract(tmp_path / "kho.warc.gz")
    assert said.exit_code == 1 and said.stdout == "" and len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["kho.warc", "kho.warc.gz"])
def test_an_empty_archive_is_a_fault(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"") if name.endswith("gz") else b"")
    said = extract(tmp_path / name)
    assert said.exit_code == 1 and said.stdout == ""
    assert f"{name}: an empty archive" in said.stderr


@pytest.mark.parametrize("name", ["kho.warc", "kho.warc.gz"])
def test_an_archive_without_a_page_says_so(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        writer = WARCWriter(file, gzip=name.endswith("gz"))
        writer.write_record(writer.create_warcinfo_record(name, {"software": "test"}))
        record(writer, "https://causay.example/a.png", b"\x89PNG", Content_Type="image/png")
    said = extract(tmp_path / name)
    assert said.exit_code == 0 and said.stdout == ""
    assert "none of its 2 records is an HTML page" in said.stderr


def test_documents_that_are_none_are_told(tmp_path: Path) -> None:
    said = extract(jsonl(tmp_path / "in.jsonl", "", " "))
    assert said.exit_code == 0 and "in.jsonl: no document in it" in said.stderr


def test_a_page_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.warcs

    monkeypatch.setattr(flows.warcs, "LARGEST_PAGE", 1 << 20)
    with (tmp_path / "kho.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        record(writer, "https://causay.example/1.html", gzip.compress(b" " * (4 << 20)), Content_Encoding="gzip")
        record(writer, "https://causay.example/2.html", PAGE.encode())
    said = extract(tmp_path / "kho.warc.gz")
    assert said.exit_code == 1 and "larger than 1 MiB" in said.stderr
    assert list(models(said).values()) == ["36"]


def test_a_page_larger_than_any_bulletin_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows.inputs, "LARGEST_PAGE", 100)
    (tmp_path / "tin.html").write_text(PAGE, encoding="utf-8")
    said = extract(tmp_path / "tin.html")
    assert said.exit_code == 1 and "larger" in said.stderr


# formats


def test_the_table_shows_figures_findings_and_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    text = "Quận có 300 mô hình Dân vận khéo (gồm 290 mô hình cấp phường, 4 mô hình cấp quận), tăng 27% so với cùng kỳ."
    path = jsonl(tmp_path / "in.jsonl", {"id": "a", "title": "Sơ kết", "text": text}, {"id": "b", "text": "Không có."})
    said = extract("--format", "table", path)
    assert said.exit_code == 0
    first, second = said.stdout.split("\n\n")
    rows = first.splitlines()
    assert rows[0] == "a · Sơ kết"
    assert rows[1].split() == ["#", "Giá", "trị", "Đơn", "vị", "Cách", "nói", "Kỳ", "Nội", "dung", "Câu", "văn"]
    assert all(len(row) <= 140 for row in rows[:6])
    assert "[290] mô hình" in rows[3] and "thuộc #1" in rows[3]
    assert "27" in rows[5] and "tăng so với cùng kỳ" in rows[5]
    assert any(row.startswith("  [không khớp] ") and "(#1, #2, #3)" in row for row in rows)
    assert rows[-1].startswith("  Chữ số: 4 thuộc số liệu, ")
    assert second.splitlines() == ["b", "  Chữ số: 0 thuộc số liệu, 0 loại ra, 0 chưa giải thích được"]


def test_columns_stand_below_each_other_also_with_decomposed_text(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", "Có 12 hộ nghèo. Có 1.340 hộ cận nghèo.")
    rows = extract("--format", "table", jsonl(tmp_path / "in.jsonl", {"id": "a", "text": text})).stdout.splitlines()[
        1:4
    ]
    assert len({row.index(mark) for row, mark in zip(rows, ("Câu văn", "Có [12]", "Có [1.340]"), strict=True)}) == 1


def test_a_table_cannot_steer_the_terminal(tmp_path: Path) -> None:
    given = {"id": "\x1b]0;x\x07", "title": "a\nb", "text": "Có 12 hộ\x1b[2J nghèo\u202e."}
    said = extract("--format", "table", jsonl(tmp_path / "in.jsonl", given))
    assert not set("\x1b\x07\u202e") & set(said.stdout)


class Reader(HTMLParser):
    """What a browser would make of the page: elements opened and closed in order, text, ids, links, marks."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.marks: list[dict[str, str | None]] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.add(tag)
        self.attributes |= known.keys()
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if known.get("id"):
            self.ids.append(str(known["id"]))
        if tag == "a":
            self.links.append(str(known["href"]))
        if "tabindex" in known:
            self.marks.append(known)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_marks_every_numeral(tmp_path: Path) -> None:
    text = "Năm 2024, quận có 300 mô hình (gồm 290 mô hình cấp phường, 4 mô hình cấp quận)."
    said = extract(
        "--format", "html", jsonl(tmp_path / "in.jsonl", {"id": "a", "text": text}, {"id": "b", "text": "3 hộ"})
    )
    assert said.exit_code == 0
    page = Reader()
    page.feed(said.stdout)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    states = [str(mark["class"]) for mark in page.marks]
    assert states.count("n claimed") == 4 and "n set_aside" in states
    assert {mark["tabindex"] for mark in page.marks} == {"0"}
    assert page.links and {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert not page.tags & {"script", "img", "link", "iframe"} and not page.attributes & {"src", "onclick", "style"}
    for told in (
        "không khớp",
        "loại ra: kỳ thời gian",
        "mô hình",
        "prefers-color-scheme: dark",
        "thành phần",
        "Quy tắc",
    ):
        assert told.lower() in said.stdout.lower()
    assert "http" not in said.stdout.replace("http-equiv", "")


def test_the_page_escapes_every_text(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"
    given = {"id": evil, "title": evil, "published": evil, "text": f"{evil} có 12 <b>hộ</b> \x00\x1b"}
    page = Reader()
    said = extract("--format", "html", jsonl(tmp_path / "in.jsonl", given))
    page.feed(said.stdout)
    assert said.exit_code == 0 and page.open == []
    assert not page.tags & {"script", "img"} and "onerror" not in page.attributes
    assert "\x00" not in said.stdout and "\x1b" not in said.stdout


# as a program of its own


def run(*words: str | Path, stdin: bytes = b"", before: str = "") -> subprocess.CompletedProcess[bytes]:
    program = f"import sys; sys.argv = ['bantin', *sys.argv[1:]]; from flows.cli import main\n{before}\nmain()"
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        input=stdin,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=60,
    )


def test_imports_stay_light() -> None:
    heavy = ("prefect", "bs4", "lxml", "datasette", "sqlite3", "sqlite_utils", "trafilatura", "requests", "warcio")
    told = f"import atexit; atexit.register(lambda: print([m for m in {heavy} if m in sys.modules], file=sys.stderr))"
    done = run("extract", "-", stdin=SENTENCE.encode(), before=told)
    assert done.returncode == 0 and json.loads(done.stdout)["figures"]
    assert done.stderr.strip() == b"[]"


def test_a_reader_that_stops_early_is_no_fault(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "in.jsonl", *({"id": n, "text": SENTENCE} for n in range(300)))
    command = [sys.executable, "-c", "from flows.cli import main; main()", "extract", str(path)]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0
