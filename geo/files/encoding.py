"""Which encoding a text is in, found by trying: strict UTF-8 first, then GB18030, never plain GBK.

GB18030 contains GBK and GB2312 and also the rare four-byte characters of place names, which GBK spoils. A declared
encoding (.cpg, language byte) is a hint only: it is wrong as often as it is missing.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

_CHINESE = {"gbk", "cp936", "gb2312", "936", "ms936", "windows-936", "hz", "euc-cn", "gb18030", "ansi 936"}
_MARKS = {"utf-8-sig": (codecs.BOM_UTF8,), "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)}
_UNTRUSTED = {"oem", "ansi", "system"}
_GOOD_SHARE = 0.6
_NEARLY_ALL = 0.9  # one damaged cell must not decide over all others


@dataclass(frozen=True)
class Choice:
    """The codec to decode with, and whether the text itself speaks for it (`sure`) rather than only allowing it."""

    codec: str
    sure: bool


def codec_named(name: str | None) -> str | None:
    """The Python codec for an encoding name as people and .cpg files write it, GBK kin widened to GB18030.

    None when the name is missing or means nothing (OEM, ANSI, garbage).
    """
    plain = (name or "").strip().strip("\ufeff\0").strip().lower().replace("_", "-")
    if not plain or plain in _UNTRUSTED:
        return None
    if plain in _CHINESE:
        return "gb18030"
    if plain in ("65001", "cp65001", "utf8"):
        return "utf-8"
    for candidate in (plain, f"cp{plain}", plain.replace("ansi ", "cp"), _latin(plain)):
        try:
            found = codecs.lookup(candidate).name
            "".encode(found)  # refuses what is no text encoding, such as base64
        except (LookupError, ValueError):
            continue
        return "gb18030" if found in ("gbk", "gb2312", "hz") else found
    return None


def _latin(name: str) -> str:
    """`88591` and `8859-1`, as old .cpg files say, in full."""
    digits = name.replace("-", "")
    return f"iso8859-{digits[4:]}" if digits.startswith("8859") else name


def text_codec(content: bytes, *, cut: bool = False) -> str | None:
    """The codec of a whole text file (UTF-8 with or without BOM, UTF-16 with BOM, GB18030, Big5), None for no text.

    `cut` says that `content` is only the beginning, so the last character may be incomplete.
    """
    for codec, marks in _MARKS.items():
        if content.startswith(marks):
            return codec if _decodes(content, codec, cut=cut) else None
    if b"\0" in content[:4096]:
        return None
    if _decodes(content, "utf-8", cut=cut):
        return "utf-8"
    if not any(_decodes(content, codec, cut=cut) for codec in ("gb18030", "big5")):
        return None
    choice = choose([line for line in content.splitlines()[: -1 if cut else None] if not line.isascii()] or [content])
    return choice.codec if _decodes(content, choice.codec, cut=cut) else "gb18030"


def choose(values: Collection[bytes], *, declared: str | None = None) -> Choice:
    """The codec these byte strings (not all ASCII) are most likely written in.

    Values may end in half a character, as field widths cut them. `declared` is the codec the file claims; it wins
    only where the text gives no sign of its own.
    """
    telling = [value for value in values if not value.isascii()]
    if not telling:
        return Choice(declared or "utf-8", True)
    if sum(_decodes(value, "utf-8", cut=True) for value in telling) >= _NEARLY_ALL * len(telling):
        share = _share(telling, "utf-8", _is_cjk)
        if declared == "utf-8" or share >= _GOOD_SHARE or _share(telling, "gb18030", _in_gb2312) < _GOOD_SHARE:
            return Choice("utf-8", declared == "utf-8" or share >= _GOOD_SHARE)
    shares = {"gb18030": _share(telling, "gb18030", _in_gb2312), "big5": _share(telling, "big5", _in_big5_common)}
    best = max(shares, key=lambda codec: shares[codec])
    if shares[best] >= _GOOD_SHARE:
        return Choice(best, True)
    if declared and declared not in ("utf-8", *shares) and all(_decodes(value, declared) for value in telling):
        return Choice(declared, True)
    return Choice(declared if declared in shares else "gb18030", False)


def decode(value: bytes, codec: str) -> tuple[str, bool]:
    """The text of one value and whether every byte of it was understood; half a character at the end is left out."""
    try:
        return value.decode(codec), True
    except UnicodeDecodeError as error:
        if error.end >= len(value) and len(value) - error.start < 4:
            return value[: error.start].decode(codec, errors="replace"), False
        return value.decode(codec, errors="replace"), False


def unscrambled(values: Collection[str]) -> dict[str, str] | None:
    """The true text of each value when all of them are UTF-8 that was once read as GBK or Latin-1, else None.

    The proof is the way back: encoding again and decoding right must succeed for every value and give Chinese.
    """
    telling = [value for value in values if not value.isascii()]
    for wrong, right in (("gb18030", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030")):
        try:
            mended = {value: value.encode(wrong).decode(right) for value in telling}
        except UnicodeError:
            continue
        if _is_chinese("".join(mended.values()), wholly=right == "gb18030"):
            return mended
    return None


def _is_chinese(text: str, *, wholly: bool) -> bool:
    """Whether a text's foreign signs are Chinese; `wholly` also wants little else and more than a chance few signs."""
    signs = _foreign(text)
    chinese = sum(count for sign, count in signs.items() if _in_gb2312(sign))
    enough = chinese >= 4 and chinese >= 0.8 * len(text) if wholly else chinese > 0
    return enough and chinese >= 0.9 * signs.total()


def _decodes(value: bytes, codec: str, *, cut: bool = False) -> bool:
    try:
        codecs.getincrementaldecoder(codec)().decode(value, final=not cut)
    except UnicodeDecodeError:
        return False
    return True


def _share(values: Collection[bytes], codec: str, fits: Callable[[str], bool]) -> float:
    signs = _foreign("".join(decode(value, codec)[0] for value in values))
    return sum(count for sign, count in signs.items() if fits(sign)) / max(1, signs.total())


def _foreign(text: str) -> Counter[str]:
    """How often each sign that is not ASCII occurs, so that each is looked at once however long the text."""
    signs = Counter(text)
    return Counter({sign: count for sign, count in signs.items() if not sign.isascii()})


def _is_cjk(sign: str) -> bool:
    point = ord(sign)
    return (
        0x4E00 <= point <= 0x9FFF or 0x3400 <= point <= 0x4DBF or 0x3000 <= point <= 0x303F or 0xFF00 <= point <= 0xFFEF
    )


def _in_gb2312(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return _is_cjk(sign) or sign in "·—“”‘’…㎡℃°×"


def _in_big5_common(sign: str) -> bool:
    try:
        lead = sign.encode("big5")[0]
    except UnicodeEncodeError:
        return False
    return _is_cjk(sign) and lead <= 0xC6
