"""The command line: comparebot ask, chat, serve, catalog, book, manifest, doctor."""

import argparse
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from bot.catalog_file import CatalogFile, names_of
from bot.message.terminal import show
from bot.question.thread import Thread
from bot.reply import Reply, reply
from catalog.lookup import Catalog


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status: 0 when a reply was given, 2 for wrong usage or a bad configuration."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    except (ValueError, OSError) as error:
        print(f"comparebot: {str(error).splitlines()[0]}", file=sys.stderr)
        return 2


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    made = argparse.ArgumentParser(
        prog="comparebot", description="Compares language models on real prices, limits and benchmarks."
    )
    commands = made.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", help="answer one question here")
    ask.add_argument("text", nargs="*", help="the question, as one would type it in Slack")
    _reading(ask)
    ask.set_defaults(run=_ask)

    chat = commands.add_parser("chat", help="a conversation: each line of standard input is one turn")
    _reading(chat)
    chat.set_defaults(run=_chat)

    serve = commands.add_parser("serve", help="run the Slack bot")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=3000)
    serve.add_argument("--workers", type=int, default=1)
    serve.add_argument("--socket", action="store_true", help="use Socket Mode instead of HTTP")
    serve.set_defaults(run=_serve)

    catalog = commands.add_parser("catalog", help="make, look at or refresh the catalog file").add_subparsers(
        required=True, metavar="ACTION"
    )
    catalog.add_parser("build", help="make it from the installed price data").set_defaults(run=_catalog_build)
    catalog.add_parser("status", help="what is in it, from where, how old").set_defaults(run=_catalog_status)

    manifest = commands.add_parser("manifest", help="print the Slack app manifest")
    way = manifest.add_mutually_exclusive_group(required=True)
    way.add_argument("--socket", action="store_true", help="for Socket Mode")
    way.add_argument("--url", help="for HTTP, the bot's https:// address")
    manifest.add_argument(
        "--command", default=os.environ.get("COMPAREBOT_COMMAND", "/compare"), help="the slash command's name"
    )
    manifest.add_argument("--workflow", action="store_true", help="with the workflow step, for a whole organisation")
    manifest.set_defaults(run=_manifest)

    doctor = commands.add_parser("doctor", help="check configuration, catalog and state")
    doctor.add_argument("--live", action="store_true", help="ask Slack, too")
    doctor.set_defaults(run=_doctor)
    return made


def _reading(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print the whole reply as one line of JSON")
    command.add_argument(
        "--as-of", type=_day, default=None, metavar="YYYY-MM-DD", help="use the prices in force on that day"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as in 2026-11-22") from None


def _catalog_file() -> CatalogFile:
    named = os.environ.get("COMPAREBOT_CATALOG")
    dropped = names_of(os.environ.get("COMPAREBOT_DROPPED_SOURCES", ""))
    return CatalogFile(Path(named) if named else None, dropped)


def _print(made: Reply, catalog: Catalog, *, as_json: bool) -> None:
    if as_json:
        print(made.to_json(), flush=True)
        return
    from rich.console import Console

    show(made.question, made.answer, catalog, Console(highlight=False, width=None if sys.stdout.isatty() else 110))
    sys.stdout.flush()


def _ask(options: argparse.Namespace) -> int:
    catalog = _catalog_file().current()
    today = options.as_of or datetime.now(UTC).date()
    _print(reply(" ".join(options.text), Thread(), catalog, today), catalog, as_json=options.json)
    return 0


def _chat(options: argparse.Namespace) -> int:
    catalog = _catalog_file().current()
    thread = Thread()
    for line in sys.stdin:
        text = line.rstrip("\r\n").replace("\\n", "\n")
        if text.strip() == "/new":
            thread = Thread()
            continue
        made = reply(text, thread, catalog, options.as_of or datetime.now(UTC).date())
        thread = made.thread
        _print(made, catalog, as_json=options.json)
    return 0


def _serve(options: argparse.Namespace) -> int:
    from bot.server import serve, serve_socket
    from bot.settings import load_settings

    settings = load_settings()
    if options.socket:
        return serve_socket(settings) or 0
    return serve(settings, options.host, options.port, options.workers) or 0


def _catalog_build(options: argparse.Namespace) -> int:
    _catalog_file().rebuild()
    return _catalog_status(options)


def _catalog_status(_: argparse.Namespace) -> int:
    from bot.status import status_lines

    file = _catalog_file()
    print("\n".join(status_lines(file.current(), file.path, datetime.now(UTC))))
    return 0


def _manifest(options: argparse.Namespace) -> int:
    import json

    from bot.manifest import manifest

    print(json.dumps(manifest(options.socket, options.url, options.command, workflow=options.workflow), indent=2))
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from bot.doctor import run_doctor

    return run_doctor(live=options.live)


if __name__ == "__main__":
    sys.exit(main())
