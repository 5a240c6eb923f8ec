"""HTML elements by what they do to the lines of a page."""

from __future__ import annotations

HEADINGS = {f"h{level}": level for level in range(1, 7)}
# fmt: off  (a list of names reads best as a block)
BLOCKS = frozenset(
    {  # a line ends before and after
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "marquee",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        *HEADINGS,
    }
)
UNSEEN = frozenset(
    {  # nothing of it is shown as text
        "applet",
        "audio",
        "button",
        "canvas",
        "datalist",
        "embed",
        "iframe",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    }
)
# fmt: on
SLANTED = frozenset({"i", "em", "cite"})
BOLD = frozenset({"b", "strong", "th", *HEADINGS})
COUNTED = frozenset(
    {"li", "figcaption", "caption", "table", "tr", "td", "th", *HEADINGS}
)  # the walk keeps track of these
IN_HEAD = frozenset({"meta", "link", "base"})
CHROME = frozenset({"nav", "footer", "aside"})
ROLES = {"navigation": "nav", "contentinfo": "footer", "complementary": "aside", "search": "nav"}
