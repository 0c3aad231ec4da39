"""One fault for each check of the page."""


def changed(old, new):
    """A fault of the report: its text with a part of it replaced once."""

    def plant(folder):
        path = folder / "report.html"
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return plant


def everywhere(old, new):
    """A fault of the report: its text with every such part of it replaced."""

    def plant(folder):
        path = folder / "report.html"
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new), encoding="utf-8")

    return plant


def added(markup):
    return changed('<main id="main">', f'<main id="main">{markup}')


BASE = dict.fromkeys([f"PK-{n}" for n in range(20, 30)], "small-council")
FAULTS = {
    "PK-20": added('<p lang="xx">x</p><a href="#main"></a>'),
    "PK-21": added("<p><div>A paragraph holds a block</div></p>"),
    "PK-22": added("<p>" + "W" * 60 + "</p>"),
    "PK-23": (added("<h1>Again</h1>"), added("<h4>Too deep</h4>")),
    "PK-24": (
        changed(' scope="col"', ""),
        changed("<caption>", "<caption hidden></caption><p>"),
        changed("<table", '<table role="presentation"'),
    ),
    "PK-25": (changed(' role="img"', ""), changed("<desc", "<metadata"), added('<p id="summary">')),
    "PK-26": (
        changed("color:#505a5f", "color:#949ea3"),
        changed("</svg>", '<path stroke="#A0A0A0"/></svg>'),
        changed("</svg>", '<rect fill="#E6E6E6"/><path stroke="#F46A25"/></svg>'),
    ),
    "PK-27": (
        added("<script>1</script>"),
        added('<p onclick="x">'),
        changed("default-src 'none'; ", ""),
    ),
    "PK-28": (added('<a href="#main" tabindex="-1">x</a>'), changed("outline:3px", "outline:0px")),
    "PK-29": (
        changed("&lt;script&gt;", "<script>"),
        everywhere("{{ 7 * 7 }}", "49"),
        added("\u202e"),
    ),
}
