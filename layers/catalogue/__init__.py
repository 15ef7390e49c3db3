"""The layers the atlas knows: one module each, found by looking into this folder."""

from __future__ import annotations

import importlib
import pkgutil

from layers.layer import Layer


def _discover() -> dict[str, Layer]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    layers = [importlib.import_module(f"{__name__}.{name}").LAYER for name in names]
    return {layer.id: layer for layer in layers}


CATALOGUE: dict[str, Layer] = _discover()
