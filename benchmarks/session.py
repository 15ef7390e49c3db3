"""A visitor without a browser: opens a page over Streamlit's own websocket and notes time and bytes."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass(frozen=True)
class Visit:
    """What one opening of a page took: seconds until the script finished, bytes received, error text if any."""

    seconds: float
    received_bytes: int
    error: str | None


async def visit(address: str, *, page: str, query: str = "", runs: int = 1) -> list[Visit]:
    """Open a page `runs` times in one session; `page` is its url path, `query` without the question mark."""
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    visits = []
    async with websockets.connect(url, subprotocols=["streamlit"], max_size=None, origin=address) as socket:
        for _ in range(runs):
            message = BackMsg()
            message.rerun_script.query_string = query
            message.rerun_script.page_name = page
            started = time.perf_counter()
            await socket.send(message.SerializeToString())
            visits.append(await _until_finished(socket, started))
    return visits


async def _until_finished(socket: websockets.ClientConnection, started: float) -> Visit:
    received, error = 0, None
    while True:
        data = await asyncio.wait_for(socket.recv(), 60)
        received += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        if message.WhichOneof("type") == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            error = message.delta.new_element.exception.message
        if message.WhichOneof("type") == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                continue
            return Visit(time.perf_counter() - started, received, error)


async def crowd(address: str, *, page: str, queries: list[str]) -> tuple[float, list[Visit]]:
    """All queries opened at once, each in a session of its own; seconds until the last finished, and the visits."""
    started = time.perf_counter()
    done = await asyncio.gather(*(visit(address, page=page, query=query) for query in queries))
    return time.perf_counter() - started, [visits[0] for visits in done]
