"""The web pages of an installation: before, after, and when it failed. Plain HTML, nothing loaded from elsewhere."""

from html import escape

from slack_sdk.oauth.installation_store import Installation

_STYLE = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem}a{color:#0b57d0}"
_AGAIN = '<p><a href="/slack/install">Start the installation again</a></p>'
_FAILURES = {
    "access_denied": "Somebody pressed Cancel, or is not allowed to install apps here. Nothing was changed. If you may "
    "not install apps, ask an administrator of your workspace to open this page.",
    "invalid_browser": "The installation was started in another browser, or cookies are blocked. Start again and stay "
    "in one browser window.",
    "invalid_state": "The installation took longer than ten minutes, or this link was used before. Start again; it takes half a minute.",
    "invalid_code": "Slack did not confirm the installation. Start again; if it fails again, wait a few minutes first.",
    "missing_code": "Slack's answer was incomplete. Start again.",
    "storage_error": "Slack agreed, but the installation could not be stored. Wait a few minutes and start again; if "
    "it keeps failing, tell the people who run this bot.",
}


def install_page(url: str) -> str:
    """Before: what it is, and one link to Slack."""
    return _page(
        "Add comparebot to Slack",
        "<p>comparebot compares language models on real prices, limits and benchmarks, and says where each number "
        "comes from. It reads only the messages that are addressed to it.</p>"
        f'<p><a href="{escape(url)}">Continue in Slack</a></p>',
    )


def success_page(installation: Installation, command: str) -> str:
    """After: where it was installed, and the first thing to try."""
    place = installation.team_name or installation.enterprise_name or "your workspace"
    where = installation.enterprise_url if installation.is_enterprise_install else None
    slack = where or f"https://app.slack.com/client/{installation.team_id or ''}"
    return _page(
        f"comparebot is installed in {place}",
        f"<p>Next: in any channel, type <code>{escape(command)} gpt-4.1-mini gpt-5.4</code>. To ask follow-up "
        "questions in a channel, invite the bot there first.</p>"
        f'<p><a href="{escape(slack)}">Open Slack</a></p>',
    )


def failure_page(reason: str) -> str:
    """When it failed: why, as far as it helps, and what to do next. Never an exception's text."""
    why = _FAILURES.get(reason, "Slack ended the installation. Start again; if it fails again, wait a few minutes.")
    return _page("comparebot was not installed", f"<p>{why}</p>{_AGAIN}")


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
