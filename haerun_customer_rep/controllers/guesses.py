"""Count wrong links by address, so that nobody tries them one after another."""

import time
from collections import OrderedDict

#: wrong links in that many seconds, after which an address is told nothing
MOST, SECONDS = 30, 600
#: addresses remembered at most
REMEMBERED = 10000


class Guesses:
    """Wrong links of late, in the memory of this process."""

    def __init__(self, clock=time.monotonic):
        self.clock = clock
        self.wrong = OrderedDict()

    def too_many(self, address) -> bool:
        """Whether ``address`` has tried too many wrong links of late."""
        since, count = self.wrong.get(address, (0.0, 0))
        return count >= MOST and self.clock() - since < SECONDS

    def note(self, address):
        """``address`` has tried a wrong link."""
        now = self.clock()
        since, count = self.wrong.pop(address, (now, 0))
        if now - since >= SECONDS:
            since, count = now, 0
        self.wrong[address] = (since, count + 1)
        while len(self.wrong) > REMEMBERED:
            self.wrong.popitem(last=False)


guesses = Guesses()
