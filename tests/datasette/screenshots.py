"""``make screenshots``: the six pages of the sample portal as pictures in ``db/datasette/screenshots``."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from pathlib import Path

from tests.datasette import browser as chrome
from tests.datasette.support import fill, served

FOLDER = Path(__file__).parents[2] / "db" / "datasette" / "screenshots"
_AREAS = Path(__file__).parents[1] / "areas" / "hai_linh.toml"
#: name -> (address, width, light or dark); {document} and {figure} are those of the bulletin shown
SHOTS = {
    "trang-chu": ("/", 1280, "light"),
    "chi-tieu": ("/chi-tieu/dan_van_kheo", 1280, "light"),
    "ban-tin": ("/ban-tin/{document}#f-{figure}", 1280, "light"),
    "ban-tin-dien-thoai": ("/ban-tin/{document}#f-{figure}", 390, "dark"),
    "kiem-tra": ("/kiem-tra", 1280, "light"),
    "dia-ban": ("/dia-ban/99.quan-hai-linh", 1280, "light"),
    "chat-luong": ("/chat-luong", 1280, "light"),
}
_HEIGHT = 860


def main() -> int:
    """Read the sample portal, serve it, take the pictures; the exit code."""
    if chrome.chromium() is None:
        print(chrome.HOW, file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = fill(Path(folder))
        (home.root / "areas.toml").write_text(_AREAS.read_text(encoding="utf-8"), encoding="utf-8")
        connection = sqlite3.connect(f"{home.database.as_uri()}?mode=ro", uri=True)
        document, figure = connection.execute(
            "SELECT document_id, id FROM figures_full WHERE quote = '284' AND title LIKE 'Quý I/2024: 284%' LIMIT 1"
        ).fetchone()
        connection.close()
        with served(home) as address, chrome.browser() as browser:
            for name, (path, width, scheme) in SHOTS.items():
                size = {"width": width, "height": _HEIGHT}
                page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
                page.goto(address + path.format(document=document, figure=figure))
                page.wait_for_function("document.fonts.ready.then(() => true)")
                page.screenshot(path=FOLDER / f"{name}.png")
                page.close()
    for path in sorted(FOLDER.glob("*.png")):
        print(
            f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}  {path.stat().st_size} bytes"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
