"""The page for what is not there, is not open or failed: Vietnamese first, in our frame, and nothing of the insides."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Forbidden, NotFound, Request, Response
from datasette.views.base import DatasetteError

from db.datasette.pages.complaints import explained
from db.datasette.pages.serving import answer


@dataclass(frozen=True, slots=True)
class Refusal:
    """Status, heading and words of a page; ``said`` is what the machine said and a reader may see."""

    status: int
    heading: str
    message: str
    said: str = ""


_MISSING = Refusal(
    404,
    "Không có gì ở đây",
    "Không có trang nào ở địa chỉ này. Có thể địa chỉ gõ thiếu, hoặc trang đã chuyển đi.",
)
_MISSING_DATA = Refusal(
    404,
    "Không có gì ở đây",
    "Không có bảng, dòng hay câu hỏi mẫu nào mang tên này. Trang Bảng dữ liệu liệt kê tất cả.",
)
_FORBIDDEN = Refusal(403, "Trang này không mở cho người đọc", "Không có quyền xem trang này.")
_FAILED = Refusal(
    500,
    "Máy chủ gặp lỗi",
    "Trang này chưa trả lời được. Hãy thử lại sau ít phút; nếu vẫn lỗi, báo cho người quản lý dữ liệu địa chỉ của trang"
    " và giờ truy cập.",
)
_SLOW = "Câu lệnh chạy quá lâu nên đã được dừng lại. Hãy thu hẹp phạm vi (thêm điều kiện, thêm LIMIT) rồi thử lại."
#: what SQLite says of it
_STOPPED = "interrupted"
_BAD = "Máy không hiểu yêu cầu này. Hãy sửa câu lệnh hoặc địa chỉ rồi thử lại."


def refusal(error: Exception, path: str, database: str) -> Refusal:
    """The page for an error."""
    if isinstance(error, NotFound) or getattr(error, "status", 0) == 404:
        return _MISSING_DATA if path.startswith(f"/{database}/") else _MISSING
    if isinstance(error, Forbidden) or getattr(error, "status", 0) == 403:
        return _FORBIDDEN
    if isinstance(error, Base400):
        return Refusal(error.status, "Yêu cầu không đúng", _BAD, str(error))
    if isinstance(error, QueryInterrupted):
        return Refusal(503, "Câu lệnh chạy quá lâu", _SLOW, _STOPPED)
    if isinstance(error, DatasetteError):
        if error.message_is_html:  # Datasette's page for a query that took too long
            return Refusal(error.status, "Câu lệnh chạy quá lâu", _SLOW, _STOPPED)
        if isinstance(error.__context__, sqlite3.OperationalError) and not explained(str(error.message)):
            return _FAILED  # Datasette calls a damaged disk or a locked database an invalid statement, too
        # one that Datasette raises by itself tells what the reader asked wrongly; the others tell of the database
        if error.status < 500 or error.__context__ is None:
            return Refusal(min(error.status, 400), "Yêu cầu không đúng", _BAD, str(error.message))
    return _FAILED


def refused(request: Request, error: Exception, database: str) -> Response | None:
    """The answer to a request that failed; None leaves data (JSON) to Datasette, but never what failed inside.

    Datasette's own handler is asked too, and writes most of what failed inside to the console.
    """
    made = refusal(error, request.path, database)
    if request.path.endswith(".json"):
        failed = {"ok": False, "error": made.message, "status": made.status, "title": made.heading}
        return Response.json(failed, status=made.status) if made.status >= 500 else None
    asked = request.path == f"/{database}" and made.status in (400, 503)
    sql = (request.args.get("sql") or "")[:10_000] if asked else ""
    about = " ".join([sql, request.path, *request.args.getlist("_where")])
    values = {"heading": made.heading, "message": made.message, "said": made.said, "sql": sql}
    return answer("missing.html", {**values, "explained": explained(made.said, about)}, request, status=made.status)


def forbidden(request: Request) -> Response:
    """The answer to a request for what is not open."""
    values = {"heading": _FORBIDDEN.heading, "message": _FORBIDDEN.message}
    return answer("missing.html", values, request, status=403)
