"""Builds the repaired text piece by piece, keeping every change as a reversible edit."""

from dabir.text.repair.records import Class, Edit


class Draft:
    """The text written so far and the edits that led to it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.edits: list[Edit] = []

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def keep(self, text: str) -> None:
        """Write a piece of the source as it is."""
        self._parts.append(text)
        self.length += len(text)

    def change(self, before: str, after: str, rule: str, cls: Class) -> None:
        """Write `after` where the source has `before`."""
        if before == after:
            self.keep(after)
            return
        end = self.length + len(after)
        last = self.edits[-1] if self.edits else None
        if last and last.end == self.length and (last.rule, last.cls) == (rule, cls):
            joined = last.before + before, last.after + after
            self.edits[-1] = Edit(last.start, end, *joined, rule, cls)
        else:
            self.edits.append(Edit(self.length, end, before, after, rule, cls))
        self.keep(after)

    def change_inside(self, before: str, after: str, rule: str, cls: Class) -> None:
        """As `change`, but what both begin and end with is kept."""
        head = 0
        while head < min(len(before), len(after)) and before[head] == after[head]:
            head += 1
        tail = 0
        most = min(len(before), len(after)) - head
        while tail < most and before[-1 - tail] == after[-1 - tail]:
            tail += 1
        self.keep(before[:head])
        self.change(before[head : len(before) - tail], after[head : len(after) - tail], rule, cls)
        self.keep(before[len(before) - tail :] if tail else "")
