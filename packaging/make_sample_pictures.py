"""Draw the pictures of the sample archive: twelve flat, calm scenes of an invented university.

Run from a checkout: ``python packaging/make_sample_pictures.py [folder]``. Everything is drawn here, from
seeded numbers, without text and without fonts, so the same Pillow writes the same bytes. The module is long
because it is twelve drawings in a row; each is one function, and the brushes they share stand first.
"""

# fmt: off
# A drawing's coordinates read as lines of points, not one point a line as the formatter would have them.

from __future__ import annotations

import io
import math
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT, OVERSAMPLING = 1600, 1067, 2
JPEG_QUALITIES = (82, 80, 78, 76, 74)
MOST_BYTES = 158_000

Point = tuple[float, float]

INK, SLATE, STEEL = "#24343b", "#4a5d63", "#8b9a9b"
TEAL, TEAL_DARK, TEAL_MID, TEAL_PALE = "#0f5c6e", "#0b4552", "#4a8a96", "#b9d2d0"
WHITE, PAPER, CREAM, SAND = "#fbf7ee", "#f3eadb", "#e8dcc5", "#d5c19b"
OCHRE, OCHRE_DARK, BRICK, BRICK_DARK = "#d3a046", "#a97a2c", "#b4654e", "#8c4838"
SAGE, SAGE_DARK, SAGE_PALE = "#8ea58a", "#61795f", "#c5d1ba"
BLOSSOM, BLOSSOM_DARK = "#e2ada0", "#cb8d7f"
WOOD, WOOD_DARK, WOOD_PALE = "#b88c5f", "#8b6543", "#d3ae83"
SKINS = ("#ecc39c", "#e0ae84", "#f0cdaa", "#d39d73")
HAIRS = ("#2a2626", "#3a2d28", "#1f2428", "#4b3a30", "#8d8780")
COATS = (TEAL, SLATE, BRICK, SAGE_DARK, OCHRE_DARK, INK, TEAL_MID)
BOOKS = (TEAL, TEAL_MID, BRICK, OCHRE, SAGE, SAGE_DARK, CREAM, BRICK_DARK, TEAL_PALE, SAND)


@dataclass(frozen=True)
class Look:
    """How a drawn person looks."""

    coat: str = TEAL
    hair: str = HAIRS[0]
    skin: str = SKINS[0]
    long_hair: bool = False
    shirt: str = WHITE
    trousers: str = INK


class Scene:
    """A canvas measured in pixels of the finished picture, painted at twice that size."""

    def __init__(self, seed: int, ground: str) -> None:
        self.random = random.Random(seed)
        self.image = Image.new("RGB", (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING), ground)
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    def rect(self, x: float, y: float, w: float, h: float, color: str, radius: float = 0) -> None:
        """Fill a rectangle, its corners rounded by ``radius``."""
        k = OVERSAMPLING
        self.draw.rounded_rectangle((x * k, y * k, (x + w) * k, (y + h) * k), radius * k, color)

    def oval(self, x: float, y: float, rx: float, ry: float, color: str) -> None:
        """Fill an ellipse about its centre."""
        k = OVERSAMPLING
        self.draw.ellipse(((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k), color)

    def slice(self, x: float, y: float, rx: float, ry: float, start: float, end: float, color: str) -> None:
        """Fill the part of an ellipse cut off by a chord; angles in degrees, clockwise from three o'clock."""
        k = OVERSAMPLING
        self.draw.chord(((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k), start, end, color)

    def shape(self, points: Sequence[Point], color: str) -> None:
        """Fill a polygon."""
        self.draw.polygon([(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points], color)

    def blob(self, points: Sequence[Point], color: str) -> None:
        """Fill a soft closed curve through the points."""
        self.shape(_smooth(points), color)

    def line(self, points: Sequence[Point], width: float, color: str) -> None:
        """Draw a line with round ends and joints."""
        k = OVERSAMPLING
        scaled = [(x * k, y * k) for x, y in points]
        self.draw.line(scaled, color, round(width * k), "curve")
        for x, y in (points[0], points[-1]):
            self.oval(x, y, width / 2, width / 2, color)

    def glow(self, points: Sequence[Point], color: str, strength: int, softness: float) -> None:
        """Lay soft light or shadow over a polygon; ``strength`` is its opacity, 0 to 255."""
        size = (WIDTH // 4, HEIGHT // 4 + 1)
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon([(x / 4, y / 4) for x, y in points], strength)
        mask = mask.filter(ImageFilter.GaussianBlur(softness / 4)).resize(self.image.size,
            Image.Resampling.BICUBIC)
        self.image.paste(color, (0, 0), mask)

    def soften(self, radius: float) -> None:
        """Blur everything painted so far, so that it reads as distance."""
        blurred = self.image.filter(ImageFilter.GaussianBlur(radius * OVERSAMPLING))
        self.image.paste(blurred)

    def finished(self) -> Image.Image:
        """Return the picture at its final size with a faint paper grain and a warm vignette."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        noise = random.Random(7)
        grain = Image.new("L", (WIDTH, HEIGHT), 128)
        for step, weight in ((3, 0.022), (12, 0.032)):
            size = (WIDTH // step + 1, HEIGHT // step + 1)
            layer = Image.frombytes("L", size, noise.randbytes(size[0] * size[1]))
            grain = Image.blend(grain, layer.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), weight)
        textured = ImageChops.overlay(small, Image.merge("RGB", (grain, grain, grain)))
        vignette = Image.radial_gradient("L").resize((WIDTH, HEIGHT)).point(lambda v: max(0, v - 120) * 0.26)
        textured.paste(INK, (0, 0), vignette)
        return textured


def _smooth(points: Sequence[Point], steps: int = 10) -> list[Point]:
    """Return a closed Catmull-Rom curve through the points."""
    count = len(points)
    curve: list[Point] = []
    for i in range(count):
        p0, p1, p2, p3 = (points[(i + d) % count] for d in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            curve.append((_spline(p0[0], p1[0], p2[0], p3[0], t), _spline(p0[1], p1[1], p2[1], p3[1], t)))
    return curve


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    """Return the Catmull-Rom value between ``b`` and ``c``."""
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def _between(a: Point, b: Point, t: float) -> Point:
    """Return the point a share ``t`` of the way from ``a`` to ``b``."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


# --- people ----------------------------------------------------------------------------------------------


def _some_look(scene: Scene, coat: str | None = None) -> Look:
    """Choose a look from the scene's own random numbers."""
    pick = scene.random
    return Look(coat=coat or pick.choice(COATS), hair=pick.choice(HAIRS[:4] * 3 + HAIRS[4:]),
        skin=pick.choice(SKINS), long_hair=pick.random() < 0.45, shirt=pick.choice((WHITE, CREAM, TEAL_PALE)),
        trousers=pick.choice((INK, SLATE, WOOD_DARK)))


def _head(scene: Scene, x: float, y: float, r: float, look: Look, turn: float = 0) -> None:
    """Draw a head about its centre; ``turn`` from -1 (left) to 1 (right) shifts the face under the hair."""
    if look.long_hair:
        scene.blob([(x, y - r * 1.2), (x + r * 1.1, y - r * 0.2), (x + r * 1.08, y + r * 1.3),
            (x, y + r * 1.45), (x - r * 1.08, y + r * 1.3), (x - r * 1.1, y - r * 0.2)], look.hair)
    scene.rect(x - r * 0.34, y + r * 0.5, r * 0.68, r * 0.95, look.skin, r * 0.2)
    scene.slice(x, y + r * 0.78, r * 0.36, r * 0.4, 0, 180, "#00000018")
    scene.oval(x, y - r * 0.08, r * 1.0, r * 1.1, look.hair)
    face = x + turn * r * 0.2
    scene.oval(face, y + r * 0.12, r * 0.84, r * 0.98, look.skin)
    scene.slice(face - turn * r * 0.1, y - r * 0.1, r * 0.95, r * 1.06, 195 + turn * 12, 345 + turn * 12,
        look.hair)
    if not turn:
        for side in (-1, 1):
            scene.oval(x + side * r * 0.9, y + r * 0.16, r * 0.14, r * 0.22, look.skin)


def _head_from_behind(scene: Scene, x: float, y: float, r: float, look: Look) -> None:
    """Draw the back of a head."""
    scene.rect(x - r * 0.36, y + r * 0.5, r * 0.72, r * 0.9, look.skin, r * 0.2)
    scene.oval(x, y, r, r * 1.12, look.hair)
    if look.long_hair:
        scene.rect(x - r, y, r * 2, r * 1.35, look.hair, r * 0.45)


def _bust(scene: Scene, x: float, y: float, r: float, look: Look, behind: bool = False) -> None:
    """Draw a seated person's head and shoulders; ``y`` is the head's centre, ``r`` its radius."""
    top, wide = y + r * 1.3, r * 1.95
    scene.blob([(x, top - r * 0.1), (x + wide * 0.72, top + r * 0.25), (x + wide, top + r * 1.3),
        (x + wide * 1.02, top + r * 3.3), (x, top + r * 3.7), (x - wide * 1.02, top + r * 3.3),
        (x - wide, top + r * 1.3), (x - wide * 0.72, top + r * 0.25)], look.coat)
    if behind:
        _head_from_behind(scene, x, y, r, look)
        return
    scene.shape([(x - r * 0.55, top), (x + r * 0.55, top), (x, top + r * 1.75)], look.shirt)
    _head(scene, x, y, r, look)
    for side in (-1, 1):
        scene.shape([(x + side * r * 0.3, top - r * 0.12), (x + side * r * 0.75, top + r * 0.08),
            (x, top + r * 1.95)], look.coat)
        scene.line([(x + side * wide * 0.62, top + r * 1.6), (x + side * wide * 0.6, top + r * 3.1)],
            r * 0.06, "#00000030")


def _standing(scene: Scene, x: float, foot: float, tall: float, look: Look, left: Point | None = None,
        right: Point | None = None, turn: float = 0) -> None:
    """Draw a standing person; ``left`` and ``right`` say where the hands are (canvas coordinates)."""
    r = tall * 0.072
    hip, shoulder, head = foot - tall * 0.46, foot - tall * 0.80, foot - tall * 0.915
    half = tall * 0.105
    scene.oval(x, foot, tall * 0.16, tall * 0.018, "#00000030")
    for side in (-1, 1):
        scene.line([(x + side * tall * 0.045, hip), (x + side * tall * 0.052, foot - tall * 0.02)],
            tall * 0.082, look.trousers)
        scene.rect(x + side * tall * 0.056 - tall * 0.045, foot - tall * 0.03, tall * 0.09, tall * 0.032, INK,
            tall * 0.014)
    scene.blob([(x, shoulder - tall * 0.012), (x + half * 0.8, shoulder + tall * 0.012),
        (x + half * 1.02, shoulder + tall * 0.09), (x + half * 0.86, hip - tall * 0.06),
        (x + half * 0.92, hip + tall * 0.04), (x - half * 0.92, hip + tall * 0.04),
        (x - half * 0.86, hip - tall * 0.06), (x - half * 1.02, shoulder + tall * 0.09),
        (x - half * 0.8, shoulder + tall * 0.012)], look.coat)
    scene.shape([(x - r * 0.5, shoulder - r * 0.1), (x + r * 0.5, shoulder - r * 0.1),
        (x, shoulder + r * 1.7)], look.shirt)
    scene.line([(x, shoulder + r * 1.7), (x, hip + tall * 0.03)], tall * 0.005, "#00000035")
    _head(scene, x, head, r, look, turn)
    for side, hand in ((-1, left), (1, right)):
        _arm(scene, (x + side * half * 0.86, shoulder + tall * 0.045), hand, tall, side, look)
    if left and right and math.dist(left, right) < tall * 0.1:
        clasp = _between(left, right, 0.5)
        scene.oval(clasp[0], clasp[1], tall * 0.036, tall * 0.028, look.skin)


def _arm(scene: Scene, shoulder: Point, hand: Point | None, tall: float, side: int, look: Look) -> None:
    """Draw an arm from the shoulder to the hand, by default hanging at the side."""
    end = hand or (shoulder[0] + side * tall * 0.022, shoulder[1] + tall * 0.335)
    bend = 0.05 if hand else 0.0
    elbow = (_between(shoulder, end, 0.38)[0] + side * tall * 0.022,
        _between(shoulder, end, 0.56)[1] + tall * bend)
    scene.oval(*end, tall * 0.027, tall * 0.03, look.skin)
    wrist = _between(elbow, end, 0.86)
    scene.line([shoulder, elbow, wrist], tall * 0.062, look.coat)
    scene.line([(shoulder[0] - side * tall * 0.028, shoulder[1] + tall * 0.05),
        _between(shoulder, elbow, 0.9)], tall * 0.005, "#00000028")


# --- things ----------------------------------------------------------------------------------------------


def _tree(scene: Scene, x: float, ground: float, tall: float, leaf: str, shade: str) -> None:
    """Draw a round-crowned tree."""
    scene.oval(x, ground, tall * 0.3, tall * 0.03, "#00000026")
    scene.line([(x, ground), (x, ground - tall * 0.5)], tall * 0.045, WOOD_DARK)
    scene.line([(x, ground - tall * 0.3), (x + tall * 0.11, ground - tall * 0.47)], tall * 0.025, WOOD_DARK)
    crown = ground - tall * 0.66
    for dx, dy, radius, color in ((0.04, 0.05, 0.30, shade), (-0.17, 0.08, 0.19, shade),
            (0.19, 0.1, 0.18, shade), (-0.04, -0.05, 0.27, leaf), (-0.17, 0.04, 0.17, leaf),
            (0.15, 0.03, 0.16, leaf)):
        scene.oval(x + dx * tall, crown + dy * tall, radius * tall, radius * tall * 0.96, color)
    for _ in range(26):
        angle, reach = scene.random.uniform(0, math.tau), scene.random.uniform(0, 0.24) * tall
        scene.oval(x - tall * 0.04 + math.cos(angle) * reach, crown + math.sin(angle) * reach, tall * 0.014,
            tall * 0.01, "#ffffff30")


def _cloud(scene: Scene, x: float, y: float, size: float) -> None:
    """Draw a flat-bottomed cloud."""
    for dx, dy, radius in ((-0.5, 0, 0.26), (-0.15, -0.14, 0.36), (0.25, -0.06, 0.3), (0.56, 0.03, 0.2)):
        scene.oval(x + dx * size, y + dy * size, radius * size, radius * size * 0.8, "#f4f1e6")
    scene.rect(x - size * 0.74, y + size * 0.02, size * 1.5, size * 0.2, "#f4f1e6", size * 0.1)


def _plant(scene: Scene, x: float, ground: float, tall: float, pot: str = BRICK) -> None:
    """Draw a broad-leaved plant in a pot."""
    for i in range(9):
        angle = math.radians(-165 + i * 18.75)
        tip = (x + math.cos(angle) * tall * 0.42, ground - tall * 0.3 + math.sin(angle) * tall * 0.68)
        side = (math.sin(angle) * tall * 0.075, -math.cos(angle) * tall * 0.075)
        base, mid = (x, ground - tall * 0.28), _between((x, ground - tall * 0.28), tip, 0.6)
        leaf = SAGE_DARK if i % 2 else SAGE
        scene.blob([base, (mid[0] + side[0], mid[1] + side[1]), tip, (mid[0] - side[0], mid[1] - side[1])],
            leaf)
    scene.shape([(x - tall * 0.17, ground - tall * 0.34), (x + tall * 0.17, ground - tall * 0.34),
        (x + tall * 0.13, ground), (x - tall * 0.13, ground)], pot)
    scene.rect(x - tall * 0.19, ground - tall * 0.37, tall * 0.38, tall * 0.07,
        BRICK_DARK if pot == BRICK else pot, 4)


def _flowers(scene: Scene, x: float, y: float, wide: float) -> None:
    """Draw a low arrangement of flowers for the front of a table."""
    for _ in range(40):
        dx = scene.random.uniform(-0.5, 0.5)
        dy = scene.random.uniform(-0.24, 0.05) * (1 - abs(dx))
        scene.oval(x + dx * wide, y + dy * wide, wide * 0.055, wide * 0.03,
            scene.random.choice((SAGE, SAGE_DARK)))
    for _ in range(24):
        dx = scene.random.uniform(-0.42, 0.42)
        dy = scene.random.uniform(-0.24, 0.0) * (1 - abs(dx))
        size = wide * scene.random.uniform(0.028, 0.044)
        scene.oval(x + dx * wide, y + dy * wide, size, size, scene.random.choice((BRICK, OCHRE, WHITE,
            "#d98c72")))
        scene.oval(x + dx * wide, y + dy * wide, size * 0.35, size * 0.35, OCHRE_DARK)


def _window(scene: Scene, x: float, y: float, w: float, h: float) -> None:
    """Draw a window with hills outside."""
    scene.rect(x - 10, y - 10, w + 20, h + 20, WHITE, 4)
    scene.rect(x, y, w, h, "#d6e4e1")
    crest = [(x + w * i / 20, y + h * (0.66 + 0.07 * math.sin(i * 0.42 + x))) for i in range(21)]
    scene.shape([(x, y + h), *crest, (x + w, y + h)], SAGE_PALE)
    scene.rect(x, y + h * 0.82, w, h * 0.18, SAGE)
    scene.rect(x + w / 2 - 4, y, 8, h, WHITE)
    scene.rect(x, y + h * 0.45, w, 7, WHITE)


def _books(scene: Scene, x: float, shelf: float, w: float, tall: float, unit: float) -> None:
    """Fill a shelf with standing books, ``shelf`` being the board they stand on."""
    end, at = x + w, x
    while at + unit * 0.7 < end:
        thick = min(unit * scene.random.uniform(0.7, 1.5), end - at)
        high = tall * scene.random.uniform(0.68, 0.95)
        color = scene.random.choice(BOOKS)
        if scene.random.random() < 0.93:
            scene.rect(at, shelf - high, thick - 1.2, high, color, 1)
            scene.rect(at, shelf - high * 0.82, thick - 1.2, high * 0.07, "#ffffff50")
        at += thick


# --- scenes ----------------------------------------------------------------------------------------------


def meeting_table() -> Scene:
    """Talks at a long table, a chart on the screen."""
    scene = Scene(11, "#efe5d3")
    scene.rect(0, 0, WIDTH, 70, CREAM)
    for x in range(0, WIDTH, 100):
        scene.rect(x, 430, 96, 210, "#d9bd97")
    scene.rect(0, 640, WIDTH, 427, "#a9b8ad")
    scene.rect(0, 420, WIDTH, 12, WOOD)
    _window(scene, 70, 130, 250, 260)
    _window(scene, 1280, 130, 250, 260)
    scene.rect(465, 90, 670, 370, INK, 12)
    scene.rect(481, 106, 638, 338, TEAL, 4)
    for i, high in enumerate((70, 105, 92, 150, 178, 232)):
        scene.rect(560 + i * 66, 400 - high, 40, high, OCHRE if i == 5 else TEAL_PALE, 3)
    scene.line([(580, 300), (646, 270), (712, 280), (778, 215), (844, 190), (910, 135)], 6, "#f0cf8f")
    scene.line([(535, 402), (985, 402)], 4, WHITE)
    for i in range(4):
        scene.rect(1010, 180 + i * 46, 80 - i % 2 * 24, 12, "#ffffff70", 6)
    for i in range(6):
        x = 300 + i * 200
        scene.rect(x - 66, 500, 132, 150, INK, 22)
        _bust(scene, x, 500 - (i % 3) * 6, 40, _some_look(scene,
            (SLATE, TEAL, INK, BRICK, SAGE_DARK, SLATE)[i]))
    scene.shape([(150, 640), (1450, 640), (1640, 930), (-40, 930)], WOOD_PALE)
    scene.shape([(150, 640), (1450, 640), (1462, 658), (138, 658)], "#e2c49c")
    scene.glow([(560, 650), (1040, 650), (1120, 820), (480, 820)], WHITE, 90, 60)
    for i in range(6):
        x = 300 + i * 200
        scene.shape([(x - 44, 676), (x + 36, 676), (x + 42, 712), (x - 50, 712)], WHITE)
        scene.line([(x - 30, 688), (x + 22, 688)], 3, STEEL)
        scene.line([(x - 32, 700), (x + 10, 700)], 3, STEEL)
        scene.rect(x + 58, 664, 26, 32, WHITE, 6)
        scene.oval(x + 71, 665, 13, 5, SAND)
    _flowers(scene, 800, 810, 320)
    for i, x in enumerate((130, 430, 1170, 1470)):
        scene.rect(x - 112, 905, 224, 260, SLATE, 46)
        _bust(scene, x, 800 + (i % 2) * 14, 62, _some_look(scene, (INK, TEAL_MID, TEAL_DARK, OCHRE_DARK)[i]),
            behind=True)
        scene.rect(x - 104, 985, 208, 200, "#2f4047", 40)
    return scene


def signing_table() -> Scene:
    """Two people sign at a cloth-covered table, witnesses behind them."""
    scene = Scene(12, "#e9dcc4")
    scene.rect(0, 0, WIDTH, 800, TEAL)
    scene.shape([(0, 640), (0, 250), (420, 120), (900, 330), (1250, 190), (1600, 330), (1600, 800), (0, 800)],
        "#17697a")
    scene.shape([(0, 800), (0, 470), (300, 390), (760, 520), (1150, 400), (1600, 540), (1600, 800)],
        "#2a7a88")
    for i in range(7):
        scene.oval(1330, 210, 118 - i * 15, 118 - i * 15, "#f2c87a16")
    scene.oval(1330, 210, 74, 74, OCHRE)
    scene.rect(0, 800, WIDTH, 267, "#c79f77")
    scene.rect(0, 800, WIDTH, 10, "#a98560")
    for i, x in enumerate((225, 400, 800, 1200, 1375)):
        look = _some_look(scene, (SLATE, INK, BRICK, "#39525a", SAGE_DARK)[i])
        _standing(scene, x, 960, 690 - (i % 2) * 26, look, (x - 24, 588), (x + 24, 588))
    for x, look in ((590, Look(INK, HAIRS[4], SKINS[1])), (1010, Look(BRICK_DARK, HAIRS[0], SKINS[2], True))):
        scene.rect(x - 120, 560, 240, 260, WOOD_DARK, 40)
        _bust(scene, x, 545, 62, look)
        for side in (-1, 1):
            scene.line([(x + side * 104, 680), (x + side * 112, 760), (x + side * 40, 792)], 48, look.coat)
            scene.oval(x + side * 32, 794, 20, 16, look.skin)
    scene.shape([(150, 782), (1450, 782), (1490, 838), (110, 838)], "#f6efe2")
    for x in (590, 1010):
        scene.shape([(x - 100, 794), (x - 3, 794), (x - 3, 830), (x - 112, 830)], WHITE)
        scene.shape([(x + 3, 794), (x + 100, 794), (x + 112, 830), (x + 3, 830)], WHITE)
        scene.line([(x - 114, 832), (x + 114, 832)], 7, BRICK)
        scene.line([(x - 80, 808), (x - 24, 808)], 3, STEEL)
        scene.line([(x - 84, 818), (x - 34, 818)], 3, STEEL)
        scene.line([(x + 46, 816), (x + 70, 774)], 7, INK)
        for side, skin in ((-1, SKINS[1] if x < 800 else SKINS[2]), (1, SKINS[1] if x < 800 else SKINS[2])):
            scene.oval(x + side * 46, 812, 22, 15, skin)
    scene.rect(110, 836, 1380, 231, BRICK_DARK)
    for i in range(23):
        scene.shape([(130 + i * 60, 836), (146 + i * 60, 836), (152 + i * 60, 1067), (122 + i * 60, 1067)],
            "#00000018")
    scene.rect(110, 836, 1380, 12, OCHRE)
    _flowers(scene, 800, 880, 300)
    return scene


def lecture_hall() -> Scene:
    """A speaker at a lectern before a full hall."""
    scene = Scene(13, TEAL_DARK)
    for i in range(16):
        scene.rect(i * 100, 0, 52, 700, "#0e4f5d")
    scene.rect(0, 0, WIDTH, 46, "#083640")
    scene.rect(560, 90, 900, 450, INK, 8)
    scene.rect(574, 104, 872, 422, "#f1e7d3", 4)
    for row in range(4):
        for column in range(9):
            x, y = 668 + column * 86 + (row % 2) * 43, 168 + row * 96
            for dx, dy in ((43, 96), (-43, 96), (86, 0)):
                if (row < 3 and dy and 640 < x + dx < 1400) or (not dy and column < 8):
                    scene.line([(x, y), (x + dx, y + dy)], 6, "#b6c9bf")
    for row in range(4):
        for column in range(9):
            x, y = 668 + column * 86 + (row % 2) * 43, 168 + row * 96
            usual = TEAL_MID if (row + column) % 3 else OCHRE
            color = BRICK if (row, column) in ((1, 4), (2, 5)) else usual
            scene.oval(x, y, 20, 20, color)
            scene.oval(x - 6, y - 7, 6, 5, "#ffffff70")
    scene.shape([(0, 650), (WIDTH, 650), (WIDTH, 800), (0, 800)], WOOD)
    scene.rect(0, 642, WIDTH, 16, WOOD_PALE)
    scene.glow([(250, 0), (390, 0), (560, 690), (90, 690)], "#ffe9bd", 85, 40)
    _standing(scene, 322, 690, 470, Look(BRICK, HAIRS[0], SKINS[2], True), (262, 474), (425, 400), 0.5)
    scene.shape([(238, 496), (408, 496), (392, 690), (254, 690)], WOOD_DARK)
    scene.shape([(222, 476), (424, 476), (412, 506), (234, 506)], WOOD_PALE)
    scene.oval(323, 590, 36, 36, OCHRE)
    scene.oval(323, 590, 24, 24, WOOD_DARK)
    scene.line([(378, 478), (366, 440), (348, 428)], 5, INK)
    scene.oval(346, 427, 9, 8, INK)
    _flowers(scene, 1010, 668, 400)
    for row, (level, r, step) in enumerate(((745, 30, 112), (832, 40, 146), (945, 54, 196))):
        places = [i * step + row * 44 for i in range(-1, WIDTH // step + 2)]
        for place in places:
            sway, lift = scene.random.uniform(-9, 9), scene.random.uniform(-8, 8)
            _bust(scene, place + sway, level + lift, r, _some_look(scene), behind=True)
        for place in places:
            seat = level + r * 2.3
            scene.rect(place - step * 0.43, seat, step * 0.86, 300, BRICK_DARK, r * 0.5)
            scene.rect(place - step * 0.43, seat, step * 0.86, 9, "#a5604d", 5)
    return scene


def _cylinder(scene: Scene, x: float, y: float, w: float, h: float, color: str, top: str) -> None:
    """Draw an upright cylinder standing on ``y``, lit from the left."""
    ry = w * 0.16
    scene.oval(x + w * 0.12, y + ry * 0.5, w * 0.62, ry * 1.1, "#00000038")
    scene.rect(x - w / 2, y - h, w, h, color)
    scene.oval(x, y, w / 2, ry, color)
    for start, share, tint in ((-0.38, 0.14, "#ffffff58"), (-0.2, 0.06, "#ffffff30"),
            (0.24, 0.26, "#00000028")):
        scene.rect(x + w * start, y - h, w * share, h + ry * 0.7, tint)
    scene.oval(x, y - h, w / 2, ry, top)


def _turbine_disc(scene: Scene, x: float, y: float, r: float) -> None:
    """Draw a bladed disc seen from the front."""
    for i in range(32):
        angle = math.tau * i / 32
        near, far, skew = r * 0.6, r, 0.13
        scene.shape([(x + math.cos(angle + a) * d, y + math.sin(angle + a) * d) for a,
            d in ((-0.05, near), (skew - 0.06, far), (skew + 0.07, far), (0.06, near))],
            "#9fb0b1" if i % 2 else "#7f9394")
    for share, color in ((0.66, SLATE), (0.62, "#b4c1c0"), (0.44, "#98a9aa"), (0.41, "#c6d0cd"), (0.2, SLATE),
            (0.16, INK)):
        scene.oval(x, y, r * share, r * share, color)
    scene.slice(x, y, r * 0.6, r * 0.6, 190, 260, "#ffffff38")
    for i in range(8):
        angle = math.tau * i / 8
        scene.oval(x + math.cos(angle) * r * 0.31, y + math.sin(angle) * r * 0.31, r * 0.035, r * 0.035,
            SLATE)


def material_samples() -> Scene:
    """Alloy and ceramic samples on a display table."""
    scene = Scene(14, TEAL)
    for i in range(5):
        scene.rect(i * 330 + 40, 60, 250, 560, "#17697a", 10)
    for i in range(5):
        _standing(scene, 130 + i * 340 + scene.random.uniform(-50, 50), 690, 520,
            Look("#0b4a59", "#0b4552", "#0f5363", shirt="#0f5363", trousers="#0a4250"))
    scene.soften(7)
    for x in (330, 800, 1270):
        scene.glow([(x - 40, 0), (x + 40, 0), (x + 250, 760), (x - 250, 760)], "#ffe7b8", 70, 50)
    scene.shape([(0, 640), (WIDTH, 640), (WIDTH, 990), (0, 990)], PAPER)
    scene.rect(0, 985, WIDTH, 90, SAND)
    scene.rect(0, 640, WIDTH, 8, WHITE)
    scene.glow([(200, 700), (1400, 700), (1500, 940), (100, 940)], WHITE, 110, 70)
    for x, h, w, color, top in ((170, 330, 130, "#8d9c9d", "#c9d2cf"), (300, 220, 120, "#b58a4a", "#e2c184"),
            (215, 120, 110, "#a9655a", "#d69c8c")):
        _cylinder(scene, x, 760 + (330 - h) * 0.45, w, h, color, top)
    scene.rect(520, 780, 270, 46, WOOD_DARK, 8)
    scene.rect(640, 690, 30, 100, WOOD_DARK)
    scene.oval(655, 830, 170, 16, "#00000030")
    _turbine_disc(scene, 655, 560, 205)
    for x, y, r in ((930, 800, 92), (1020, 850, 74), (900, 890, 58)):
        scene.oval(x + 8, y + 26, r * 1.05, r * 0.42, "#00000030")
        for dy in range(30, -1, -1):
            scene.oval(x, y + dy - 14, r, r * 0.42, "#d9cdb8" if dy else WHITE)
        scene.oval(x, y - 14, r * 0.6, r * 0.25, "#cfc2aa")
        scene.slice(x, y - 6, r * 0.56, r * 0.2, 0, 180, "#e9e0d0")
    _honeycomb(scene, 1130, 432, 1482, 780)
    for x, color in ((1130, TEAL_MID), (1226, SLATE), (1322, "#b58a4a"), (1418, BRICK)):
        scene.shape([(x, 880), (x + 58, 880), (x + 72, 912), (x - 6, 912)], color)
        scene.rect(x - 6, 912, 78, 22, color, 2)
        scene.rect(x - 6, 912, 78, 22, "#00000030", 2)
        scene.shape([(x + 6, 884), (x + 30, 884), (x + 26, 908), (x + 4, 908)], "#ffffff50")
    return scene


def _honeycomb(scene: Scene, left: float, top: float, right: float, bottom: float) -> None:
    """Draw an upright panel of hexagonal cells with a frame."""
    scene.oval((left + right) / 2 + 20, bottom + 14, (right - left) * 0.56, 20, "#00000030")
    scene.rect(left - 16, top - 16, right - left + 32, bottom - top + 32, OCHRE_DARK, 8)
    scene.rect(left, top, right - left, bottom - top, "#5f4a25")
    size = 31.0
    row, y = 0, top + size * 0.85
    while y < bottom - size * 0.5:
        x = left + size * (0.95 if row % 2 == 0 else 1.85)
        while x < right - size * 0.5:
            corners = [(x + math.cos(math.radians(a)) * size * 0.92,
                y + math.sin(math.radians(a)) * size * 0.92) for a in range(30, 390, 60)]
            scene.shape(corners, "#e3b968")
            scene.shape([_between((x, y), corner, 0.78) for corner in corners], "#8a6a2f")
            scene.shape([_between((x + 5, y + 6), corner, 0.6) for corner in corners], "#6f5424")
            x += size * 1.8
        y += size * 1.56
        row += 1


def _bottle(scene: Scene, x: float, y: float, tall: float, color: str) -> None:
    """Draw a plastic bottle standing on ``y``."""
    w = tall * 0.34
    scene.rect(x - w * 0.22, y - tall, w * 0.44, tall * 0.12, BRICK, 3)
    scene.blob([(x - w * 0.2, y - tall * 0.9), (x + w * 0.2, y - tall * 0.9), (x + w * 0.5, y - tall * 0.66),
        (x + w * 0.48, y - tall * 0.05), (x, y), (x - w * 0.48, y - tall * 0.05),
        (x - w * 0.5, y - tall * 0.66)], color)
    scene.rect(x - w * 0.49, y - tall * 0.52, w * 0.98, tall * 0.24, WHITE, 2)
    scene.rect(x - w * 0.32, y - tall * 0.7, w * 0.14, tall * 0.6, "#ffffff60", 4)


def robot_team() -> Scene:
    """Three students adjust a sorting robot on a table."""
    scene = Scene(15, "#eee3cf")
    scene.rect(0, 0, WIDTH, 640, "#e6dcc6")
    scene.rect(90, 110, 560, 380, WOOD_PALE, 8)
    for y in range(145, 480, 38):
        for x in range(120, 640, 38):
            scene.oval(x, y, 4, 4, WOOD)
    for i, (x, color) in enumerate(((160, BRICK), (260, TEAL), (360, SLATE), (470, OCHRE_DARK),
            (570, TEAL_MID))):
        scene.rect(x - 12, 170, 24, 120, color, 10)
        scene.rect(x - 6, 285, 12, 110 - (i % 2) * 30, STEEL, 4)
    _window(scene, 1060, 110, 430, 350)
    scene.rect(0, 640, WIDTH, 427, "#b79a78")
    for x in (300, 800, 1300):
        scene.line([(x, 0), (x, 60)], 5, INK)
        scene.shape([(x - 66, 96), (x + 66, 96), (x + 26, 52), (x - 26, 52)], TEAL)
        scene.glow([(x - 60, 96), (x + 60, 96), (x + 220, 700), (x - 220, 700)], "#fff0c8", 46, 50)
    _standing(scene, 250, 1050, 790, Look(TEAL_MID, HAIRS[0], SKINS[0], shirt=CREAM), (200, 716), (478, 590),
        0.7)
    _standing(scene, 1400, 1050, 770, Look(OCHRE, HAIRS[1], SKINS[2], True, WHITE), (1270, 640), (1440, 716),
        -0.7)
    _standing(scene, 1120, 1010, 770, Look(BRICK, HAIRS[2], SKINS[1]), (905, 590), (1196, 700), -0.5)
    scene.shape([(150, 700), (1450, 700), (1560, 850), (40, 850)], "#f5eee0")
    scene.rect(40, 850, 1520, 34, WOOD)
    scene.rect(110, 884, 50, 183, WOOD_DARK)
    scene.rect(1440, 884, 50, 183, WOOD_DARK)
    scene.shape([(760, 758), (1330, 758), (1370, 822), (740, 822)], INK)
    scene.shape([(770, 764), (1322, 764), (1352, 808), (754, 808)], SLATE)
    for x, color in ((1010, "#8fbdb4"), (1110, "#c5d1ba"), (1235, "#8fbdb4")):
        _bottle(scene, x, 792, 120, color)
    _robot_arm(scene)
    scene.shape([(196, 800), (386, 800), (410, 830), (176, 830)], STEEL)
    scene.shape([(210, 690), (378, 690), (388, 802), (196, 802)], INK)
    scene.shape([(222, 702), (368, 702), (376, 790), (210, 790)], TEAL_MID)
    for i in range(4):
        scene.line([(232, 722 + i * 17), (310 + (i * 37) % 50, 722 + i * 17)], 5, "#ffffffa0")
    return scene


def _robot_arm(scene: Scene) -> None:
    """Draw the jointed arm that holds a bottle over the belt."""
    scene.oval(560, 812, 150, 26, "#00000030")
    scene.rect(455, 765, 210, 46, INK, 12)
    scene.rect(485, 690, 150, 84, TEAL, 18)
    for points, width in ((((560, 690), (500, 450)), 64), (((500, 450), (770, 330)), 54)):
        scene.line(points, width + 8, OCHRE_DARK)
        scene.line(points, width, OCHRE)
    scene.line([(545, 640), (512, 500)], 12, "#f0cf8f")
    scene.line([(540, 416), (720, 338)], 10, "#f0cf8f")
    for x, y, r in ((560, 690, 50), (500, 450, 48), (770, 330, 40)):
        scene.oval(x, y, r, r, SLATE)
        scene.oval(x, y, r * 0.62, r * 0.62, INK)
        scene.oval(x - r * 0.15, y - r * 0.15, r * 0.22, r * 0.22, STEEL)
    scene.line([(775, 345), (800, 440)], 34, SLATE)
    _bottle(scene, 805, 640, 170, "#8fbdb4")
    scene.rect(752, 432, 104, 30, INK, 10)
    for side in (-1, 1):
        scene.line([(804 + side * 44, 452), (804 + side * 50, 510), (804 + side * 34, 560)], 16, INK)
    scene.oval(804, 447, 7, 7, BRICK)


def library_outside() -> Scene:
    """The new library across the lawn."""
    scene = Scene(16, "#cfe0dd")
    scene.glow([(0, 300), (WIDTH, 300), (WIDTH, 720), (0, 720)], "#f6ead0", 210, 160)
    scene.oval(1370, 150, 58, 58, "#f4d58e")
    _cloud(scene, 260, 150, 190)
    _cloud(scene, 1120, 110, 130)
    scene.blob([(-60, 690), (200, 520), (520, 610), (900, 540), (1300, 600), (1680, 500), (1680, 760),
        (-60, 760)], SAGE_PALE)
    left, top, right, ground = 330, 205, 1270, 735
    scene.rect(left - 20, top - 22, right - left + 40, 24, "#f9f3e6")
    for x in range(left + 40, right - 60, 92):
        scene.shape([(x, top - 24), (x + 70, top - 24), (x + 84, top - 52), (x + 14, top - 52)], TEAL_DARK)
    scene.rect(left, top, right - left, ground - top, "#a8c5c5")
    for floor in range(5):
        y = top + floor * 90
        for x in range(left, right, 47):
            warm = scene.random.random() < 0.3
            scene.rect(x + 3, y + 8, 41, 74, "#f2dca6" if warm else scene.random.choice((TEAL_MID, "#5f98a1",
                "#7babad")))
            scene.shape([(x + 3, y + 82), (x + 3, y + 38), (x + 26, y + 8), (x + 44, y + 8)], "#ffffff28")
        scene.rect(left, y + 82, right - left, 10, "#efe4d0")
    scene.rect(left, 665, right - left, 70, TEAL_DARK)
    for x in range(left, right, 94):
        scene.rect(x + 6, 672, 82, 63, "#2a6a76")
        scene.shape([(x + 6, 735), (x + 6, 700), (x + 40, 672), (x + 66, 672)], "#ffffff20")
        scene.rect(x - 5, 660, 12, 75, "#efe4d0")
    for x in range(left + 12, right - 8, 47):
        if not 690 < x < 900:
            scene.rect(x + 22, top + 4, 13, 450, BRICK)
            scene.rect(x + 31, top + 4, 5, 450, BRICK_DARK)
    scene.rect(690, 205, 220, 530, "#f6efe1")
    scene.rect(712, 232, 176, 400, TEAL)
    for i in range(5):
        scene.rect(712, 300 + i * 72, 176, 6, "#f6efe1")
    scene.rect(797, 232, 6, 400, "#f6efe1")
    scene.shape([(712, 632), (712, 420), (850, 232), (888, 232), (888, 260)], "#ffffff24")
    scene.rect(640, 628, 320, 20, WHITE, 3)
    scene.rect(700, 648, 200, 90, TEAL_DARK)
    scene.rect(796, 648, 8, 90, "#f6efe1")
    for i in range(4):
        scene.rect(640 - i * 22, 732 + i * 9, 320 + i * 44, 10, "#efe4d0" if i % 2 else "#d9cbb2")
    _lawn_before_library(scene)
    return scene


def _lawn_before_library(scene: Scene) -> None:
    """Draw the lawn, path, trees and passers-by of the library picture."""
    scene.rect(0, 762, WIDTH, 305, SAGE)
    scene.blob([(-40, 800), (400, 775), (800, 785), (1640, 770), (1640, 1100), (-40, 1100)], "#9db394")
    scene.shape([(620, 766), (980, 766), (1230, 1067), (370, 1067)], "#e9dec8")
    for i in range(6):
        y = 790 + i * i * 9 + i * 14
        scene.line([(606 - (y - 770) * 0.83, y), (994 + (y - 770) * 0.83, y)], 3, "#d2c3a6")
    for x, tall, color, shade in ((90, 430, SAGE_DARK, "#4f684f"), (255, 330, "#7d9a70", SAGE_DARK),
            (1345, 330, BLOSSOM, BLOSSOM_DARK), (1510, 450, SAGE_DARK, "#4f684f")):
        _tree(scene, x, 800 if tall < 400 else 850, tall, color, shade)
    for x, y, tall in ((520, 880, 150), (570, 884, 146), (890, 815, 112), (760, 806, 108), (1090, 930, 172)):
        _standing(scene, x, y, tall, _some_look(scene))
    for _ in range(150):
        blade_x, blade_y = scene.random.uniform(0, WIDTH), scene.random.uniform(850, 1060)
        if abs(blade_x - 800) > blade_y - 610:
            scene.line([(blade_x, blade_y), (blade_x + 4, blade_y - 13)], 3, "#7f9878")


def reading_room() -> Scene:
    """Readers at long tables between bookshelves."""
    scene = Scene(17, "#efe4cf")
    scene.rect(0, 0, WIDTH, 90, "#dccbab")
    for x in range(0, WIDTH, 160):
        scene.rect(x, 0, 60, 90, "#cdb994")
    for i in range(3):
        _window(scene, 500 + i * 210, 150, 170, 420)
    scene.rect(470, 590, 660, 50, WOOD)
    scene.rect(0, 640, WIDTH, 427, "#c6a47c")
    for side in (0, 1):
        _bookcase(scene, 0 if side == 0 else 1150, 110, 450, 560)
    for i in range(3):
        x = 595 + i * 210
        scene.glow([(x - 60, 160), (x + 60, 160), (x + 130, 1067), (x - 130, 1067)], "#fff3d2", 60, 70)
    for i in range(5):
        _bust(scene, 240 + i * 280, 596 + (i % 2) * 10, 40, _some_look(scene))
    _reading_table(scene, 715, 1360, 44)
    for i in range(5):
        _lamp_and_book(scene, 240 + i * 280, 735, 0.8)
    for i in range(4):
        x = 230 + i * 380
        scene.rect(x - 100, 1000, 200, 120, WOOD_DARK, 24)
        _bust(scene, x, 832 + (i % 2) * 12, 58, _some_look(scene), behind=True)
        scene.rect(x - 96, 990, 192, 90, WOOD_DARK, 20)
        scene.rect(x - 80, 1004, 160, 8, WOOD)
    return scene


def _bookcase(scene: Scene, x: float, y: float, w: float, h: float) -> None:
    """Draw a bookcase of five shelves and three bays."""
    scene.rect(x, y, w, h, WOOD_DARK, 4)
    shelf = h / 5
    for row in range(5):
        scene.rect(x + 10, y + row * shelf + 10, w - 20, shelf - 14, "#6d4c32")
        for bay in range(3):
            _books(scene, x + 14 + bay * (w - 20) / 3, y + (row + 1) * shelf - 6, (w - 20) / 3 - 12,
                shelf - 22, 14)
        scene.rect(x + 6, y + (row + 1) * shelf - 6, w - 12, 9, WOOD)
    for bay in (1, 2):
        scene.rect(x + 6 + bay * (w - 20) / 3, y + 6, 10, h - 8, WOOD)
    scene.rect(x - 6, y - 14, w + 12, 18, WOOD, 3)


def _reading_table(scene: Scene, y: float, wide: float, deep: float) -> None:
    """Draw a long table seen a little from above, centred on the picture."""
    left, right = (WIDTH - wide) / 2, (WIDTH + wide) / 2
    scene.shape([(left, y), (right, y), (right + 70, y + deep * 2.6), (left - 70, y + deep * 2.6)], WOOD_PALE)
    scene.rect(left - 70, y + deep * 2.6, wide + 140, 22, WOOD)
    scene.rect(left - 70, y + deep * 2.6 + 22, wide + 140, 10, "#00000026")


def _lamp_and_book(scene: Scene, x: float, y: float, size: float) -> None:
    """Draw an open book and a green-shaded lamp."""
    scene.shape([(x - 62 * size, y + 26), (x - 2, y + 32), (x - 2, y + 58), (x - 74 * size, y + 52)], WHITE)
    scene.shape([(x + 62 * size, y + 26), (x + 2, y + 32), (x + 2, y + 58), (x + 74 * size, y + 52)],
        "#f4ecdb")
    for i in range(3):
        scene.line([(x - 54 * size, y + 34 + i * 6), (x - 12, y + 37 + i * 6)], 2, STEEL)
        scene.line([(x + 54 * size, y + 34 + i * 6), (x + 12, y + 37 + i * 6)], 2, STEEL)
    lamp = x + 140 * size
    scene.oval(lamp, y + 52, 62 * size, 15 * size, "#fff3c880")
    scene.line([(lamp, y + 46), (lamp, y - 20)], 8 * size, OCHRE_DARK)
    scene.oval(lamp, y + 48, 28 * size, 9 * size, OCHRE_DARK)
    scene.slice(lamp, y - 14, 58 * size, 50 * size, 180, 360, TEAL)
    scene.rect(lamp - 58 * size, y - 17, 116 * size, 7, "#f6dfa0", 3)


def _flask(scene: Scene, x: float, y: float, tall: float, liquid: str) -> None:
    """Draw a conical flask standing on ``y``."""
    w = tall * 0.42
    scene.oval(x, y, w * 1.05, tall * 0.045, "#00000026")
    outline = [(x - w * 0.24, y - tall), (x + w * 0.24, y - tall), (x + w * 0.24, y - tall * 0.62),
        (x + w, y - tall * 0.06), (x + w * 0.88, y), (x - w * 0.88, y), (x - w, y - tall * 0.06),
        (x - w * 0.24, y - tall * 0.62)]
    scene.shape(outline, "#eef5f2d0")
    scene.shape([(x - w * 0.58, y - tall * 0.36), (x + w * 0.58, y - tall * 0.36),
        (x + w * 0.94, y - tall * 0.06), (x + w * 0.84, y - 3), (x - w * 0.84, y - 3),
        (x - w * 0.94, y - tall * 0.06)], liquid)
    scene.oval(x, y - tall * 0.36, w * 0.58, tall * 0.03, "#ffffff60")
    scene.line([(x - w * 0.12, y - tall * 0.9), (x - w * 0.12, y - tall * 0.6),
        (x - w * 0.6, y - tall * 0.16)], tall * 0.025, "#ffffffa0")
    scene.rect(x - w * 0.32, y - tall * 1.03, w * 0.64, tall * 0.05, "#cfdcd9", 4)


def _beaker(scene: Scene, x: float, y: float, w: float, h: float, liquid: str, level: float) -> None:
    """Draw a beaker filled to a share ``level``."""
    scene.oval(x, y, w * 0.56, 8, "#00000026")
    scene.rect(x - w / 2, y - h, w, h, "#eef5f2c0", 8)
    scene.rect(x - w / 2 + 3, y - h * level, w - 6, h * level - 3, liquid, 7)
    scene.oval(x, y - h * level, w / 2 - 3, 7, "#ffffff60")
    scene.rect(x - w * 0.56, y - h - 4, w * 1.12, 9, "#cfdcd9", 4)
    for i in range(4):
        scene.line([(x + w * 0.2, y - h * (0.25 + i * 0.16)), (x + w * 0.36, y - h * (0.25 + i * 0.16))], 3,
            "#5d7a7ca0")
    scene.rect(x - w * 0.38, y - h * 0.9, w * 0.09, h * 0.8, "#ffffff80", 4)


def laboratory_bench() -> Scene:
    """Two researchers prepare a solvent among glassware."""
    scene = Scene(18, "#dbe4dc")
    for x in range(0, WIDTH, 128):
        for y in range(0, 720, 128):
            scene.rect(x, y, 124, 124, "#e3eae1" if (x + y) // 128 % 3 else "#dfe8de")
    for y in (150, 310):
        scene.rect(90, y, 620, 20, WOOD)
        for i in range(9):
            x, color = (130 + i * 66, scene.random.choice((BRICK, OCHRE, TEAL, TEAL_MID, SAGE_DARK, CREAM,
                WOOD_DARK)))
            tall = scene.random.uniform(64, 104)
            scene.rect(x - 22, y - tall, 44, tall, color, 8)
            scene.rect(x - 13, y - tall - 18, 26, 20, INK, 3)
            scene.rect(x - 22, y - tall * 0.62, 44, tall * 0.32, WHITE)
    _window(scene, 1140, 80, 360, 380)
    coat = "#f7f4ec"
    _standing(scene, 560, 1180, 900, Look(coat, HAIRS[0], SKINS[2], True, TEAL_MID, SLATE), (450, 770),
        (690, 640), 0.5)
    _standing(scene, 1090, 1180, 930, Look(coat, HAIRS[2], SKINS[0], False, OCHRE, SLATE), (920, 690),
        (1200, 770), -0.5)
    for x, y in ((569, 358), (1081, 329)):
        scene.rect(x - 58, y - 19, 116, 36, "#b9d2d0d8", 16)
        scene.line([(x - 58, y), (x + 58, y)], 3, "#0f5c6e80")
    scene.rect(0, 790, WIDTH, 60, "#2f4d54")
    scene.rect(0, 786, WIDTH, 14, "#456a71")
    scene.rect(0, 850, WIDTH, 217, CREAM)
    for i in range(4):
        scene.rect(30 + i * 395, 885, 365, 190, PAPER, 10)
        scene.rect(170 + i * 395, 915, 86, 14, STEEL, 6)
    scene.line([(800, 790), (800, 380)], 12, SLATE)
    scene.rect(720, 776, 160, 16, SLATE, 6)
    scene.line([(800, 470), (858, 470)], 9, SLATE)
    scene.rect(850, 390, 20, 230, "#eef5f2e0", 8)
    scene.rect(853, 450, 14, 165, OCHRE, 6)
    scene.line([(860, 620), (860, 648)], 5, STEEL)
    _flask(scene, 860, 788, 130, "#d9b564d0")
    _flask(scene, 700, 708, 120, "#4a8a96d0")
    _flask(scene, 180, 790, 240, "#b4654ec8")
    _beaker(scene, 350, 790, 130, 160, "#8ea58ad0", 0.55)
    _beaker(scene, 1290, 790, 150, 190, "#4a8a96c0", 0.6)
    _flask(scene, 1460, 790, 210, "#d3a046c8")
    for i in range(5):
        scene.rect(985 + i * 36, 670, 20, 118, "#eef5f2d0", 9)
        scene.rect(988 + i * 36, 715 + (i % 3) * 12, 14, 70 - (i % 3) * 12,
            (BRICK, OCHRE, TEAL_MID, SAGE_DARK, TEAL)[i], 7)
    scene.rect(970, 724, 190, 14, WOOD)
    scene.rect(970, 776, 190, 14, WOOD)
    return scene


def battery_parts() -> Scene:
    """Dismantled cells and dishes of recovered powder on a bench."""
    scene = Scene(19, "#c79f73")
    for i in range(7):
        scene.rect(0, i * 154, WIDTH, 150, ("#c99f70", "#c2976a", "#cfa678")[i % 3])
        for _ in range(7):
            x, y = scene.random.uniform(0, WIDTH), i * 154 + scene.random.uniform(10, 140)
            scene.line([(x, y), (x + scene.random.uniform(80, 300), y + scene.random.uniform(-6, 6))], 3,
                "#a77f5440")
    scene.shape([(96, 206), (770, 206), (820, 836), (66, 836)], "#00000028")
    scene.shape([(80, 180), (760, 180), (800, 810), (40, 810)], TEAL_DARK)
    scene.shape([(104, 204), (736, 204), (772, 786), (68, 786)], TEAL)
    for row in range(3):
        for column in range(4):
            x = 178 + column * (158 + row * 8) - row * 16
            y = 440 + row * 150
            if (row, column) != (1, 2):
                _cylinder(scene, x, y, 108, 180, (OCHRE, "#7fa29a", OCHRE, BRICK)[(row + column) % 4],
                    "#d8dedb")
                scene.oval(x, y - 180, 40, 12, "#aab6b5")
                scene.oval(x, y - 186, 22, 8, "#eef1ee")
            else:
                scene.oval(x, y - 20, 54, 18, "#083a46")
    _unrolled_electrode(scene)
    for x, y, powder, light in ((960, 800, "#3a3f42", "#5a6064"), (1210, 860, "#7f9a78", "#a8bd9f"),
            (1452, 776, "#e9e2d2", "#fbf7ee")):
        _dish(scene, x, y, powder, light)
    scene.line([(860, 1010), (1110, 960), (1330, 985)], 12, "#7d8c8e")
    scene.line([(866, 1024), (1110, 1002), (1330, 990)], 12, "#9dabac")
    return scene


def _unrolled_electrode(scene: Scene) -> None:
    """Draw an opened cell: its wound core as a spiral, the sheet drawn out to the right."""
    scene.blob([(960, 420), (1180, 395), (1400, 440), (1560, 420), (1556, 560), (1400, 590), (1180, 560),
        (960, 580)], "#00000030")
    for dy, color in ((0, "#a4643f"), (-12, "#d58c58"), (-22, "#33393c")):
        scene.blob([(950, 400 + dy), (1180, 372 + dy), (1400, 416 + dy), (1550, 396 + dy), (1546, 520 + dy),
            (1400, 556 + dy), (1180, 530 + dy), (950, 556 + dy)], color)
    scene.blob([(1010, 400), (1180, 376), (1380, 412), (1380, 424), (1180, 392), (1010, 414)], "#ffffff28")
    scene.oval(965, 480, 150, 150, "#00000030")
    scene.oval(950, 460, 150, 150, "#8b9a9b")
    scene.oval(950, 460, 139, 139, "#33393c")
    for offset, width, color in ((0.0, 5, "#d58c58"), (10.0, 3, CREAM)):
        turns = [(a / 24 * math.tau / 4, 14 + offset + a * 0.27) for a in range(round((120 - offset) / 0.27))]
        scene.line([(950 + math.cos(a) * d, 460 + math.sin(a) * d) for a, d in turns], width, color)
    scene.oval(950, 460, 13, 13, "#8b9a9b")
    scene.slice(950, 460, 142, 142, 200, 250, "#ffffff24")


def _dish(scene: Scene, x: float, y: float, powder: str, light: str) -> None:
    """Draw a glass dish with a heap of powder."""
    scene.oval(x + 12, y + 22, 122, 74, "#00000030")
    scene.oval(x, y + 10, 120, 72, "#b9cfcb")
    scene.oval(x, y, 120, 72, "#e6f0ec")
    scene.oval(x, y + 4, 106, 61, "#cddfda")
    scene.blob([(x - 92, y + 14), (x - 50, y - 14), (x - 6, y - 44), (x + 44, y - 16), (x + 92, y + 12),
        (x + 50, y + 48), (x - 50, y + 48)], powder)
    scene.blob([(x - 70, y + 6), (x - 8, y - 40), (x + 10, y - 26), (x - 16, y + 14), (x - 46, y + 26)],
        light)
    for _ in range(46):
        angle, reach = scene.random.uniform(0, math.tau), scene.random.uniform(30, 82)
        scene.oval(x + math.cos(angle) * reach, y + 12 + math.sin(angle) * reach * 0.46, 3, 2.4,
            powder if reach > 60 else light)


def running_track() -> Scene:
    """Four runners leave the bend before full stands."""
    scene = Scene(20, "#cfe1de")
    scene.glow([(0, 150), (WIDTH, 150), (WIDTH, 400), (0, 400)], "#f7ebd2", 200, 90)
    _cloud(scene, 330, 110, 160)
    _cloud(scene, 1230, 90, 190)
    for i in range(9):
        _tree(scene, 40 + i * 195, 330, 200 + (i % 3) * 26, SAGE_DARK if i % 2 else "#7d9a70", "#4f684f")
    scene.rect(0, 300, WIDTH, 220, "#d9ccb3")
    for row in range(5):
        y = 318 + row * 38
        scene.rect(0, y + 22, WIDTH, 16, "#c7b797")
        for i in range(66):
            x = i * 25 + scene.random.uniform(-6, 6) + (row % 2) * 12
            if scene.random.random() < 0.9:
                scene.rect(x - 9, y + 10, 18, 22, scene.random.choice((*COATS, OCHRE, WHITE, "#d98c72")), 7)
                scene.oval(x, y + 4, 7, 8, scene.random.choice(SKINS))
                scene.slice(x, y + 3, 8, 9, 180, 360, scene.random.choice(HAIRS))
    scene.soften(1.8)
    scene.rect(0, 512, WIDTH, 18, TEAL)
    for i in range(17):
        scene.shape([(i * 100, 530), (i * 100 + 60, 530), (i * 100 + 30, 574)],
            (OCHRE, TEAL_MID, BRICK, WHITE)[i % 4])
    scene.rect(0, 530, WIDTH, 4, WHITE)
    scene.rect(0, 576, WIDTH, 70, SAGE)
    for i in range(10):
        scene.rect(i * 180 - 40, 576, 90, 70, "#9bb191")
    scene.rect(0, 640, WIDTH, 427, "#b9604a")
    for i in range(6):
        x = 800 + (i - 2.5) * 150
        scene.shape([(x * 1.0 - 3, 640), (x + 3, 640), (800 + (x - 800) * 3.1 + 10, 1067),
            (800 + (x - 800) * 3.1 - 10, 1067)], "#f6e9d8")
    scene.glow([(0, 640), (WIDTH, 640), (WIDTH, 720), (0, 720)], "#f4d9b8", 70, 40)
    for x, foot, tall, shirt, shorts, look in ((300, 850, 400, TEAL, INK,
            Look(hair=HAIRS[1], skin=SKINS[1], long_hair=True)),
            (1290, 860, 410, OCHRE, SLATE, Look(hair=HAIRS[2], skin=SKINS[2], long_hair=True)),
            (985, 930, 480, WHITE, TEAL_DARK, Look(hair=HAIRS[0], skin=SKINS[3], long_hair=True)),
            (620, 1000, 560, SAGE_PALE, BRICK_DARK, Look(hair=HAIRS[0], skin=SKINS[0], long_hair=True))):
        _runner(scene, x, foot, tall, shirt, shorts, look)
    return scene


def _runner(scene: Scene, x: float, foot: float, tall: float, shirt: str, shorts: str, look: Look) -> None:
    """Draw a runner in mid-stride, going right."""

    def at(dx: float, dy: float) -> Point:
        return x + dx * tall, foot - dy * tall

    scene.oval(x + 0.03 * tall, foot + 4, tall * 0.27, tall * 0.028, "#00000034")
    scene.line([at(0.07, 0.79), at(0.2, 0.66), at(0.31, 0.76)], tall * 0.05, look.skin)
    scene.line([at(-0.02, 0.47), at(-0.12, 0.26), at(-0.34, 0.27)], tall * 0.075, look.skin)
    scene.line([at(-0.35, 0.30), at(-0.37, 0.20)], tall * 0.055, WHITE)
    scene.line([at(0.02, 0.47), at(0.19, 0.38), at(0.15, 0.1)], tall * 0.08, look.skin)
    scene.line([at(0.145, 0.06), at(0.23, 0.055)], tall * 0.055, WHITE)
    scene.blob([at(-0.08, 0.52), at(0.08, 0.53), at(0.17, 0.42), at(0.12, 0.34), at(0.0, 0.41),
        at(-0.1, 0.32), at(-0.15, 0.38)], shorts)
    scene.blob([at(0.0, 0.83), at(0.12, 0.82), at(0.14, 0.7), at(0.09, 0.49), at(-0.08, 0.49),
        at(-0.05, 0.68), at(-0.05, 0.79)], shirt)
    scene.rect(*at(0.0, 0.72), tall * 0.085, tall * 0.075, PAPER if shirt != WHITE else OCHRE, 3)
    scene.line([at(0.0, 0.79), at(-0.14, 0.67), at(-0.05, 0.56)], tall * 0.052, look.skin)
    head = at(0.095, 0.93)
    r = tall * 0.07
    scene.blob([(head[0] - r * 0.3, head[1] - r * 0.7), (head[0] - r * 1.5, head[1] - r * 0.9),
        (head[0] - r * 2.7, head[1] - r * 0.1), (head[0] - r * 1.7, head[1] + r * 0.1),
        (head[0] - r * 0.6, head[1] + r * 0.3)], look.hair)
    _head(scene, *head, r, Look(hair=look.hair, skin=look.skin), 0.8)


def handshake() -> Scene:
    """Two people shake hands in front of two invented flags."""
    scene = Scene(21, "#d9bd95")
    for x in range(0, WIDTH, 200):
        scene.rect(x, 0, 194, 780, "#dcc29b" if x // 200 % 2 else "#d6ba90")
        scene.rect(x + 24, 40, 146, 690, "#e3cca8" if x // 200 % 2 else "#ddc49d", 6)
    scene.rect(0, 780, WIDTH, 287, "#a3584a")
    scene.rect(0, 770, WIDTH, 18, WOOD_DARK)
    for i in range(20):
        scene.oval(50 + (i % 10) * 166, 870 + (i // 10) * 120, 34, 13, "#b76c5a")
    _hanging_flag(scene, 430, TEAL_MID, OCHRE)
    _hanging_flag(scene, 1170, WHITE, BRICK)
    _plant(scene, 110, 985, 400)
    _plant(scene, 1490, 985, 400)
    _standing(scene, 612, 1035, 880, Look(INK, HAIRS[0], SKINS[2], True, WHITE, INK), None, (784, 536), 0.5)
    _standing(scene, 988, 1035, 890, Look(BRICK, "#b08a55", SKINS[2], True, WHITE, SLATE), (816, 536), None,
        -0.5)
    scene.blob([(764, 522), (800, 510), (836, 522), (834, 556), (798, 564), (766, 554)], SKINS[2])
    for i in range(3):
        scene.line([(786 + i * 13, 520), (792 + i * 13, 542)], 4, "#c9966e")
    return scene


def _hanging_flag(scene: Scene, x: float, field: str, device: str) -> None:
    """Draw a flag hanging in folds from a standing pole."""
    scene.oval(x, 905, 74, 20, OCHRE_DARK)
    scene.rect(x - 7, 80, 14, 825, OCHRE_DARK, 6)
    scene.oval(x, 72, 17, 20, OCHRE)
    side, folds = (-1 if x < 800 else 1), 60
    for i in range(folds):
        columns = []
        for share in (i / folds, (i + 1.3) / folds):
            top, bottom = 104 + 46 * share, 690 - 190 * share + 12 * math.sin(share * 22)
            columns.append(((x + side * 150 * share, top), (x + side * 215 * share, bottom)))
        (top_a, bottom_a), (top_b, bottom_b) = columns
        scene.shape([top_a, top_b, bottom_b, bottom_a], field)
        for start in (0.34, 0.52):
            band = [_between(*columns[0], start), _between(*columns[1], start),
                _between(*columns[1], start + 0.1), _between(*columns[0], start + 0.1)]
            scene.shape(band, device)
        shade = round(34 + 34 * math.sin(i / folds * 22))
        scene.shape([top_a, top_b, bottom_b, bottom_a], f"#1c2a30{shade:02x}")


def campus_gate() -> Scene:
    """Seven people in front of the stone gate."""
    scene = Scene(22, "#cddfdc")
    scene.glow([(0, 250), (WIDTH, 250), (WIDTH, 720), (0, 720)], "#f7ead0", 220, 140)
    _cloud(scene, 420, 130, 170)
    _cloud(scene, 1290, 170, 140)
    scene.blob([(-60, 620), (260, 470), (620, 560), (1000, 470), (1400, 550), (1680, 480), (1680, 760),
        (-60, 760)], SAGE_PALE)
    scene.rect(620, 430, 360, 280, "#d9c9ad")
    for row in range(4):
        for column in range(8):
            scene.rect(640 + column * 42, 450 + row * 58, 26, 34, TEAL_MID)
    scene.shape([(600, 432), (1000, 432), (940, 392), (660, 392)], BRICK)
    for x, tall, leaf, shade in ((130, 540, SAGE_DARK, "#4f684f"), (1480, 560, SAGE_DARK, "#4f684f"),
            (20, 360, BLOSSOM, BLOSSOM_DARK), (1590, 350, BLOSSOM, BLOSSOM_DARK)):
        _tree(scene, x, 760, tall, leaf, shade)
    scene.rect(0, 720, WIDTH, 347, "#dccdb2")
    scene.shape([(560, 720), (1040, 720), (1500, 1067), (100, 1067)], "#eadfc9")
    for i in range(7):
        x = 560 + i * 80
        scene.line([(x, 722), (800 + (x - 800) * 2.9, 1067)], 3, "#d3c3a5")
    for y in (750, 800, 870, 965):
        scene.line([(0, y), (WIDTH, y)], 3, "#d3c3a5")
    _gate(scene)
    coats = (SLATE, TEAL, OCHRE_DARK, BRICK, INK, SAGE_DARK, TEAL_MID)
    for i, coat in enumerate(coats):
        x, tall = 470 + i * 110, 395 - (i % 3) * 20
        hair = ("#b08a55", HAIRS[0], "#8a5a3c", HAIRS[0], HAIRS[4], "#b08a55", HAIRS[1])[i]
        look = Look(coat, hair, SKINS[i % 3], i in (1, 3, 5), WHITE, (INK, SLATE)[i % 2])
        _standing(scene, x, 955 + (i % 2) * 16, tall, look)
    for _ in range(60):
        petal_x = scene.random.choice((scene.random.uniform(0, 380), scene.random.uniform(1220, 1600)))
        petal_y = scene.random.uniform(760, 1050)
        scene.oval(petal_x, petal_y, 6, 3.5, scene.random.choice((BLOSSOM, BLOSSOM_DARK, "#efcfc5")))
    return scene


def _gate(scene: Scene) -> None:
    """Draw the gate: four stone pillars and a tiled lintel without an inscription."""
    for x, w, top in ((250, 90, 400), (480, 104, 250), (1016, 104, 250), (1260, 90, 400)):
        scene.rect(x, top, w, 760 - top, "#efe5d2")
        scene.rect(x + w * 0.68, top, w * 0.32, 760 - top, "#dccdb2")
        for i, y in enumerate(range(top + 50, 740, 56)):
            scene.line([(x, y), (x + w, y)], 3, "#cdbd9f")
            scene.line([(x + w * (0.35 if i % 2 else 0.6), y - 54), (x + w * (0.35 if i % 2 else 0.6), y)], 3,
                "#cdbd9f")
        scene.rect(x - 16, 735, w + 32, 32, "#cdbd9f", 3)
        scene.rect(x - 12, top - 12, w + 24, 22, "#d8c8a9", 3)
    for x0, x1, y in ((225, 490, 388), (1110, 1375, 388)):
        scene.rect(x0 + 15, y, x1 - x0 - 30, 52, "#e5d8bf")
        scene.blob([(x0 - 10, y - 4), (x0 + 30, y - 38), (x1 - 30, y - 38), (x1 + 10, y - 4),
            (x1 - 20, y + 8), (x0 + 20, y + 8)], TEAL)
    scene.rect(470, 252, 660, 92, "#efe5d2")
    scene.rect(560, 268, 480, 60, TEAL_DARK, 4)
    scene.rect(568, 276, 464, 44, "#14606f", 3)
    scene.blob([(410, 244), (470, 190), (800, 176), (1130, 190), (1190, 244), (1130, 258), (800, 254),
        (470, 258)], TEAL)
    for i in range(29):
        tile = 462 + i * 24.2
        scene.line([(800 + (tile - 800) * 0.97, 190), (tile, 250)], 4, TEAL_DARK)
    scene.rect(486, 176, 628, 16, TEAL_DARK, 7)


PICTURES: dict[str, Callable[[], Scene]] = {
    "qingling-materials-signing/1.jpg": meeting_table,
    "qingling-materials-signing/2.jpg": signing_table,
    "new-materials-conference/1.jpg": lecture_hall,
    "new-materials-conference/2.jpg": material_samples,
    "students-design-contest/1.jpg": robot_team,
    "new-library-opens/1.jpg": library_outside,
    "new-library-opens/2.jpg": reading_room,
    "battery-recycling-progress/1.jpg": laboratory_bench,
    "battery-recycling-progress/2.jpg": battery_parts,
    "spring-sports-meeting/1.jpg": running_track,
    "velmara-delegation-visit/1.jpg": handshake,
    "velmara-delegation-visit/2.jpg": campus_gate,
}


def jpeg_bytes(picture: Image.Image) -> bytes:
    """Return the picture as JPEG, at the best quality that stays under ``MOST_BYTES``."""
    for quality in JPEG_QUALITIES:
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=quality, optimize=True, subsampling="4:2:0")
        if stream.tell() <= MOST_BYTES:
            break
    return stream.getvalue()


def main(arguments: Sequence[str]) -> int:
    """Draw every picture into the sample folder, or into the folder given."""
    default = Path(__file__).resolve().parent.parent / "resources" / "sample"
    folder = Path(arguments[0]) if arguments else default
    for name, paint in PICTURES.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(jpeg_bytes(paint().finished()))
        print(f"{name}: {target.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
