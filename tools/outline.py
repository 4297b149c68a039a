"""Makes the outline of the land on which the map of members is drawn.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python tools/outline.py package/land-110m.json

`world-atlas` (ISC) packs Natural Earth's land in 1:110 million (public domain) as TopoJSON whose rings
go on over the 180th meridian. Here each ring is cut there, what lies south of 60° is left out (no city is
there), and degrees become whole quarters: x = longitude, y = latitude turned down.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

OUTLINE = Path(__file__).resolve().parents[1] / "dabir" / "membership" / "data" / "land.json"
PARTS_OF_A_DEGREE = 4
SOUTHERNMOST = -60.0
Point = tuple[float, float]


def arcs_of(topology: dict) -> list[list[Point]]:
    """Each arc in degrees: its numbers are steps of a grid."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def polygons_of(topology: dict) -> list[list[list[Point]]]:
    """The rings of each polygon, the shore first, then its seas; a negative arc runs backwards."""
    arcs = arcs_of(topology)
    (land,) = topology["objects"]["land"]["geometries"]
    polygons = []
    for polygon in land["arcs"]:
        rings = []
        for numbers in polygon:
            ring: list[Point] = []
            for number in numbers:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring += arc[1:] if ring else arc
            rings.append(ring)
        polygons.append(rings)
    return polygons


def land_of(polygon: list[list[Point]]) -> list[list[object]]:
    """The pieces of one polygon; its seas are drawn with the largest piece, which they leave open."""
    shore, *seas = polygon
    pieces = [piece for part in cut(shore) if (piece := drawn(part))]
    if pieces:
        largest = max(pieces, key=lambda piece: len(str(piece[4])))
        waters = (drawn(sea) for sea in seas)
        largest[4] = str(largest[4]) + "".join(str(water[4]) for water in waters if water)
    return pieces


def cut(ring: list[Point]) -> list[list[Point]]:
    """The ring in parts, none of which goes over the 180th meridian."""
    parts: list[list[Point]] = [[ring[0]]]
    for (x, y), (to_x, to_y) in pairwise(ring):
        if abs(to_x - x) > 180:
            edge = 180.0 if x > 0 else -180.0
            whole = (to_x + 360 if x > 0 else to_x - 360) - x
            at = y if whole == 0 else y + (to_y - y) * (edge - x) / whole
            parts[-1].append((edge, at))
            parts.append([(-edge, at)])
        parts[-1].append((to_x, to_y))
    if len(parts) > 1:  # the last part runs into the first
        parts[0] = parts.pop() + parts[0][1:]
    return parts


def drawn(part: list[Point]) -> list[object] | None:
    """The part in whole steps with its box; None for what is too small or too far south."""
    steps = [
        (round(x * PARTS_OF_A_DEGREE), round(-max(y, SOUTHERNMOST) * PARTS_OF_A_DEGREE))
        for x, y in part
    ]
    kept = [step for n, step in enumerate(steps) if n == 0 or step != steps[n - 1]]
    if len(kept) < 4 or min(y for _x, y in kept) >= -SOUTHERNMOST * PARTS_OF_A_DEGREE:
        return None
    path = f"M{kept[0][0]} {kept[0][1]}l"
    path += " ".join(f"{x - px} {y - py}" for (px, py), (x, y) in pairwise(kept))
    xs, ys = [x for x, _y in kept], [y for _x, y in kept]
    return [min(xs), min(ys), max(xs), max(ys), path + "z"]


def main() -> int:
    """Write the outline; print its size."""
    topology = json.loads(Path(sys.argv[1]).read_text())
    land = [piece for polygon in polygons_of(topology) for piece in land_of(polygon)]
    data = {"parts_of_a_degree": PARTS_OF_A_DEGREE, "land": land}
    OUTLINE.write_text(json.dumps(data, separators=(",", ":")) + "\n")
    print(f"{len(data['land'])} pieces of land, {OUTLINE.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
