"""An emblem is a drawing and nothing else: an SVG is rebuilt from the parts that only draw."""

from __future__ import annotations

import re

# Only to build and to write: what comes in is read by defusedxml.
from xml.etree.ElementTree import (
    Element,
    ParseError,
    register_namespace,
    tostring,
)

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # ships no types
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # ships no types
from django.utils.translation import gettext_lazy as _

from dabir.core.errors import InvalidInput

LIMIT = 256 * 1024
DEPTH = 32
SVG = "http://www.w3.org/2000/svg"
SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
DRAWING = {
    *SHAPES,
    *("svg", "g", "title", "desc", "defs", "clipPath", "mask"),
    *("linearGradient", "radialGradient", "stop"),
}
DRAWN_BY = {
    *("id", "version", "viewBox", "preserveAspectRatio", "transform", "width", "height"),
    *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points"),
    *("fill", "fill-rule", "fill-opacity", "opacity", "color"),
    *("stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
    *("stroke-dasharray", "stroke-dashoffset", "stroke-opacity"),
    *("offset", "stop-color", "stop-opacity"),
    *("gradientUnits", "gradientTransform", "spreadMethod"),
    *("clip-path", "clip-rule", "clipPathUnits", "mask", "maskUnits", "maskContentUnits"),
}
_INNER = re.compile(r"url\(\s*['\"]?#[\w.-]+['\"]?\s*\)")
_STYLE = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]+?)\s*(?:;|$)")


def _refused(words: object) -> InvalidInput:
    return InvalidInput(
        fields={"emblem": [words]},  # type: ignore[list-item]  # lazy words
        cure=_("Save the emblem as a plain SVG of up to 256 kB."),
    )


def _is_harmless(value: str) -> bool:
    """A value that fetches nothing: no address but one inside the drawing."""
    rest = _INNER.sub("", value).lower()
    return not any(sign in rest for sign in ("url(", ":", "\\", "expression", "@import", "<"))


def _properties(source: Element) -> dict[str, str]:
    """Attributes and, written out as attributes, the properties of `style`."""
    found = {name: value for name, value in source.attrib.items() if name != "style"}
    found |= dict(_STYLE.findall(source.get("style", "")))
    return {
        name: value for name, value in found.items() if name in DRAWN_BY and _is_harmless(value)
    }


def _copy(source: Element, depth: int = 0) -> Element | None:
    if depth > DEPTH:
        raise _refused(_("The emblem is nested too deeply."))
    namespace, _brace, name = str(source.tag).rpartition("}")
    if namespace.lstrip("{") not in ("", SVG) or name not in DRAWING:
        return None
    copy = Element(f"{{{SVG}}}{name}", _properties(source))
    if name in ("title", "desc"):
        copy.text = source.text
    copies = [_copy(child, depth + 1) for child in source]
    copy.extend([part for part in copies if part is not None])
    return copy


def clean_emblem(data: bytes | str) -> str:
    """The drawing of an SVG without scripts, links, styles, foreign parts or entities.

    Raises InvalidInput for what is no SVG, is too large, or draws nothing once cleaned.
    """
    raw = data.encode() if isinstance(data, str) else data
    if not raw.strip():
        return ""
    if len(raw) > LIMIT:
        raise _refused(_("The emblem is larger than 256 kB."))
    try:
        source = fromstring(raw, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as fault:
        raise _refused(_("This file is no SVG drawing.")) from fault
    drawing = _copy(source)
    if drawing is None or not drawing.tag.endswith("}svg"):
        raise _refused(_("This file is no SVG drawing."))
    if not any(part.tag.rpartition("}")[2] in SHAPES for part in drawing.iter()):
        raise _refused(_("Nothing is drawn in this SVG; letters must be turned into outlines."))
    _give_frame(drawing)
    register_namespace("", SVG)
    return tostring(drawing, encoding="unicode")


def _give_frame(drawing: Element) -> None:
    """Without a `viewBox` a drawing cannot be scaled: take it from width and height."""
    sizes = [
        re.fullmatch(r"([\d.]+)(?:px)?", drawing.get(side, "")) for side in ("width", "height")
    ]
    if "viewBox" not in drawing.attrib and all(sizes):
        width, height = (size[1] for size in sizes if size)
        drawing.set("viewBox", f"0 0 {width} {height}")
