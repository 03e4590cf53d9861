"""The catalog file of this machine: built when missing, read once, read again when it has changed on disk."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_path

from catalog import build, store
from catalog.lookup import Catalog

log = logging.getLogger(__name__)


def default_path() -> Path:
    """Where the catalog lives unless COMPAREBOT_CATALOG says otherwise."""
    return user_data_path("comparebot") / "catalog.sqlite"


def names_of(text: str) -> tuple[str, ...]:
    """The names in a list with commas."""
    return tuple(each.strip() for each in text.split(",") if each.strip())


class CatalogFile:
    """The catalog that is in use: one reference, swapped when the file changes."""

    def __init__(self, path: Path | None = None, dropped: Iterable[str] = ()) -> None:
        """`dropped` names the sources that it is made without."""
        self.path = path or default_path()
        self._dropped = frozenset(dropped)
        self._catalog: Catalog | None = None
        self._seen: tuple[int, int, int] | None = None
        self._said = ""

    def rebuild(self) -> None:
        """Make the file anew from the installed price data and the curated files."""
        build.build(self.path, datetime.now(UTC), self._dropped)

    def current(self) -> Catalog:
        """The catalog as it is on disk; built first where it is missing or out of date.

        Once one is in use it stays so, with a warning in the log, while the file is gone or broken. Before that, raises
        store.BrokenCatalog or OSError, each with one clear line, when there is none to be had.
        """
        if self._catalog is None:
            build.ensure(self.path, datetime.now(UTC), self._dropped)
            self._seen = self._stamp()
            self._catalog = store.open_catalog(self.path)
            return self._catalog
        try:
            seen = self._stamp()
            if seen != self._seen:
                self._seen = seen
                self._catalog = store.open_catalog(self.path)
        except (OSError, store.BrokenCatalog) as error:
            if self._said != str(error):
                log.warning("the catalog file cannot be read, so the one that was loaded stays in use: %s", error)
            self._said = str(error)
        else:
            self._said = ""
        return self._catalog

    def _stamp(self) -> tuple[int, int, int]:
        """What changes when the file is replaced or written."""
        stat = self.path.stat()
        return stat.st_ino, stat.st_mtime_ns, stat.st_size
