"""Where the parts of a row lie: columns for a width, and rectangles inside a row."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRect

from desktop_app.domain.story import BlockKind
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.kit.theme import Theme

_NARROW = 300  # source columns below this (at 100 %) put the picture over its caption's column in a smaller size


@dataclass(frozen=True)
class Columns:
    """Column edges for one viewport width; all lengths in pixels, already scaled."""

    width: int
    gutter: int
    margin: int
    pad_x: int
    pad_y: int
    middle: int

    @classmethod
    def of(cls, width: int, theme: Theme) -> "Columns":
        """Both languages get the same width: gutter, source, target, margin of marks."""
        gutter, margin = theme.px(48), theme.px(32)
        room = max(width - gutter - margin, 160)
        return cls(width, gutter, margin, theme.px(14), theme.px(10), gutter + room // 2)

    @property
    def target_end(self) -> int:
        """Where the target column ends and the margin begins."""
        return max(self.width - self.margin, self.middle + 80)

    def text_width(self, side: Field, indent: int = 0) -> int:
        """The width of the text in the source or the target column."""
        if side is Field.SOURCE:
            return self.middle - self.gutter - 2 * self.pad_x - indent
        return self.target_end - self.middle - 2 * self.pad_x - indent


@dataclass
class RowPlan:
    """The rectangles of one row, relative to its top left: ``texts`` hold text, ``cells`` take the mouse."""

    height: int
    texts: dict[Field, QRect] = field(default_factory=dict)
    cells: dict[Field, QRect] = field(default_factory=dict)
    picture: QRect | None = None
    credit: QRect | None = None
    alt_label: QRect | None = None


def indent_of(kind: BlockKind | None, theme: Theme) -> int:
    """How far list items and quotations stand in."""
    return theme.px(16) if kind in {BlockKind.LIST_ITEM, BlockKind.QUOTATION} else 0


def plan_segment(columns: Columns, indent: int, source: int, target: int) -> RowPlan:
    """Plan a segment's row for two texts of these heights."""
    inner = max(source, target)
    height = inner + 2 * columns.pad_y + 1
    s_left, t_left = columns.gutter + columns.pad_x + indent, columns.middle + columns.pad_x + indent
    return RowPlan(
        height,
        {
            Field.SOURCE: QRect(s_left, columns.pad_y, columns.text_width(Field.SOURCE, indent), source),
            Field.TARGET: QRect(t_left, columns.pad_y, columns.text_width(Field.TARGET, indent), target),
        },
        {
            Field.SOURCE: QRect(columns.gutter, 0, columns.middle - columns.gutter, height - 1),
            Field.TARGET: QRect(columns.middle, 0, columns.target_end - columns.middle, height - 1),
        },
    )


def picture_widths(columns: Columns, theme: Theme) -> tuple[int, int]:
    """The width of the thumbnail and of the source caption beside it."""
    room = columns.text_width(Field.SOURCE)
    thumb = min(theme.px(176), max(theme.px(72), room // 2))
    return thumb, max(40, room - thumb - theme.px(12))


def plan_picture(columns: Columns, theme: Theme, heights: dict[Field, int]) -> RowPlan:
    """Plan a picture's row: thumbnail and source caption, target caption and alternative text, level at the top."""
    thumb, caption = picture_widths(columns, theme)
    thumb_height = round(thumb * 0.64)
    small, gap, pad = theme.px(18), theme.px(6), columns.pad_y
    s_left = columns.gutter + columns.pad_x + thumb + theme.px(12)
    t_left, t_width = columns.middle + columns.pad_x, columns.text_width(Field.TARGET)
    alt_label = pad + heights[Field.CAPTION_TARGET] + gap
    alt = alt_label + small
    height = 1 + pad + max(
        pad + thumb_height, pad + heights[Field.CAPTION_SOURCE] + gap + small, alt - pad + heights[Field.ALT] + pad
    )  # fmt: skip
    height = max(height, 2 * pad + thumb_height + 1)
    return RowPlan(
        height,
        {
            Field.CAPTION_SOURCE: QRect(s_left, pad, caption, heights[Field.CAPTION_SOURCE]),
            Field.CAPTION_TARGET: QRect(t_left, pad, t_width, heights[Field.CAPTION_TARGET]),
            Field.ALT: QRect(t_left, alt, t_width, heights[Field.ALT]),
        },
        {
            Field.CAPTION_SOURCE: QRect(
                s_left - theme.px(6), 4, columns.middle - s_left, heights[Field.CAPTION_SOURCE] + 2 * pad - 8
            ),
            Field.CAPTION_TARGET: QRect(columns.middle, 0, columns.target_end - columns.middle, alt_label - gap // 2),
            Field.ALT: QRect(
                columns.middle, alt_label - gap // 2, columns.target_end - columns.middle,
                height - 1 - alt_label + gap // 2,
            ),
        },
        picture=QRect(columns.gutter + columns.pad_x, pad, thumb, thumb_height),
        credit=QRect(s_left, pad + heights[Field.CAPTION_SOURCE] + gap // 2, caption, small),
        alt_label=QRect(t_left, alt_label, t_width, small),
    )  # fmt: skip


def plan_credits(columns: Columns, theme: Theme, source: int, target: int) -> RowPlan:
    """Plan the credits row, with room for the line that says where they come from."""
    plan = plan_segment(columns, 0, source, target + theme.px(20))
    return RowPlan(plan.height, plan.texts)
