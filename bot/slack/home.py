"""The Home tab: published when it is opened, its buttons, and the settings of the workspace."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.answer.draft import prices_line
from bot.message.elements import MOST_MODELS, Block, Choice
from bot.message.home import AGAIN, COMPARE, FAVOURITES, SETTINGS, Home, Lately, Settled, home_view, notice_view
from bot.message.settings_modal import CALLBACK, EDITORS, SEEN, Filled, read_settings, settings_view
from bot.slack.app import Attend
from bot.slack.asked import Asked
from bot.slack.attend import NO_STATE
from bot.slack.delivery import BLOCK_FAULTS, Refused, Unconfirmed, call
from bot.slack.desk import Desk
from bot.slack.logs import LOGGER
from bot.slack.modal import open_compare_modal
from bot.slack.scopes import granted
from bot.slack.tasks import Tasks
from bot.slack.visitor import Visitor, visitor_of
from bot.state import NotAllowed, SettingsChange, StateUnavailable, WorkspaceSettings

RECENT_SHOWN = 6
REFUSED_VIEWS = BLOCK_FAULTS | {"invalid_arguments"}
PATIENCE = 2.0  # seconds to store settings, of the three that Slack waits
NOT_YOURS = (
    "Only members of the workspace that installed the app, and among these its editors, may change its settings."
)


@dataclass(frozen=True, slots=True)
class HomeTab:
    """Listens to all that happens on the Home tab; `command` is what the slash command is called."""

    desk: Desk
    attend: Attend
    tasks: Tasks
    command: str

    def register(self, app: AsyncApp) -> None:
        """Add the listeners to the app."""
        app.event("app_home_opened")(self.opened)
        app.action(COMPARE)(self.compare)
        app.action(FAVOURITES)(self.compare_favourites)
        app.action(re.compile(rf"^{re.escape(AGAIN)}\d+$"))(self.ask_again)
        app.action(SETTINGS)(self.open_settings)
        app.view(CALLBACK)(self.save_settings)

    async def opened(self, event: Mapping[str, Any], body: Mapping[str, Any], context: AsyncBoltContext) -> None:
        """Show the Home tab as it is now."""
        if event.get("tab") == "home":
            self.tasks.start(self._publish(visitor_of(body, context), str(event.get("channel") or "")))

    async def compare(self, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """Open the compare modal."""
        visitor = visitor_of(body, context)
        self.tasks.start(open_compare_modal(visitor.client, str(body["trigger_id"]), _direct_channel(body)))
        return BoltResponse(status=200)

    async def compare_favourites(self, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """Open the compare modal with the workspace's favourites in it."""
        self.tasks.start(self._open_with_favourites(body, visitor_of(body, context)))
        return BoltResponse(status=200)

    async def ask_again(self, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """Answer a recent comparison anew, at today's prices, as a direct message."""
        visitor = visitor_of(body, context)
        asked = Asked(
            surface="direct",
            key=f"again:{body['trigger_id']}",
            workspace=visitor.workspace,
            actor_workspace=visitor.actor_workspace,
            user=visitor.user,
            channel=_direct_channel(body) or visitor.user,
            text=str(body["actions"][0]["value"]),
            scopes=granted(context),
        )
        self.tasks.start(self.attend(visitor.client, asked, lambda: self.desk.prepare(asked)))
        return BoltResponse(status=200)

    async def open_settings(self, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """Open the settings modal for those who may change settings."""
        self.tasks.start(self._open_settings(body, visitor_of(body, context)))
        return BoltResponse(status=200)

    async def save_settings(self, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """Store what was filled in; what is wrong with it is said beside its field."""
        visitor = visitor_of(body, context)
        filled = read_settings(body["view"]["state"]["values"])
        errors = filled.errors or await self._store(visitor, filled)
        if errors:
            return BoltResponse(status=200, body={"response_action": "errors", "errors": errors})
        self.desk.settings_changed(visitor.workspace)
        self.tasks.start(self._publish(visitor, _direct_channel(body) or ""))
        return BoltResponse(status=200)

    async def _publish(self, visitor: Visitor, channel: str) -> None:
        """Publish the tab; it carries its direct channel, where answers go."""
        home = await self._home(visitor)
        for view in (home_view(home, channel), home_view(Home(home.command, home.prices, (), None), channel)):
            refusal = await _show(visitor, "views.publish", {"user_id": visitor.user, "view": view})
            if refusal not in REFUSED_VIEWS:  # else once more with nothing in it that people chose
                return

    async def _home(self, visitor: Visitor) -> Home:
        catalog = self.desk.catalog.current()
        prices = prices_line(catalog, self.desk.now().date())
        if not visitor.is_member:
            return Home(self.command, prices, [], None)
        try:
            settings = await self.desk.state.settings(visitor.workspace)
            recent = await self.desk.state.recent(visitor.workspace, visitor.user, RECENT_SHOWN)
        except StateUnavailable:
            return Home(self.command, prices, None, None)
        lately = [
            Lately(each.title, each.query, each.at.date().isoformat(), each.user == visitor.user) for each in recent
        ]
        settled = Settled(
            is_for_all=settings.visibility == "channel",
            input_share=Fraction(settings.input_share),
            volumes=tuple(sorted(settings.volumes)),
            favourites=tuple(each.label for each in self._favourites(settings)),
            may_change=_may_change(visitor, settings),
            editors=settings.editors,
        )
        return Home(self.command, prices, lately, settled)

    async def _open_with_favourites(self, body: Mapping[str, Any], visitor: Visitor) -> None:
        try:
            settings = await self.desk.state.settings(visitor.workspace)
        except StateUnavailable:
            settings = WorkspaceSettings()
        favourites = self._favourites(settings)[:MOST_MODELS] if visitor.is_member else []
        await open_compare_modal(visitor.client, str(body["trigger_id"]), _direct_channel(body), favourites)

    async def _open_settings(self, body: Mapping[str, Any], visitor: Visitor) -> None:
        try:
            settings = await self.desk.state.settings(visitor.workspace)
        except StateUnavailable:
            view = notice_view("Settings", NO_STATE)
        else:
            view = notice_view("Settings", NOT_YOURS)
            if _may_change(visitor, settings):
                view = self._settings_view(settings, _direct_channel(body) or "")
        await _show(visitor, "views.open", {"trigger_id": body["trigger_id"], "view": view})

    def _settings_view(self, settings: WorkspaceSettings, metadata: str) -> Block:
        return settings_view(
            settings.visibility,
            Fraction(settings.input_share),
            sorted(settings.volumes),
            self._favourites(settings),
            settings.editors,
            metadata,
        )

    def _favourites(self, settings: WorkspaceSettings) -> list[Choice]:
        """The favourites that there still are, with their names."""
        catalog = self.desk.catalog.current()
        known = [catalog.offerings[each] for each in settings.favourites if each in catalog.offerings]
        return [Choice(catalog.display_name(each), each.id) for each in known]

    async def _store(self, visitor: Visitor, filled: Filled) -> dict[str, str]:
        """Store what differs from the settings in force; return what was refused, by field."""
        try:
            async with asyncio.timeout(PATIENCE):
                before = await self.desk.state.settings(visitor.workspace, filled.channel)
                change = _change(before, filled)
                if change.model_fields_set:
                    await self.desk.state.change_settings(
                        visitor.workspace, filled.channel, change, visitor.user, visitor.actor_workspace or ""
                    )
        except NotAllowed as refusal:
            return {EDITORS: str(refusal)}
        except (StateUnavailable, TimeoutError):
            return {SEEN: "I cannot reach my own storage just now. Please save again in a minute."}
        return {}


def _change(before: WorkspaceSettings, filled: Filled) -> SettingsChange:
    wanted: dict[str, str | Decimal | tuple[int, ...] | tuple[str, ...]] = {
        "visibility": filled.visibility,
        "input_share": filled.input_share,
        "volumes": filled.volumes,
        "favourites": filled.favourites,
        "editors": filled.editors,
    }
    return SettingsChange.model_validate({name: to for name, to in wanted.items() if to != getattr(before, name)})


def _may_change(visitor: Visitor, settings: WorkspaceSettings) -> bool:
    return visitor.is_member and (not settings.editors or visitor.user in settings.editors)


def _direct_channel(body: Mapping[str, Any]) -> str | None:
    """Return the direct channel that the Home tab, or the modal opened from it, carries."""
    return str(body.get("view", {}).get("private_metadata") or "") or None


async def _show(visitor: Visitor, method: str, arguments: dict[str, Any]) -> str | None:
    """Send a view; return Slack's word for why it did not take it, if it did not."""
    try:
        await call(visitor.client, method, arguments)
    except Refused as refusal:
        LOGGER.warning("Slack took no view: method=%s reason=%s at=%s", method, refusal.reason, refusal.detail)
        return refusal.reason
    except Unconfirmed as error:
        LOGGER.warning("Slack did not confirm a view: method=%s (%s)", method, error)
    return None
