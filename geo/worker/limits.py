"""What a reading process may use, and how it is held to that by the system."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from dataclasses import dataclass
from pathlib import Path

MB = 1024**2
_NEWUSER, _NEWNET = 0x10000000, 0x40000000
_DEATH_SIGNAL, _KILL = 1, 9
_FORBIDDEN: tuple[str, ...] = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo")
_FORBIDDEN += ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "os.startfile")


@dataclass(frozen=True)
class Limits:
    """Resident memory and size of the answer in bytes, wall time in seconds, of one reading.

    `gives_way` to the pages of the server, which matters where the processors are all at work.
    """

    memory_bytes: int
    seconds: float
    answer_bytes: int = 64 * MB
    gives_way: bool = True


def leave_network() -> bool:
    """Put this process, still of one thread, where there is no network; false where the system does not allow it."""
    if sys.platform != "linux":
        return False
    user, group = os.getuid(), os.getgid()
    system = ctypes.CDLL(None, use_errno=True)
    if system.unshare(_NEWNET) == 0:
        return True
    if system.unshare(_NEWUSER | _NEWNET) != 0:
        return False
    with contextlib.suppress(OSError):
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    return True


def confine(limits: Limits) -> None:
    """Hold this process, until it ends, to the limits: memory, processor time, no sockets and no programs from Python.

    Where there is no `resource` module only the last holds; the watching process sees to memory and time.
    """
    sys.addaudithook(_refuse)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, _KILL)
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    try:
        import resource
    except ImportError:
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(spent.ru_utime + spent.ru_stime + limits.seconds) + 2
    wanted = [(resource.RLIMIT_DATA, limits.memory_bytes), (resource.RLIMIT_CPU, seconds)]
    address = _address_space()
    if address is not None:
        wanted.append((resource.RLIMIT_AS, address + limits.memory_bytes))
    for kind, value in wanted:
        with contextlib.suppress(OSError, ValueError):
            hard = resource.getrlimit(kind)[1]
            most = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (most, most))


def resident_bytes(pid: int) -> int | None:
    """The memory a process holds now; none when it is gone or the system does not tell."""
    if sys.platform == "linux":
        pages = _statm(pid, 1)
        return None if pages is None else pages * os.sysconf("SC_PAGESIZE")
    try:
        import psutil

        return int(psutil.Process(pid).memory_info().rss)
    except Exception:  # psutil may be absent; its errors have no other root
        return None


def _address_space() -> int | None:
    pages = _statm(os.getpid(), 0) if sys.platform == "linux" else None
    return None if pages is None else pages * os.sysconf("SC_PAGESIZE")


def _statm(pid: int, column: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[column])
    except (OSError, IndexError, ValueError):
        return None


def _refuse(event: str, _: tuple[object, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"a reading process may not do this: {event}")
