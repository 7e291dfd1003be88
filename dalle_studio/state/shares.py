"""How far each picture of a job is."""

from __future__ import annotations


class Shares:
    """Divides steps, which are counted over a whole job, among its pictures.

    An engine draws as many pictures at a time as memory allows, and shows previews of just those after each step:
    what is gained goes to the pictures seen last, to all of them before any was seen.
    """

    def __init__(self, count: int) -> None:
        self.progress = [0.0] * count  # of each picture, 0 to 1; their mean is the job's
        self._batch = set(range(count))
        self._seen: set[int] = set()

    def preview(self, index: int) -> None:
        """Picture `index` was shown."""
        self._seen.add(index)

    def advance(self, share: float) -> None:
        """The whole job has come to `share`, 0 to 1. Nothing ever goes back."""
        if self._seen:
            self._batch, self._seen = self._seen, set()
        gain = share * len(self.progress) - sum(self.progress)
        for wanted in (self._batch, set(range(len(self.progress)))):
            gain = self._hand_out(gain, [index for index in wanted if index < len(self.progress)])

    def _hand_out(self, gain: float, to: list[int]) -> float:
        """Give each the same, those first that are nearly full; returns what is left over."""
        for number, index in enumerate(sorted(to, key=lambda index: -self.progress[index])):
            if gain <= 0:
                return 0.0
            part = min(gain / (len(to) - number), 1 - self.progress[index])
            self.progress[index] += part
            gain -= part
        return gain
