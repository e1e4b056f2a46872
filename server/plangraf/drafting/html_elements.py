"""The elements of HTML by what they mean for the text of a page."""
# fmt: off

SKIPPED_ELEMENTS = frozenset((
    "script", "style", "noscript", "template", "nav", "header", "footer", "form", "button", "select", "textarea",
    "svg", "iframe", "object", "video", "audio", "head", "dialog", "map", "canvas",
))
"""Elements that hold no text of a plan: programs, styles, menus, forms, the head and the foot of a page."""
BLOCK_ELEMENTS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "hr", "html", "li", "main", "ol", "p",
    "pre", "section", "summary", "table", "ul", "menu", "td", "th", "tr", "tbody", "thead", "tfoot", "caption",
))
"""Elements that begin a line of their own."""
