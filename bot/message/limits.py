"""Slack's limits on what may be sent, in one place. Numbers by Slack's documentation and field reports of 2026-11."""

from collections.abc import Callable, Iterator
from typing import Any

Block = dict[str, Any]
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
TEXT, ALL_TEXT = 3000, 9000
"""Characters of one section, and of all blocks of a message together."""
TOP_TEXT = 4000
TABLE_ROWS, TABLE_COLUMNS, TABLE_TEXT = 100, 20, 10_000
CHARTS, CHART_TITLE, CHART_LABEL, CHART_POINTS, CHART_SERIES = 2, 50, 20, 20, 12
HEADER, BUTTON, VALUE, OPTION, PLACEHOLDER, TITLE = 150, 75, 2000, 75, 150, 150
ACTIONS, CONTEXT, CHILDREN, OPTIONS, FIELDS = 25, 10, 10, 100, 10
IN_CONTAINER = {"section", "context", "divider", "header", "actions", "image", "table"}
KNOWN = {
    "section",
    "context",
    "divider",
    "header",
    "actions",
    "image",
    "table",
    "container",
    "data_visualization",
    "context_actions",
    "input",
    "card",
    "alert",
    "rich_text",
}


def faults(blocks: list[Block], text: str, *, is_view: bool = False) -> list[str]:
    """Everything for which Slack would refuse a message (or, with `is_view`, a modal or Home view); empty when valid."""
    return list(_faults(blocks, text, is_view=is_view))


def _faults(blocks: list[Block], text: str, *, is_view: bool) -> Iterator[str]:
    if not is_view and not 0 < len(text) <= TOP_TEXT:
        yield f"text has {len(text)} characters"
    most = VIEW_BLOCKS if is_view else MESSAGE_BLOCKS
    if len(blocks) > most or (is_view and not blocks):
        yield f"{len(blocks)} blocks"
    tables = sum(block.get("type") == "table" for block in _all_blocks(blocks))
    if tables > 1:
        yield f"{tables} tables"
    if sum(block.get("type") == "data_visualization" for block in blocks) > CHARTS:
        yield "too many charts"
    if not is_view and (size := sum(len(each) for each in texts(blocks))) > ALL_TEXT:
        yield f"{size} characters in all blocks"
    ids = [block["block_id"] for block in _all_blocks(blocks) if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "a block_id twice"
    for block in blocks:
        yield from _block(block)


def _all_blocks(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from block.get("child_blocks", ())


def texts(part: Any) -> Iterator[str]:
    """Every text that blocks show."""
    if isinstance(part, dict):
        for key, value in part.items():
            if isinstance(value, str) and key in ("text", "title", "caption", "alt_text", "label"):
                yield value
            elif key not in ("value", "action_id", "block_id"):
                yield from texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from texts(each)


def _block(block: Block) -> Iterator[str]:
    kind = block.get("type")
    if kind in CHECKS:
        yield from CHECKS[kind](block)
    elif kind not in KNOWN:
        yield f"unknown block {kind!r}"


def _section(block: Block) -> Iterator[str]:
    yield from _sized(block.get("text"), TEXT, "section")
    if "text" not in block and not 0 < len(block.get("fields", ())) <= FIELDS:
        yield "section without text"
    if "accessory" in block:
        yield from _element(block["accessory"])


def _context(block: Block) -> Iterator[str]:
    if not 0 < len(block["elements"]) <= CONTEXT:
        yield f"context with {len(block['elements'])} elements"
    for element in block["elements"]:
        yield from _sized(element, TEXT, "context")


def _actions(block: Block) -> Iterator[str]:
    if not 0 < len(block["elements"]) <= (ACTIONS if block["type"] == "actions" else 5):
        yield f"{block['type']} with {len(block['elements'])} elements"
    ids = [element.get("action_id") for element in block["elements"]]
    if len(ids) != len(set(ids)):
        yield "an action_id twice"
    for element in block["elements"]:
        yield from _element(element)


def _input(block: Block) -> Iterator[str]:
    yield from _sized(block.get("label"), 2000, "label")
    yield from _element(block["element"])


def _sized(text: Any, most: int, what: str) -> Iterator[str]:
    if text is None:
        return
    if not isinstance(text, dict) or not isinstance(text.get("text"), str):
        yield f"{what} is no text object"
    elif not 0 < len(text["text"]) <= most:
        yield f"{what} of {len(text['text'])} characters"
    elif text["type"] == "mrkdwn" and any(mark in text["text"] for mark in ("<!", "<@", "<#")):
        yield f"{what} mentions somebody"


def _element(element: Block) -> Iterator[str]:
    kind = element.get("type", "")
    if len(element.get("action_id", "")) > 255:
        yield "action_id too long"
    if kind == "button":
        yield from _sized(element.get("text"), BUTTON, "button")
        if len(element.get("value", "")) > VALUE:
            yield "button value too long"
    for option in (*element.get("options", ()), *element.get("initial_options", ())):
        yield from _sized(option["text"], OPTION, "option")
        if len(option["value"]) > 150:
            yield "option value too long"
    if len(element.get("options", ())) > OPTIONS or ("options" in element and not element["options"]):
        yield f"{len(element['options'])} options"
    yield from _sized(element.get("placeholder"), PLACEHOLDER, "placeholder")


def _table(block: Block) -> Iterator[str]:
    rows = block["rows"]
    widths = {len(row) for row in rows}
    if not 0 < len(rows) <= TABLE_ROWS or len(widths) != 1 or not 0 < max(widths) <= TABLE_COLUMNS:
        yield f"table of {len(rows)} rows, widths {sorted(widths)}"
    if any(cell["type"] == "raw_text" and not cell["text"] for row in rows for cell in row):
        yield "an empty table cell"
    if sum(len(each) for each in texts(rows)) > TABLE_TEXT:
        yield "table text too long"
    settings = block.get("column_settings", [])
    if any(setting is None for setting in settings) or len(settings) > max(widths):
        yield "bad column settings"


def _container(block: Block) -> Iterator[str]:
    yield from _sized(block.get("title"), TITLE, "container title")
    children = block["child_blocks"]
    if not 0 < len(children) <= CHILDREN:
        yield f"container with {len(children)} children"
    for child in children:
        if child["type"] not in IN_CONTAINER:
            yield f"{child['type']} in a container"
        else:
            yield from _block(child)


def _chart(block: Block) -> Iterator[str]:
    chart = block["chart"]
    labels = chart["axis_config"]["categories"]
    if not 0 < len(block["title"]) <= CHART_TITLE or not 0 < len(labels) <= CHART_POINTS:
        yield "chart title or axis out of bounds"
    if not 0 < len(chart["series"]) <= CHART_SERIES or any(len(each) > CHART_LABEL for each in labels):
        yield "too many series or a long label"
    names = [each["name"] for each in chart["series"]]
    if len(names) != len(set(names)) or any(not 0 < len(name) <= CHART_LABEL for name in names):
        yield "series names must be unique and short"
    if any([point["label"] for point in each["data"]] != labels for each in chart["series"]):
        yield "a series does not fit the axis"


CHECKS: dict[str, Callable[[Block], Iterator[str]]] = {
    "section": _section,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "table": _table,
    "container": _container,
    "data_visualization": _chart,
    "input": _input,
    "header": lambda block: _sized(block.get("text"), HEADER, "header"),
}
