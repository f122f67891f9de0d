"""Where rows lie: heights in a Fenwick tree, so that ten thousand rows cost no more than ten."""

from collections.abc import Sequence


class Heights:
    """Row heights with their sums; every question and every change costs O(log n)."""

    def __init__(self, heights: Sequence[int] = ()) -> None:
        self._heights: list[int] = []
        self._tree: list[int] = [0]
        self._top_bit = 0
        self.reset(heights)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, row: int) -> int:
        return self._heights[row]

    def reset(self, heights: Sequence[int]) -> None:
        """Take other heights, O(n)."""
        self._heights = list(heights)
        tree = [0, *self._heights]
        size = len(tree)
        for index in range(1, size):
            parent = index + (index & -index)
            if parent < size:
                tree[parent] += tree[index]
        self._tree = tree
        self._top_bit = 1 << (len(self._heights).bit_length() - 1) if self._heights else 0

    def splice(self, first: int, gone: int, heights: Sequence[int]) -> None:
        """Put other rows in the place of ``gone`` rows from ``first`` on, O(n)."""
        self.reset([*self._heights[:first], *heights, *self._heights[first + gone :]])

    def set(self, row: int, height: int) -> int:
        """Give a row its height; return the difference to what it had."""
        difference = height - self._heights[row]
        if difference:
            self._heights[row] = height
            index = row + 1
            while index < len(self._tree):
                self._tree[index] += difference
                index += index & -index
        return difference

    def top(self, row: int) -> int:
        """The distance from the first row's top to this row's."""
        total = 0
        while row > 0:
            total += self._tree[row]
            row -= row & -row
        return total

    def total(self) -> int:
        """The height of all rows."""
        return self.top(len(self._heights))

    def following(self, row: int) -> int:
        """The next row that has a height, the number of rows where there is none."""
        row += 1
        if row >= len(self._heights) or self._heights[row]:
            return row
        top = self.top(row)
        return self.row_at(top) if top < self.total() else len(self._heights)

    def row_at(self, y: int) -> int:
        """The row that covers ``y``, none of no height; the first or the last row where ``y`` is outside."""
        place, step, left = 0, self._top_bit, max(0, y)
        while step:
            following = place + step
            if following < len(self._tree) and self._tree[following] <= left:
                place = following
                left -= self._tree[following]
            step >>= 1
        return min(place, max(0, len(self._heights) - 1))
