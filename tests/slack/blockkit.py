"""Slack's rules for Block Kit as the stand-in applies them, written apart from the bot's own check.

`complaints` returns one line per broken rule, each beginning with the place of the fault.
"""

from collections.abc import Callable, Iterator
from typing import Any

Block = dict[str, Any]
Complaints = Iterator[str]

SURFACES = {
    "message": frozenset({
        "section", "header", "divider", "context", "actions", "image", "input", "rich_text", "table", "data_table",
        "data_visualization", "markdown", "card", "carousel", "container", "context_actions", "plan", "task_card",
    }),
    "modal": frozenset({
        "section", "header", "divider", "context", "actions", "image", "input", "rich_text", "card", "alert",
    }),
    "home": frozenset({
        "section", "header", "divider", "context", "actions", "image", "input", "rich_text", "table", "data_table",
        "card", "carousel", "container",
    }),
}  # fmt: skip
IN_CONTAINER = frozenset({"actions", "context", "divider", "header", "image", "section", "table"})
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
LONGEST_TOTAL = 12_000  # characters of all blocks of a message; Slack's own limit is undocumented
SELECTS = frozenset({
    "static_select", "external_select", "multi_static_select", "multi_external_select", "users_select",
    "conversations_select", "channels_select",
})  # fmt: skip


def complaints(blocks: object, text: object = None, surface: str = "message") -> list[str]:
    """Return what Slack would hold against these blocks; with `surface` message, against the text too."""
    return list(_all(blocks, text, surface))


def _all(blocks: object, text: object, surface: str) -> Complaints:
    if surface == "message" and (not isinstance(text, str) or not text.strip()):
        yield "/text: must be there for notifications and screen readers"
    yield from _quiet("/text", text)
    if isinstance(text, str) and len(text) > 40_000:
        yield "/text: longer than 40000"
    if not isinstance(blocks, list):
        yield "/blocks: must be a list"
        return
    if len(blocks) > MOST_BLOCKS[surface]:
        yield f"/blocks: more than {MOST_BLOCKS[surface]}"
    for number, block in enumerate(blocks):
        yield from _block(f"/blocks/{number}", block, SURFACES[surface])
    yield from _together(blocks, surface)


def _together(blocks: list[Any], surface: str) -> Complaints:
    every = list(_walk(blocks))
    for kind, most in (("table", 1), ("data_table", 1), ("data_visualization", 2)):
        if sum(item.get("type") == kind for item in every) > most:
            yield f"/blocks: more than {most} {kind}"
    for name in ("block_id", "action_id"):
        ids = [item[name] for item in every if isinstance(item.get(name), str)]
        if len(ids) != len(set(ids)):
            yield f"/blocks: a {name} is used twice"
    if surface == "message" and sum(len(text) for text in _texts(blocks)) > LONGEST_TOTAL:
        yield "/blocks: msg_blocks_too_long"
    if sum(len(item["text"]) for item in every if item.get("type") == "markdown") > 12_000:
        yield "/blocks: more than 12000 characters of markdown"


def _block(at: str, block: object, allowed: frozenset[str]) -> Complaints:
    if not isinstance(block, dict):
        yield f"{at}: must provide an object"
        return
    kind = block.get("type")
    if kind not in allowed:
        yield f"{at}: unsupported type {kind!r}"
        return
    if "block_id" in block:
        yield from _string(f"{at}/block_id", block["block_id"], 255)
    if any(value is None for value in block.values()):
        yield f"{at}: null"
    check = _CHECKS.get(kind)
    if check is not None:
        yield from check(at, block)


def _section(at: str, block: Block) -> Complaints:
    if "text" not in block and "fields" not in block:
        yield f"{at}: needs text or fields"
    if "text" in block:
        yield from _text(f"{at}/text", block["text"], 3000)
    fields = block.get("fields", [])
    if "fields" in block and not 1 <= len(fields) <= 10:
        yield f"{at}/fields: 1 to 10"
    for number, item in enumerate(fields):
        yield from _text(f"{at}/fields/{number}", item, 2000)
    if "accessory" in block:
        yield from _element(f"{at}/accessory", block["accessory"])


def _header(at: str, block: Block) -> Complaints:
    yield from _text(f"{at}/text", block.get("text"), 150, plain=True)
    if block.get("level", 1) not in (1, 2, 3, 4):
        yield f"{at}/level: 1 to 4"


def _context(at: str, block: Block) -> Complaints:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 10:
        yield f"{at}/elements: 1 to 10"
        return
    for number, item in enumerate(elements):
        if isinstance(item, dict) and item.get("type") == "image":
            yield from _image(f"{at}/elements/{number}", item)
        else:
            yield from _text(f"{at}/elements/{number}", item, 3000)


def _actions(at: str, block: Block) -> Complaints:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 25:
        yield f"{at}/elements: 1 to 25"
        return
    for number, item in enumerate(elements):
        yield from _element(f"{at}/elements/{number}", item)


def _image(at: str, block: Block) -> Complaints:
    yield from _string(f"{at}/alt_text", block.get("alt_text"), 2000)
    if ("image_url" in block) == ("slack_file" in block):
        yield f"{at}: needs image_url or slack_file"
    if "image_url" in block:
        yield from _string(f"{at}/image_url", block["image_url"], 3000)


def _table(at: str, block: Block) -> Complaints:
    rows = block.get("rows")
    if not isinstance(rows, list) or not 1 <= len(rows) <= 100:
        yield f"{at}/rows: 1 to 100"
        return
    widths = {len(row) if isinstance(row, list) else -1 for row in rows}
    if len(widths) != 1 or not 1 <= next(iter(widths)) <= 20:
        yield f"{at}/rows: every row needs the same 1 to 20 cells"
        return
    for row_number, row in enumerate(rows):
        for number, cell in enumerate(row):
            yield from _cell(f"{at}/rows/{row_number}/{number}", cell)
    if sum(len(text) for text in _texts(rows)) > 10_000:
        yield f"{at}: more than 10000 characters"
    settings = block.get("column_settings", [])
    if not isinstance(settings, list) or len(settings) > 20 or ("column_settings" in block and not settings):
        yield f"{at}/column_settings: 1 to 20"
        return
    for number, setting in enumerate(settings):
        if not isinstance(setting, dict):
            yield f"{at}/column_settings/{number}: must provide an object"
        elif setting.get("align", "left") not in ("left", "center", "right"):
            yield f"{at}/column_settings/{number}/align: left, center or right"


def _cell(at: str, cell: object) -> Complaints:
    if not isinstance(cell, dict) or cell.get("type") not in ("raw_text", "raw_number", "rich_text"):
        yield f"{at}: must be raw_text, raw_number or rich_text"
    elif cell["type"] == "rich_text":
        yield from _rich_text(at, cell)
    else:
        yield from _string(f"{at}/text", cell.get("text"), 10_000)
        value = cell.get("value")
        if cell["type"] == "raw_number" and (isinstance(value, bool) or not isinstance(value, int | float)):
            yield f"{at}/value: must be a number"


def _data_table(at: str, block: Block) -> Complaints:
    yield from _string(f"{at}/caption", block.get("caption"), 3000)
    rows = block.get("rows")
    if not isinstance(rows, list) or not 2 <= len(rows) <= 201:
        yield f"{at}/rows: 2 to 201"
        return
    if len({len(row) for row in rows}) != 1 or not 1 <= len(rows[0]) <= 20:
        yield f"{at}/rows: every row needs the same 1 to 20 cells"
    for row_number, row in enumerate(rows):
        for number, cell in enumerate(row):
            if row_number == 0 and isinstance(cell, dict) and cell.get("type") != "raw_text":
                yield f"{at}/rows/0/{number}: the header is raw_text"
            yield from _cell(f"{at}/rows/{row_number}/{number}", cell)


def _chart(at: str, block: Block) -> Complaints:
    yield from _string(f"{at}/title", block.get("title"), 50)
    chart = block.get("chart")
    if not isinstance(chart, dict) or chart.get("type") not in ("pie", "bar", "line", "area"):
        yield f"{at}/chart: pie, bar, line or area"
        return
    if chart["type"] == "pie":
        yield from _pie(f"{at}/chart", chart)
        return
    axis, series = chart.get("axis_config"), chart.get("series")
    if not isinstance(axis, dict) or not isinstance(series, list) or not 1 <= len(series) <= 12:
        yield f"{at}/chart: needs axis_config and 1 to 12 series"
        return
    categories = axis.get("categories")
    if not isinstance(categories, list) or not 1 <= len(categories) <= 20 or len(set(categories)) != len(categories):
        yield f"{at}/chart/axis_config/categories: 1 to 20, each once"
        return
    for category in categories:
        yield from _string(f"{at}/chart/axis_config/categories", category, 20)
    for label in ("x_label", "y_label"):
        if label in axis:
            yield from _string(f"{at}/chart/axis_config/{label}", axis[label], 50)
    if len({item.get("name") for item in series}) != len(series):
        yield f"{at}/chart/series: a name is used twice"
    for number, item in enumerate(series):
        yield from _string(f"{at}/chart/series/{number}/name", item.get("name"), 20)
        points = item.get("data", [])
        if [point.get("label") for point in points] != categories:
            yield f"{at}/chart/series/{number}/data: one point per category, in order"
        if any(isinstance(p.get("value"), bool) or not isinstance(p.get("value"), int | float) for p in points):
            yield f"{at}/chart/series/{number}/data: values are numbers"


def _pie(at: str, chart: Block) -> Complaints:
    segments = chart.get("segments")
    if not isinstance(segments, list) or not 1 <= len(segments) <= 12:
        yield f"{at}/segments: 1 to 12"
        return
    for number, segment in enumerate(segments):
        yield from _string(f"{at}/segments/{number}/label", segment.get("label"), 20)
        if not isinstance(segment.get("value"), int | float) or segment["value"] <= 0:
            yield f"{at}/segments/{number}/value: above 0"


def _container(at: str, block: Block) -> Complaints:
    if ("title" in block) == ("rich_text_title" in block):
        yield f"{at}: needs one title"
    for name in ("title", "subtitle"):
        if name in block:
            yield from _text(f"{at}/{name}", block[name], 150)
    if block.get("default_collapsed") and not block.get("is_collapsible"):
        yield f"{at}: default_collapsed needs is_collapsible"
    if block.get("has_header_divider") and block.get("is_collapsible"):
        yield f"{at}: has_header_divider is not for collapsible ones"
    if block.get("width", "full") not in ("narrow", "standard", "wide", "full"):
        yield f"{at}/width: narrow, standard, wide or full"
    children = block.get("child_blocks")
    if not isinstance(children, list) or not 1 <= len(children) <= 10:
        yield f"{at}/child_blocks: 1 to 10"
        return
    for number, child in enumerate(children):
        yield from _block(f"{at}/child_blocks/{number}", child, IN_CONTAINER)


def _card(at: str, block: Block) -> Complaints:
    if not any(name in block for name in ("hero_image", "title", "actions", "body")):
        yield f"{at}: is empty"
    for name, longest in (("title", 150), ("subtitle", 150), ("body", 200), ("subtext", 200)):
        if name in block:
            yield from _text(f"{at}/{name}", block[name], longest)
    if len(block.get("actions", [])) > 3:
        yield f"{at}/actions: at most 3"


def _context_actions(at: str, block: Block) -> Complaints:
    if not 1 <= len(block.get("elements", [])) <= 5:
        yield f"{at}/elements: 1 to 5"
    for number, element in enumerate(block.get("elements", [])):
        if element.get("type") not in ("feedback_buttons", "icon_button"):
            yield f"{at}/elements/{number}: feedback_buttons or icon_button"


def _markdown(at: str, block: Block) -> Complaints:
    yield from _string(f"{at}/text", block.get("text"), 12_000)
    yield from _quiet(f"{at}/text", block.get("text"))


def _rich_text(at: str, block: Block) -> Complaints:
    if not isinstance(block.get("elements"), list) or not block["elements"]:
        yield f"{at}/elements: must not be empty"


def _input(at: str, block: Block) -> Complaints:
    yield from _text(f"{at}/label", block.get("label"), 2000, plain=True)
    if not isinstance(block.get("element"), dict):
        yield f"{at}/element: must provide an object"


def _element(at: str, element: object) -> Complaints:
    if not isinstance(element, dict):
        yield f"{at}: must provide an object"
        return
    if element.get("type") == "image":
        yield from _image(at, element)
        return
    yield from _string(f"{at}/action_id", element.get("action_id"), 255)
    if element.get("type") == "button":
        yield from _text(f"{at}/text", element.get("text"), 75, plain=True)
        for name, longest in (("value", 2000), ("url", 3000), ("accessibility_label", 75)):
            if name in element:
                yield from _string(f"{at}/{name}", element[name], longest)
        if element.get("style", "primary") not in ("primary", "danger"):
            yield f"{at}/style: primary or danger"
    elif element.get("type") in SELECTS:
        if "placeholder" in element:
            yield from _text(f"{at}/placeholder", element["placeholder"], 150, plain=True)
        yield from _options(at, element, 100)
    elif element.get("type") == "overflow":
        yield from _options(at, element, 5)
    if "confirm" in element:
        yield from _confirm(f"{at}/confirm", element["confirm"])


def _options(at: str, element: Block, most: int) -> Complaints:
    if "static" in str(element["type"]) or element["type"] == "overflow":
        groups = element.get("option_groups", [{"options": element.get("options", [])}])
        options = [option for group in groups for option in group["options"]]
        if not 1 <= len(options) <= most:
            yield f"{at}/options: 1 to {most}"
        for number, option in enumerate(options):
            yield from _text(f"{at}/options/{number}/text", option.get("text"), 75)
            yield from _string(f"{at}/options/{number}/value", option.get("value"), 150)


def _confirm(at: str, confirm: Block) -> Complaints:
    for name, longest in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        yield from _text(f"{at}/{name}", confirm.get(name), longest)


def _text(at: str, text: object, longest: int, *, plain: bool = False) -> Complaints:
    if not isinstance(text, dict):
        yield f"{at}: must provide an object"
        return
    if text.get("type") not in (("plain_text",) if plain else ("plain_text", "mrkdwn")):
        yield f"{at}/type: must be plain_text" + ("" if plain else " or mrkdwn")
    if text.get("type") == "mrkdwn" and "emoji" in text:
        yield f"{at}/emoji: only for plain_text"
    yield from _string(f"{at}/text", text.get("text"), longest)
    if text.get("type") == "mrkdwn":
        yield from _quiet(f"{at}/text", text.get("text"))


def _quiet(at: str, text: object) -> Complaints:
    if isinstance(text, str) and any(ping in text for ping in ("<!channel", "<!here", "<!everyone", "<@")):
        yield f"{at}: would ping somebody"


def _string(at: str, value: object, longest: int) -> Complaints:
    if not isinstance(value, str):
        yield f"{at}: must be a string"
    elif not value:
        yield f"{at}: must be more than 0 characters"
    elif len(value) > longest:
        yield f"{at}: must be at most {longest} characters"


def _walk(value: object) -> Iterator[Block]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


def _texts(value: object) -> Iterator[str]:
    for item in _walk(value):
        if isinstance(item.get("text"), str):
            yield item["text"]


_CHECKS: dict[str, Callable[[str, Block], Complaints]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "table": _table,
    "data_table": _data_table,
    "data_visualization": _chart,
    "container": _container,
    "card": _card,
    "context_actions": _context_actions,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "input": _input,
}
