"""A Frictionless data package: the CSV, ``datapackage.json`` that describes it, and a README for people."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from db.export.about import About, field_text
from db.export.csvfile import write_csv
from db.export.selection import ExportError, Field, Selection

_DESCRIPTOR = "datapackage.json"
_README = """# {title}

{lines}

## Về tệp CSV
- Mã hóa UTF-8; dấu chấm đứng trước phần thập phân; cột có tên kết thúc bằng `_vi` viết số theo cách của Việt Nam.
- Ô bắt đầu bằng = + - @ (không phải là số) có thêm dấu ' ở đầu, để phần mềm bảng tính không hiểu nhầm là công thức.
- Ý nghĩa của từng cột, bằng tiếng Việt và tiếng Anh, ở tệp datapackage.json.
"""


def write_package(selection: Selection, path: Path, about: About) -> int:
    """Write the package as a folder, or as one file where ``path`` ends in .zip; returns the number of rows.

    What stands at ``path`` is replaced once the new package is whole; a folder that is no data package is refused.
    """
    path = path.absolute()
    if path.is_dir() and any(path.iterdir()) and not (path / _DESCRIPTOR).exists():
        raise ExportError(f"{path}: is a folder with other files in it; name a new folder, or one ending in .zip")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as temporary:
        folder = Path(temporary) / "package"
        count = _fill(selection, folder, about)
        if path.suffix.lower() == ".zip":
            zipped = Path(temporary) / "package.zip"
            _zip(folder, zipped)
            zipped.replace(path)
        else:
            if path.exists():
                path.rename(Path(temporary) / "before")
            shutil.move(folder, path)
    return count


def _fill(selection: Selection, folder: Path, about: About) -> int:
    name = f"data/{selection.what}.csv"
    (folder / "data").mkdir(parents=True)
    with (folder / name).open("wb") as out:
        count = write_csv(selection, out)
    readme = _README.format(title=about.title, lines="  \n".join(about.lines(count)[1:]))
    (folder / "README.md").write_text(readme, encoding="utf-8")
    resource = _resource(selection, name, folder / name, count)
    descriptor = json.dumps(_descriptor(about, resource), ensure_ascii=False, indent=2)
    (folder / _DESCRIPTOR).write_text(descriptor + "\n", encoding="utf-8")
    return count


def _descriptor(about: About, resource: dict[str, Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": f"bantin-{resource['name']}",
        "title": about.title,
        "description": f"{about.description} {about.filter}".strip(),
        "citation": about.citation,
        "licenses": [{"name": "other", "title": license} for license in about.licenses],
        "sources": [{"title": name, "path": url} for name, url, _ in about.sources],
        "resources": [resource],
    }


def _resource(selection: Selection, name: str, path: Path, count: int) -> dict[str, Any]:
    with path.open("rb") as data:
        sha256 = hashlib.file_digest(data, "sha256").hexdigest()
    schema: dict[str, Any] = {"fields": [_field(f) for f in selection.fields], "missingValues": [""]}
    if selection.key:
        schema["primaryKey"] = selection.key
    return {
        "profile": "tabular-data-resource",
        "name": selection.what,
        "path": name,
        "title": selection.title,
        "description": selection.vi,
        "description_en": selection.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256}",
        "rows": count,
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }


def _field(field: Field) -> dict[str, Any]:
    made: dict[str, Any] = {"name": field.name, "type": field.type}
    made |= {"title": field.vi, "description": field_text(field), "description_en": field.en}
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.choices:
        constraints["enum"] = list(field.choices)
    return made | ({"constraints": constraints} if constraints else {})


def _zip(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                # a fixed time: the same data give the same file
                entry = zipfile.ZipInfo(file.relative_to(folder).as_posix())
                entry.compress_type = zipfile.ZIP_DEFLATED
                with file.open("rb") as source, archive.open(entry, "w", force_zip64=True) as out:
                    shutil.copyfileobj(source, out)
