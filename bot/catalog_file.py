"""The catalog file of this machine: built when missing, read once, read again when it has changed on disk."""

from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_path

from catalog import build, store
from catalog.lookup import Catalog


def default_path() -> Path:
    """Where the catalog lives unless COMPAREBOT_CATALOG says otherwise."""
    return user_data_path("comparebot") / "catalog.sqlite"


class CatalogFile:
    """The catalog that is in use: one reference, swapped when the file changes."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_path()
        self._catalog: Catalog | None = None
        self._seen: tuple[int, int, int] | None = None

    def current(self) -> Catalog:
        """The catalog as it is on disk; built first where it is missing or out of date.

        Raises store.BrokenCatalog or OSError, each with one clear line, when there is none to be had.
        """
        if self._catalog is None:
            build.ensure(self.path, datetime.now(UTC))
        stat = self.path.stat()
        seen = stat.st_ino, stat.st_mtime_ns, stat.st_size
        if self._catalog is None or seen != self._seen:
            self._catalog, self._seen = store.open_catalog(self.path), seen
        return self._catalog
