"""How far a reader has come, so that a fault nobody foresaw is told with the line or the feature that it met."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, TypeVar

from words.errors import AtlasError

Kind = Literal["line", "feature", "file"]
Thing = TypeVar("Thing")
_here: ContextVar[tuple[Kind, int]] = ContextVar("here", default=("file", 0))


def each(things: Iterable[Thing], kind: Kind, *, start: int = 1) -> Iterator[Thing]:
    """The things one by one, each known as reached, by its number, while it is worked on."""
    for number, thing in enumerate(things, start):
        reach(kind, number)
        yield thing
    reach("file")


def reach(kind: Kind, number: int = 0) -> None:
    """Say which line or feature is read from now on."""
    _here.set((kind, number))


@contextmanager
def told(file: str) -> Iterator[None]:
    """A fault becomes AtlasError `geo.errors.fault_line`, `fault_feature` or `fault_file` with the number reached."""
    reach("file")
    try:
        yield
    except (AtlasError, MemoryError):
        raise
    except Exception as error:
        kind, number = _here.get()
        raise AtlasError(f"geo.errors.fault_{kind}", file=file, row=number) from error
    finally:
        reach("file")


def first_faulty(count: int, read: Callable[[int], object]) -> int:
    """How many of the first rows `read` takes until it faults, by halves; it faults on all `count` of them."""
    sound, faulty = 0, count
    while faulty - sound > 1:
        middle = (sound + faulty) // 2
        try:
            read(middle)
        except MemoryError:
            raise
        except AtlasError:
            sound = middle
        except Exception:
            faulty = middle
        else:
            sound = middle
    return faulty
