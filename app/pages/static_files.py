"""Theme, scripts and data files, held in memory with a content version and a gzip copy."""

import gzip
import mimetypes
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers, QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

STATIC = Path(__file__).resolve().parents[2] / "static"
TEXT_TYPES = ("text/", "application/json", "image/svg")
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"


@dataclass(frozen=True)
class StaticFile:
    """One file as it is sent."""

    content: bytes
    gzipped: bytes | None
    media_type: str
    version: str


class StaticFolder:
    """ASGI app serving a folder read once; addresses with the right `?v=` are kept for ever."""

    def __init__(self, folder: Path) -> None:
        self.files = {
            path.relative_to(folder).as_posix(): _read(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def url(self, name: str) -> str:
        """The address of a file with its content version; KeyError when there is no such file."""
        return f"/static/{name}?v={self.files[name].version}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", ""))).lstrip("/")
        file = self.files.get(path)
        if file is None:
            raise HTTPException(404)
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"allow": "GET, HEAD"})
        await self._answer(file, scope)(scope, receive, send)

    def _answer(self, file: StaticFile, scope: Scope) -> Response:
        asked = Headers(scope=scope)
        version = QueryParams(scope.get("query_string", b"")).get("v")
        tag = f'"{file.version}"'
        headers = {
            "cache-control": FOR_EVER if version == file.version else FOR_A_WHILE,
            "etag": tag,
            "vary": "Accept-Encoding",
        }
        if asked.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        if file.gzipped is not None and "gzip" in asked.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            return Response(file.gzipped, headers=headers, media_type=file.media_type)
        return Response(file.content, headers=headers, media_type=file.media_type)


@cache
def static_folder() -> StaticFolder:
    """The portal's own static files, read once per process."""
    return StaticFolder(STATIC)


def static_url(name: str) -> str:
    """The versioned address of one of the portal's static files."""
    return static_folder().url(name)


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    is_text = media_type.startswith(TEXT_TYPES) or path.suffix == ".js"
    return StaticFile(
        content=content,
        gzipped=gzip.compress(content, 9, mtime=0) if is_text else None,
        media_type=media_type,
        version=sha256(content).hexdigest()[:10],
    )
