"""A visitor who pastes a text on the page 选址 over Streamlit's own websocket and has it read."""

from __future__ import annotations

import asyncio

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from words import text


def attack(address: str, pasted: str) -> None:
    """Paste the text and press the button; returns when the server has answered. RuntimeError without such a page."""
    asyncio.run(_attack(address, pasted))


async def _attack(address: str, pasted: str) -> None:
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    async with websockets.connect(url, subprotocols=["streamlit"], max_size=None, origin=address) as socket:
        seen = await _run(socket, [])
        way = WidgetState(id=_named(seen, "siting_way"))
        way.string_array_value.data.append(text("siting.page.give.paste"))
        seen = await _run(socket, [way])
        written = WidgetState(id=_named(seen, "siting_pasted"), string_value=pasted)
        await _run(socket, [way, written, WidgetState(id=_named(seen, "siting_read"), trigger_value=True)])


def _named(ids: set[str], key: str) -> str:
    found = [id_ for id_ in ids if id_.endswith(f"-{key}")]
    if not found:
        raise RuntimeError(f"the page shows no {key}")
    return found[0]


async def _run(socket: websockets.ClientConnection, states: list[WidgetState]) -> set[str]:
    """Run the page with these widgets; the ids of the widgets it shows."""
    message = BackMsg()
    message.rerun_script.page_name = "siting"
    message.rerun_script.widget_states.widgets.extend(states)
    await socket.send(message.SerializeToString())
    ids: set[str] = set()
    while True:
        told = ForwardMsg()
        told.ParseFromString(await asyncio.wait_for(socket.recv(), 60))
        if told.WhichOneof("type") == "delta" and told.delta.WhichOneof("type") == "new_element":
            element = told.delta.new_element
            ids.add(getattr(getattr(element, element.WhichOneof("type")), "id", ""))
        over = told.WhichOneof("type") == "script_finished"
        if over and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return ids
