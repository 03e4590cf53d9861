"""Slack's installation store over our State: one installation per workspace or organisation, tokens encrypted."""

import logging

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore

from bot.state import Installed, State

# These go through the vault; the expiry belongs to its token and changes with it.
SECRET = (
    "bot_token",
    "bot_refresh_token",
    "bot_token_expires_at",
    "user_token",
    "user_refresh_token",
    "user_token_expires_at",
    "incoming_webhook_url",
    "incoming_webhook_configuration_url",
)


def workspace_of(enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None) -> str | None:
    """What the State calls a workspace: the organisation of an org-wide install, else the team."""
    return enterprise_id if is_enterprise_install or team_id is None else team_id


def to_installation(installed: Installed) -> Installation:
    """Slack's own object, tokens in clear: keep it short-lived, and out of logs."""
    return Installation(**installed.facts, **installed.secrets)


class Installations(AsyncInstallationStore):
    """What Bolt asks for. Every method may raise StateUnavailable, and the finding ones BadKey."""

    def __init__(self, state: State) -> None:
        """Over an open State that was given keys."""
        self._state = state

    @property
    def logger(self) -> logging.Logger:
        """Where Bolt's base class expects one."""
        return logging.getLogger(__name__)

    async def async_save(self, installation: Installation) -> None:
        """Stores it over an earlier one. ValueError when it names neither a workspace nor an organisation."""
        workspace = workspace_of(installation.enterprise_id, installation.team_id, installation.is_enterprise_install)
        if workspace is None:
            raise ValueError("the installation names neither a workspace nor an organisation")
        fields = vars(installation)
        installed = Installed(
            workspace=workspace,
            bot_user_id=installation.bot_user_id or "",
            facts={name: value for name, value in fields.items() if name not in SECRET},
            secrets={name: fields[name] for name in SECRET},
        )
        await self._state.save_installation(installed)

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot installed there; None when it is not, or no more."""
        found = await self.async_find_installation(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )
        return found.to_bot() if found else None

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The installation there (with a user id: only if that user made it); None when there is none."""
        workspace = workspace_of(enterprise_id, team_id, is_enterprise_install)
        installed = await self._state.installation(workspace) if workspace else None
        if installed is None or user_id not in {None, installed.facts["user_id"]}:
            return None
        return to_installation(installed)

    async def async_find_by_bot_user(self, bot_user_id: str) -> Installation | None:
        """The installation whose bot is mentioned by this user id; None when it is nobody of ours."""
        installed = await self._state.installation_of_bot(bot_user_id)
        return to_installation(installed) if installed else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """The bot is the installation, and with it goes everything that the workspace kept."""
        await self.async_delete_all(enterprise_id=enterprise_id, team_id=team_id)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Like deleting the bot; one user's leaving deletes nothing, since we keep no user's tokens."""
        if user_id is None:
            await self.async_delete_all(enterprise_id=enterprise_id, team_id=team_id)

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Everything of the workspace, or of the organisation when no team is named; as often as asked."""
        workspace = workspace_of(enterprise_id, team_id, is_enterprise_install=False)
        if workspace is not None:
            await self._state.forget_workspace(workspace)
