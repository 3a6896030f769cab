"""Small charts as SVG, for paper and screen alike.

Pure functions: numbers and texts in, one ``<svg>`` out. ``None`` is "no data" and is
drawn as nothing, with a dash where its number would stand. Only what an old WebKit
draws is used, as that is what prints.
"""

from typing import NamedTuple
from xml.sax.saxutils import escape

FONT = "'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"
BLUE, GREY, RED, GREEN = "#2f6fb2", "#9aa5b1", "#c92a2a", "#2b8a3e"
#: of several lines, in their order
COLOURS = (BLUE, "#d9822b", GREEN, "#7b5ea7", "#0f8b8d", "#8a6d3b")
NONE = "–"


class Bar(NamedTuple):
    """A bar with its target.

    :param label: what it is
    :param value: number, or None for "no data"
    :param target: number, or None
    :param missed: whether the target is missed
    """

    label: str
    value: float | None
    target: float | None = None
    missed: bool = False


def figure(value) -> str:
    """A number as it stands in a chart: at most one place, no trailing zero."""
    if value is None:
        return NONE
    return f"{value:.1f}".rstrip("0").rstrip(".")


def bars(items, top=100.0, unit="%", width=860, label_width=200) -> str:
    """Horizontal bars, one below the other, each with a mark where its target is.

    :param items: list of :class:`Bar`
    :param top: number at the right end; what is longer is cut there
    :param width: in pixels, as ``label_width``, the room for what stands on the left
    """
    row, gap, room = 24, 6, 64
    height = len(items) * row + gap * 2
    across = width - label_width - room
    parts = []
    for place, bar in enumerate(items):
        y = gap + place * row
        middle = y + row / 2
        parts.append(_text(label_width - 8, middle + 4, bar.label, "end"))
        parts.append(_rect(label_width, y + 4, across, row - 9, "#eef1f4"))
        if bar.value is not None:
            long = across * _share(bar.value, top)
            colour = RED if bar.missed else BLUE
            parts.append(_rect(label_width, y + 4, long, row - 9, colour))
        if bar.target is not None:
            x = label_width + across * _share(bar.target, top)
            parts.append(_line(x, y + 1, x, y + row - 2, "#000"))
        number = figure(bar.value) + (unit if bar.value is not None else "")
        parts.append(_text(width - room + 8, middle + 4, number, "start", bar.missed))
    return _svg(width, height, parts)


def lines(labels, series, low=0.0, top=100.0, width=860, height=280) -> str:
    """Lines over time; where a number is missing, the line is interrupted.

    :param labels: what stands beneath each point
    :param series: ``{name: list of numbers or None}``, as long as ``labels``
    :param low, top: numbers at the lower and the upper end
    """
    left, right, above, below = 44, 16, 14, 52
    across = (width - left - right) / max(1, len(labels) - 1)
    tall = height - above - below

    def x(place):
        return left + place * across

    def y(value):
        return above + tall * (1 - _share(value - low, top - low))

    parts = []
    for step in range(5):
        value = low + (top - low) * step / 4
        parts.append(_line(left, y(value), width - right, y(value), "#dde2e7"))
        parts.append(_text(left - 6, y(value) + 4, figure(value), "end"))
    for place, label in enumerate(labels):
        parts.append(_text(x(place), height - below + 18, label, "middle"))
    for index, (name, values) in enumerate(series.items()):
        colour = COLOURS[index % len(COLOURS)]
        parts += [_path(run, x, y, colour) for run in _runs(values)]
        parts += [
            f'<circle cx="{x(place):.1f}" cy="{y(value):.1f}" r="3" fill="{colour}"/>'
            for place, value in enumerate(values)
            if value is not None
        ]
        start = left + index * (width - left - right) / max(1, len(series))
        parts.append(_rect(start, height - 16, 14, 4, colour))
        parts.append(_text(start + 20, height - 10, name, "start"))
    return _svg(width, height, parts)


def _runs(values):
    """``[[(place, value), …], …]``: stretches without a gap."""
    runs = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((place, value))
    return [run for run in runs if len(run) > 1]


def _share(value, whole):
    return min(1.0, max(0.0, value / whole)) if whole else 0.0


def _path(run, x, y, colour):
    points = " ".join(f"{x(place):.1f},{y(value):.1f}" for place, value in run)
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
    )


def _rect(x, y, width, height, colour):
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(0, width):.1f}" '
        f'height="{height:.1f}" fill="{colour}"/>'
    )


def _line(x1, y1, x2, y2, colour):
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{colour}" stroke-width="1.5"/>'
    )


def _text(x, y, text, anchor, strong=False):
    colour = f' fill="{RED}" font-weight="bold"' if strong else ' fill="#222"'
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{colour}>'
        f"{escape(text)}</text>"
    )


def _svg(width, height, parts):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FONT}" font-size="12">'
        f"{''.join(parts)}</svg>"
    )
