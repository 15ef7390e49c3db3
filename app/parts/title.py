"""What a page is called in tabs, bookmarks and the history: the place it is about, its own name, the atlas."""

from __future__ import annotations

from app import store
from words import Language, text
from words.errors import AtlasError

ABOUT_A_TOWNSHIP = ("township", "rainwater")


def page_title(page: str, township: str | None, language: Language) -> str:
    """The title of a page with the township of its address; the name of the atlas alone while there are no data."""
    own = text(f"{page}.title", language)
    try:
        mark = store.current()
    except AtlasError:
        return text("app.page_title", language, page=own, brand=text("app.title", language))
    brand = text("app.brand", language, district=store.district_name(mark, language))
    names = store.names(mark)
    code = township if township is not None or page != "township" else next(iter(names), None)
    if page in ABOUT_A_TOWNSHIP and code in names:
        return text("app.place_title", language, place=names[code], page=own, brand=brand)
    return text("app.page_title", language, page=own, brand=brand)
