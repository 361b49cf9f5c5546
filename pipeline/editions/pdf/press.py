"""Colour for the press: the output intent, black as pure K, pictures in CMYK (PDF/X-4, ISO 15930-7).

Comes in: pictures' bytes as the book has them. Goes out: the same pictures without RGB. The profile is the one
that Ghostscript brings; a press that names another converts at its own end.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image
from tinycss2.color5 import parse_color

from pipeline.errors import EditionError

PROFILE = "fanjian-profile:cmyk"
PROFILES = (
    "/usr/share/color/icc/ghostscript/default_cmyk.icc",
    "/opt/homebrew/share/ghostscript/iccprofiles/default_cmyk.icc",
    "/usr/local/share/ghostscript/iccprofiles/default_cmyk.icc",
)
INTENT_CSS = f"@color-profile device-cmyk {{ src: url({PROFILE}); components: c, m, y, k }}\n"
PAINT = re.compile(r"""((?:fill|stroke|stop-color|flood-color|color)\s*(?:=\s*["']|:\s*))([^"';}]+)""")


def read_profile() -> bytes:
    """The CMYK profile of the output intent. Raises ``EditionError`` where there is none."""
    for name in PROFILES:
        if (file := Path(name)).is_file():
            return file.read_bytes()
    raise EditionError("no CMYK profile is installed. Install libgs-common (brew: ghostscript).", "x-4")


def convert_picture(content: bytes, suffix: str) -> bytes:
    """A picture without RGB: an SVG's paints as CMYK, a raster picture as grey or CMYK JPEG or TIFF."""
    if suffix == ".svg":
        return _convert_svg(content.decode("utf-8", "replace")).encode("utf-8")
    picture: Image.Image = Image.open(io.BytesIO(content))
    if picture.mode in ("1", "L", "CMYK"):
        return content
    if picture.mode in ("RGBA", "LA", "P", "PA"):
        flat = Image.new("RGBA", picture.size, "white")
        flat.alpha_composite(picture.convert("RGBA"))
        picture = flat.convert("RGB")
    out = io.BytesIO()
    picture.convert("CMYK").save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue()


def cmyk(colour: str) -> str | None:
    """A CSS colour as ``device-cmyk()``, grey as pure black ink; None for what is no colour.

    >>> cmyk("#000"), cmyk("none")
    ('device-cmyk(0 0 0 1)', None)
    """
    parsed = parse_color(colour.strip())
    if parsed is None or parsed == "currentcolor":
        return None
    if parsed.space == "device-cmyk":
        return colour.strip()
    red, green, blue = (min(1.0, max(0.0, float(part))) for part in parsed.to("srgb").coordinates)
    black = 1 - max(red, green, blue)
    inks = (
        [0.0, 0.0, 0.0] if black == 1 else [(1 - part - black) / (1 - black) for part in (red, green, blue)]
    )
    return "device-cmyk(" + " ".join(f"{ink:.4g}" for ink in [*inks, black]) + ")"


def _convert_svg(text: str) -> str:
    def paint(match: re.Match[str]) -> str:
        return match[1] + (cmyk(match[2]) or match[2])

    text = PAINT.sub(paint, text)
    return re.sub(r"<svg\b(?![^>]*\bfill=)", '<svg fill="device-cmyk(0 0 0 1)"', text, count=1)
