"""Ask for one address on several connections at once for some seconds, and say how many answers came.

`python benchmarks/load.py PORT PATH [CONNECTIONS] [SECONDS]`. One process on the same machine, so what
it takes of the two cores the server does not have: a small part, since each request is the same bytes
and of an answer only its length is read. Fails on any answer but 200.
"""

from __future__ import annotations

import selectors
import socket
import sys
import time
from urllib.parse import quote


def press(port: int, path: str, connections: int, seconds: float) -> float:
    """Answers a second, each connection asking again as soon as it is answered."""
    host = "Host: localhost\r\nConnection: keep-alive\r\n\r\n"
    asked = f"GET {quote(path, safe='/?=&')} HTTP/1.1\r\n{host}".encode()
    waiting = selectors.DefaultSelector()
    for _ in range(connections):
        line = socket.create_connection(("127.0.0.1", port))
        waiting.register(line, selectors.EVENT_READ, bytearray())
        line.sendall(asked)
    answered, started = 0, time.perf_counter()
    while (taken := time.perf_counter() - started) < seconds:
        for key, _events in waiting.select(1):
            line, read = key.fileobj, key.data
            read += line.recv(262_144)  # type: ignore[union-attr]  # a socket
            if _is_whole(read):
                read.clear()
                answered += 1
                line.sendall(asked)  # type: ignore[union-attr]  # likewise
    for key in list(waiting.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]  # likewise
    return answered / taken


def _is_whole(read: bytearray) -> bool:
    """Whether the answer is there to its end."""
    end = read.find(b"\r\n\r\n")
    if end < 0:
        return False
    if not read.startswith(b"HTTP/1.1 200 "):
        raise SystemExit(read[:60].decode("latin-1"))
    head = bytes(read[:end]).lower()
    length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
    return len(read) >= end + 4 + length


if __name__ == "__main__":
    many, lasting = (sys.argv[3:] + ["4", "4"][len(sys.argv) - 3 :])[:2]
    print(f"{press(int(sys.argv[1]), sys.argv[2], int(many), float(lasting)):.0f}")
