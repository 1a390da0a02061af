"""The page's own font, so that Vietnamese looks the same on every machine and no other is asked for one.

Be Vietnam Pro (SIL Open Font License, ``static/fonts/OFL.txt``), cut down to Latin, Vietnamese, marks
and punctuation. Made from the files of the package ``fontpkg-be-vietnam-pro`` by ``pyftsubset`` with
``--flavor=woff2 --layout-features=kern,mark,mkmk,ccmp,locl,liga,tnum`` and the ranges that
``tests/ui/test_fonts.py`` checks. Every other character is drawn by a font of the system.
"""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

FAMILY = "Be Vietnam Pro"
FOLDER = Path(__file__).parent / "static" / "fonts"
#: Weight and style of each file. 600 also serves what asks for 500: nothing of the page is lost by it.
FACES = {
    "BeVietnamPro-Regular.woff2": ("400", "normal"),
    "BeVietnamPro-Italic.woff2": ("400", "italic"),
    "BeVietnamPro-SemiBold.woff2": ("600", "normal"),
    "BeVietnamPro-Bold.woff2": ("700", "normal"),
}
#: The files change with the program only, and are small: asked for once a day.
_KEEP = {"cache-control": "public, max-age=86400"}


def faces() -> str:
    """The ``@font-face`` rules, for a style inside the page: the addresses are relative to it.

    Until a file is there, text is shown in a font of the system.
    """
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {style}; '
        f'font-display: swap; src: url("pba/fonts/{name}") format("woff2"); }}'
        for name, (weight, style) in FACES.items()
    )


def route() -> Route:
    """The files, below ``/pba/fonts/``."""

    def font(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in FACES:
            return PlainTextResponse("No such font.\n", 404)
        return FileResponse(FOLDER / name, media_type="font/woff2", headers=_KEEP)

    return Route("/pba/fonts/{name}", font, methods=["GET"])
