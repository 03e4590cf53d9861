"""What an installation was allowed: a feature whose optional scope was not granted is absent, not broken."""

from collections.abc import Mapping

from slack_bolt.context.async_context import AsyncBoltContext

HEADER = "x-oauth-scopes"
FILES = "files:write"  # to send a table as a CSV file
AGENT = "assistant:write"  # to be an agent, whose direct messages are threads


def granted(context: AsyncBoltContext) -> frozenset[str]:
    """Return the scopes of the installation that a request belongs to; none as long as Slack has not told them.

    They stand in the installation's row, or for one workspace in the headers of `auth.test`.
    """
    authorized = context.authorize_result
    return frozenset(() if authorized is None else authorized.bot_scopes or ())


def stated(headers: Mapping[str, object]) -> list[str]:
    """Return the scopes that Slack names in the headers of an answer; header names come in either case."""
    value = next((value for name, value in headers.items() if name.lower() == HEADER), "")
    return [scope.strip() for scope in str(value).split(",") if scope.strip()]
