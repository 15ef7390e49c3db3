"""What plants, places and uses of reclaimed water are called."""

from __future__ import annotations

import pandas as pd

from layers.district import District
from words import Language, text


def names_of(plants: pd.DataFrame, places: pd.DataFrame, district: District, language: Language) -> dict[str, str]:
    """Names of plants and places by id; a filling point of water carts goes by its township."""
    found = {str(id_): _own(name, id_) for id_, name in zip(plants["plant"], plants["name"], strict=True)}
    for place in places.to_dict("records"):
        user, code = str(place["user"]), str(place["township"])
        if place["layer"] == "roads":
            known = code in district.townships.index
            township = district.township(code).name if known else code
            found[user] = text("reclaimed.paper.filling_point", language, township=township)
        else:
            found[user] = _own(place["name"], user)
    return found


def _own(name: object, id_: object) -> str:
    return name if isinstance(name, str) and name else str(id_)


def use_words(use: str, language: Language) -> str:
    """The name of a use of reclaimed water."""
    return text(f"layers.reclaimed_users.choices.use.{use}", language)
