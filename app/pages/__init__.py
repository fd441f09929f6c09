"""Pages: templates in two languages, formats, static files and the browser's safety headers."""

from app.pages.error_pages import error_page
from app.pages.headers import CONTENT_SECURITY_POLICY, SecurityHeaders
from app.pages.rendering import fragment, page, piece, warm_up
from app.pages.static_files import StaticFolder, static_folder, static_url
from app.pages.viewing import View, view_of

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "SecurityHeaders",
    "StaticFolder",
    "View",
    "error_page",
    "fragment",
    "page",
    "piece",
    "static_folder",
    "static_url",
    "view_of",
    "warm_up",
]
