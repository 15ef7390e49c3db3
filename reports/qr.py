"""A page's address as a QR code, to hang on an office wall."""

from __future__ import annotations

import io

import segno

from words.errors import AtlasError


def qr_png(address: str, *, module_px: int = 8) -> bytes:
    """The code as PNG with a quiet zone of four modules; AtlasError `reports.qr_address` for an unfit address."""
    stream = io.BytesIO()
    _code(address).save(stream, kind="png", scale=module_px, border=4)
    return stream.getvalue()


def _code(address: str) -> segno.QRCode:
    """Error correction M: a code stays readable with 15 % of it stained."""
    if not address.startswith(("http://", "https://")):
        raise AtlasError("reports.qr_address", address=address[:80])
    try:
        return segno.make_qr(address, error="m")
    except segno.DataOverflowError as fault:
        raise AtlasError("reports.qr_address", address=f"{address[:80]}…") from fault
