"""Sends a file to a conversation: an address to upload to, the upload, and the word that it is complete."""

from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.asked import Asked
from bot.slack.delivery import Post, Refused, Unconfirmed, call, seconds

NOT_A_MEMBER = frozenset({"not_in_channel", "channel_not_found"})


async def send_file(client: AsyncWebClient, post: Post, asked: Asked, name: str, content: str) -> None:
    """Send a text file to where it was asked for; Refused (for a reason in NOT_A_MEMBER where the bot is none) or
    Unconfirmed where Slack does not take it."""
    data = content.encode()
    length = {"filename": name, "length": str(len(data))}
    place = await post.patiently(lambda: call(client, "files.getUploadURLExternal", length, as_form=True))
    await post.patiently(lambda: _upload(post.session, place, data))
    thread = asked.thread_ts or asked.ts
    done = {"files": [{"id": place["file_id"], "title": name}], "channel_id": asked.channel}
    done |= {"thread_ts": thread} if thread else {}
    await post.patiently(lambda: call(client, "files.completeUploadExternal", done))


async def _upload(session: aiohttp.ClientSession, place: Mapping[str, Any], data: bytes) -> None:
    try:
        async with session.post(str(place["upload_url"]), data=data) as response:
            if response.status == 429:
                raise Refused("ratelimited", seconds(response.headers))
            if response.status != 200:
                raise Refused(f"upload_{response.status}")
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Unconfirmed("upload") from error
