"""The colours of a page, from its stylesheet and its drawings, and how well they are seen."""

import re

WHITE, BAND = "#ffffff", "#e6e6e6"
TEXT, GRAPHIC = 4.5, 3
# Drawn under everything else, and no meaning is in them alone.
GROUNDS = {WHITE, BAND, "none"}
# Lines between rows and beside facts: they part what the space parts already.
RULES_ONLY = {"#b1b4b6"}
SINGLE_TARGET = "#f46a25"


def contrast(one, other):
    """The contrast ratio of two colours, as WCAG defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def whole(colour):
    """#abc as #aabbcc, in small letters."""
    colour = colour.lower()
    return "#" + "".join(2 * c for c in colour[1:]) if re.fullmatch("#...", colour) else colour


def of_style(style):
    """Text colours that are hard to read on their ground, and borders that are hard to see."""
    problems = []
    for selector, rule in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
        said = dict(re.findall(r"(?:^|;)\s*([\w-]+):([^;]*)", rule))
        ground = _colour(said.get("background", "")) or WHITE
        ink = _colour(said.get("color", "")) or ("#0b0c0c" if ground != WHITE else None)
        if ink and contrast(ink, ground) < TEXT:
            problems.append(f"{selector.strip()}: {ink} on {ground} is {contrast(ink, ground):.2f}")
        for name in said:
            edge = _colour(said[name]) if name.startswith(("border", "outline")) else None
            if edge and edge not in RULES_ONLY and contrast(edge, WHITE) < GRAPHIC:
                problems.append(f"{selector.strip()}: {name} {edge} is hard to see on white")
    return problems


def _colour(value):
    found = re.search(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b", value)
    return whole(found[0]) if found else None


def of_drawing(svg):
    """Colours of a drawing that are hard to tell from white, or from its band if it has one."""
    inks = {"text": set(), "graphic": set()}
    for shape in svg.iter():
        if not isinstance(shape.tag, str):
            continue
        kind = "text" if shape.tag in ("text", "tspan") else "graphic"
        for name in ("fill", "stroke"):
            value = whole(shape.get(name, "none"))
            if value not in GROUNDS and not value.startswith(
                "url(#"
            ):  # a pattern's own lines count
                inks[kind].add(value)
    has_band = any(whole(s.get("fill", "none")) == BAND for s in svg.iter() if s.tag == "rect")
    grounds = (WHITE, BAND) if has_band else (WHITE,)
    return [
        f"{kind} {ink} on {ground} is {contrast(ink, ground):.2f}"
        for kind, wanted in (("text", TEXT), ("graphic", GRAPHIC))
        for ink in sorted(inks[kind])
        for ground in grounds
        if contrast(ink, ground) < wanted
    ]
