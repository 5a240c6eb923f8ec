"""What can go wrong with an answer, on request."""

from __future__ import annotations

from dataclasses import dataclass

from tests.samplesite.model import Response

CHALLENGE = (
    b'<html><body><script>document.cookie="D1N=5f2b9c0e7a41d3886b1f"+"; expires=Fri, 31-Dec-37 23:55:55 GMT; path=/";'
    b"window.location.reload(true);</script></body></html>"
)
LOGIN = """<html><head><title>Đăng nhập hệ thống</title></head><body><h1>Đăng nhập hệ thống</h1>
<p>Tên đăng nhập và mật khẩu do đơn vị cấp, mọi vướng mắc xin liên hệ bộ phận quản trị trong giờ hành chính.</p>
</body></html>""".encode()
TAKEN_DOWN = """<html><head><title>Một tin đã đăng</title></head><body><h1>Một tin đã đăng</h1>
<p>Ngày đăng: 12/06/2020</p><p>Bài viết đã được gỡ bỏ theo yêu cầu của cơ quan quản lý.</p>
<h4>Các tin khác</h4><ul><li><a href="/tin/mot-tin-khac-n77.html">Một tin khác</a> (03/06/2020)</li></ul></body></html>
""".encode()
_HTML = ("Content-Type", "text/html; charset=utf-8")
_TRANSPORT = ("stall", "slow", "truncate", "reset")
KINDS = (
    *_TRANSPORT,
    "403",
    "429",
    "500",
    "502",
    "503",
    "challenge",
    "login",
    "empty",
    "blank",
    "not-html",
    "garbage",
    "loop",
    "offsite",
    "taken-down",
    "sent-home",
)


@dataclass(slots=True)
class Fault:
    """A fault of one page: its kind, how often it still happens (None: always) and, for some, how many seconds."""

    kind: str
    times: int | None = None
    seconds: float = 5.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no fault of this kind: {self.kind}; there are {', '.join(KINDS)}")

    def happens(self) -> bool:
        """Say whether the fault happens now, counting it."""
        if self.times is None:
            return True
        self.times -= 1
        return self.times >= 0

    def answer(self, target: str, healthy: Response) -> Response:
        """Return what is answered instead of the healthy response."""
        if self.kind in _TRANSPORT:
            return Response(healthy.status, healthy.headers, healthy.body, self.kind, self.seconds)
        if self.kind.isdigit():
            retry = (("Retry-After", f"{self.seconds:g}"),) if self.kind in ("429", "503") else ()
            return Response(
                int(self.kind), (_HTML, *retry), f"<html><body><h1>{self.kind} Server Error</h1></body></html>".encode()
            )
        if self.kind in ("loop", "offsite"):
            return Response(302, (("Location", target if self.kind == "loop" else "http://127.0.0.2:9/"),), b"")
        return Response(200, (_KIND_TYPES.get(self.kind, _HTML),), _BODIES[self.kind])


_KIND_TYPES = {"not-html": ("Content-Type", "application/pdf"), "garbage": ("Content-Type", "text/html")}
_BODIES = {
    "challenge": CHALLENGE,
    "login": LOGIN,
    "taken-down": TAKEN_DOWN,
    "sent-home": b'<html><head><meta http-equiv="refresh" content="0;url=/"></head><body></body></html>',
    "empty": b"",
    "blank": b"<!DOCTYPE html><html><head><title></title></head><body>\n<div></div>\n</body></html>",
    "not-html": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
    "garbage": bytes(range(128, 256)) * 8 + b"\x00\x01\x02\x81\x8d\x8f\x90\x9d" * 64,
}
