"""What stands before every page and file of the server, outermost first."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from app.server.headers import Guard
from app.server.static import Compressed

MIDDLEWARE = (Middleware(Guard), Middleware(Compressed), Middleware(GZipMiddleware, minimum_size=500, compresslevel=6))
