"""The page that shows the API: Swagger UI from an installed package, nothing from a network."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, Response

#: The package whose data files are used; its code, which makes applications, is not imported.
_PACKAGE = "fastapi_offline"
_ASSETS = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon.png": "image/png",
}
_TITLE = "Trợ lý Xây dựng Đảng"
_ABOUT = (
    "Answers questions about party-building documents only from the loaded documents, by exact quotation. "
    "Compatible with OpenAI's chat completions."
)


def schema_of(router: APIRouter) -> dict[str, Any]:
    """The OpenAPI description of what a router offers."""
    return get_openapi(
        title=_TITLE,
        version=version("party-building-assistant"),
        description=_ABOUT,
        routes=router.routes,
    )


def page() -> HTMLResponse:
    """The API's page, which loads its parts from ``docs/NAME``."""
    return get_swagger_ui_html(
        openapi_url="openapi.json",
        title=f"{_TITLE} – API",
        swagger_js_url="docs/swagger-ui-bundle.js",
        swagger_css_url="docs/swagger-ui.css",
        swagger_favicon_url="docs/favicon.png",
        # The default one sends the description to a server of Swagger's makers.
        swagger_ui_parameters={"validatorUrl": None},
    )


def asset(name: str) -> Response | None:
    """A part of the page, or ``None`` for a name that is none."""
    if name not in _ASSETS:
        return None
    content = (files(_PACKAGE) / "static" / name).read_bytes()
    return Response(content, media_type=_ASSETS[name], headers={"Cache-Control": "max-age=86400"})
