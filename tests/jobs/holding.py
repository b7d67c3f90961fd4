"""A second process that has a store open: it answers, stays silent, or serves nothing.

python -m tests.jobs.holding STORE (answers | silent | closed)
"""

import contextlib
import socket
import sys
import time
from pathlib import Path

from engine import wiring
from engine.wiring import Settings
from jobs.answering import open_door
from jobs.handlers import HANDLERS
from jobs.owner import claimed


def main() -> None:
    store, how = Path(sys.argv[1]), sys.argv[2]
    settings = Settings(store=store)
    house = wiring.house(wiring.connect(settings.url), settings)
    with contextlib.ExitStack() as held:
        address = ""
        if how == "answers":
            door = held.enter_context(open_door(house, HANDLERS))
            address = door.address
        if how == "silent":
            listener = held.enter_context(socket.create_server(("127.0.0.1", 0)))
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        me = held.enter_context(claimed(store, address))
        if how == "answers":
            door.token = me.token
        sys.stdout.write("open\n")
        sys.stdout.flush()
        while True:
            time.sleep(1)


if __name__ == "__main__":
    main()
