"""QR codes of page addresses."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from reports.qr import qr_png
from words import text
from words.errors import AtlasError

ADDRESS = "http://10.1.2.3:8501/township?township=500156101&theme=rain"


def test_the_png_is_square_black_and_white_with_a_quiet_zone():
    image = Image.open(io.BytesIO(qr_png(ADDRESS, module_px=4))).convert("L")
    assert image.width == image.height == (33 + 2 * 4) * 4  # version 4 has 33 modules
    assert {value for _, value in image.getcolors()} == {0, 255}
    assert image.crop((0, 0, image.width, 16)).getextrema() == (255, 255)


def test_the_same_address_gives_the_same_code():
    assert qr_png(ADDRESS) == qr_png(ADDRESS)
    assert qr_png(ADDRESS) != qr_png(ADDRESS + "1")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "", "http://x/" + "a" * 3000])
def test_an_unfit_address_is_refused_with_a_sentence(address: str):
    with pytest.raises(AtlasError) as refused:
        qr_png(address)
    assert text(refused.value.key, "zh", **refused.value.facts)
