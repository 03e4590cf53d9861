"""Sends a file to a conversation: an address to upload to, the upload, and the word that it is complete."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.asked import Asked
from bot.slack.delivery import Refused, Unconfirmed, call


async def send_file(
    client: AsyncWebClient, session: aiohttp.ClientSession, asked: Asked, name: str, content: str
) -> None:
    """Send a text file to where it was asked for; Refused or Unconfirmed where Slack does not take it."""
    data = content.encode()
    length = {"filename": name, "length": str(len(data))}
    place = await call(client, "files.getUploadURLExternal", length, as_form=True)
    try:
        async with session.post(str(place["upload_url"]), data=data) as response:
            if response.status != 200:
                raise Refused(f"upload_{response.status}")
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Unconfirmed("upload") from error
    thread = asked.thread_ts or asked.ts
    done = {"files": [{"id": place["file_id"], "title": name}], "channel_id": asked.channel}
    await call(client, "files.completeUploadExternal", done | ({"thread_ts": thread} if thread else {}))
