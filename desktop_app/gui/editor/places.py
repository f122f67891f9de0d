"""Where the parts of a row lie: columns for a width, and rectangles inside a row."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRect

from desktop_app.domain.story import BlockKind
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.kit.theme import Theme

_SHAPE = 0.64  # height of a thumbnail's frame for its width


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
    def of(cls, width: int, theme: Theme, rows: int) -> "Columns":
        """Both languages get the same width; the gutter has room for the number of ``rows`` and a glyph."""
        gutter = theme.px(36) + theme.px(7) * max(2, len(str(rows)))
        margin = theme.px(28)
        room = max(width - gutter - margin, 160)
        return cls(width, gutter, margin, theme.px(14), theme.px(10), gutter + room // 2)

    @property
    def target_end(self) -> int:
        """Where the target column ends and the margin begins."""
        return max(self.width - self.margin, self.middle + 80)

    def text_width(self, side: Field, indent: int = 0) -> int:
        """The width of the text in the source or the target column."""
        end, start = (self.middle, self.gutter) if side is Field.SOURCE else (self.target_end, self.middle)
        return max(40, end - start - 2 * self.pad_x - indent)


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
    height = max(source, target) + 2 * columns.pad_y + 1
    pad, middle, end = columns.pad_x + indent, columns.middle, columns.target_end
    return RowPlan(
        height,
        {
            Field.SOURCE: QRect(columns.gutter + pad, columns.pad_y, columns.text_width(Field.SOURCE, indent), source),
            Field.TARGET: QRect(middle + pad, columns.pad_y, columns.text_width(Field.TARGET, indent), target),
        },
        {
            Field.SOURCE: QRect(columns.gutter, 0, middle - columns.gutter, height - 1),
            Field.TARGET: QRect(middle, 0, end - middle, height - 1),
        },
    )


def picture_widths(columns: Columns, theme: Theme) -> tuple[int, int]:
    """The width of the thumbnail, and of the source caption beside it (or, in a narrow column, under it)."""
    room = columns.text_width(Field.SOURCE)
    thumb = min(theme.px(176), max(theme.px(72), room // 2))
    return thumb, max(40, room - thumb - theme.px(12))


def plan_picture(columns: Columns, theme: Theme, heights: dict[Field, int]) -> RowPlan:
    """Plan a picture's row: thumbnail and source caption, target caption and alternative text, level at the top."""
    thumb, caption = picture_widths(columns, theme)
    thumb_height = round(thumb * _SHAPE)
    small, gap, pad = theme.px(18), theme.px(4), columns.pad_y
    zh, en, alt = heights[Field.CAPTION_SOURCE], heights[Field.CAPTION_TARGET], heights[Field.ALT]
    s_left = columns.gutter + columns.pad_x + thumb + theme.px(12)
    t_left, t_width = columns.middle + columns.pad_x, columns.text_width(Field.TARGET)
    label_top = pad + en + gap + pad // 2
    alt_top = label_top + small
    height = 1 + pad + max(pad + thumb_height, pad + zh + gap + small, alt_top + alt)
    split, wide = pad + en + gap, columns.target_end - columns.middle
    return RowPlan(
        height,
        {
            Field.CAPTION_SOURCE: QRect(s_left, pad, caption, zh),
            Field.CAPTION_TARGET: QRect(t_left, pad, t_width, en),
            Field.ALT: QRect(t_left, alt_top, t_width, alt),
        },
        {
            Field.CAPTION_SOURCE: QRect(
                s_left - theme.px(6), pad - theme.px(4), columns.middle - s_left + theme.px(2), zh + theme.px(8)
            ),
            Field.CAPTION_TARGET: QRect(columns.middle, 0, wide, split),
            Field.ALT: QRect(columns.middle, split, wide, height - 1 - split),
        },
        picture=QRect(columns.gutter + columns.pad_x, pad, thumb, thumb_height),
        credit=QRect(s_left, pad + zh + gap, caption, small),
        alt_label=QRect(t_left, label_top, t_width, small),
    )


def plan_credits(columns: Columns, theme: Theme, source: int, target: int) -> RowPlan:
    """Plan the credits row, with room for the line that says where they come from."""
    plan = plan_segment(columns, 0, source, target + theme.px(20))
    note = plan.texts[Field.TARGET]
    texts = {Field.SOURCE: plan.texts[Field.SOURCE], Field.TARGET: note.adjusted(0, 0, 0, -theme.px(20))}
    return RowPlan(plan.height, texts, credit=QRect(note.left(), note.top() + target, note.width(), theme.px(20)))
