"""What a workspace keeps: installations, settings, threads, reply claims, recent comparisons, feedback counts."""

from bot.state.claims import Claim
from bot.state.errors import BadKey, BadStateUrl, NotAllowed, StateUnavailable
from bot.state.installations import Installed
from bot.state.recent import Recent
from bot.state.scenarios import KeptScenario
from bot.state.settings import AuditEntry, SettingsChange, WorkspaceSettings, settings_for_actor
from bot.state.store import State, utc_now

__all__ = [
    "AuditEntry",
    "BadKey",
    "BadStateUrl",
    "Claim",
    "Installed",
    "KeptScenario",
    "NotAllowed",
    "Recent",
    "SettingsChange",
    "State",
    "StateUnavailable",
    "WorkspaceSettings",
    "settings_for_actor",
    "utc_now",
]
