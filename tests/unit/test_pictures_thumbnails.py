"""Thumbnails and fingerprints: upright, small, in sRGB, from whole and damaged files."""

import io
import threading
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageEnhance

from desktop_app.foundation.errors import InputRefusedError
from desktop_app.pictures.fingerprint import PROBABLE_DUPLICATE, distance, fingerprint
from desktop_app.pictures.thumbnails import thumbnail

SHARED = Path(__file__).parents[3] / "shared"
PHOTOS = SHARED / "data/images/sample-photos"
needs_shared = pytest.mark.skipif(not PHOTOS.is_dir(), reason="../shared/data is not here")


def quarters(size: tuple[int, int] = (400, 200)) -> Image.Image:
    """Red, green over blue, white: any turn and mirror shows."""
    image = Image.new("RGB", (2, 2))
    for at, colour in {(0, 0): "red", (1, 0): "lime", (0, 1): "blue", (1, 1): "white"}.items():
        image.paste(colour, (*at, at[0] + 1, at[1] + 1))
    return image.resize(size, Image.Resampling.NEAREST)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    written = io.BytesIO()
    image.save(written, form, **options)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def corners(image: Image.Image) -> list[str]:
    names = {(1, 0, 0): "red", (0, 1, 0): "lime", (0, 0, 1): "blue", (1, 1, 1): "white"}
    width, height = image.size
    places = [(width * x // 4, height * y // 4) for y in (1, 3) for x in (1, 3)]
    return [names[tuple(round(part / 255) for part in image.convert("RGB").getpixel(place))] for place in places]  # type: ignore[index]


BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}  # fmt: skip


@pytest.mark.parametrize("value", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_orientation_is_applied_to_the_pixels(form: str, value: int) -> None:
    stored = quarters().transpose(BACK[value]) if value in BACK else quarters()
    exif = Image.Exif()
    exif[0x0112] = value
    made = opened(thumbnail(saved(stored, form, exif=exif), 100))
    assert made.size == (100, 50)
    assert corners(made) == ["red", "lime", "blue", "white"]


@needs_shared
def test_all_sixteen_orientation_cases_look_the_same() -> None:
    for shape in ("landscape", "portrait"):
        first = fingerprint((SHARED / f"data/images/orientation/{shape}_1.jpg").read_bytes())
        for number in range(1, 9):
            data = (SHARED / f"data/images/orientation/{shape}_{number}.jpg").read_bytes()
            made = opened(thumbnail(data, 300))
            assert made.size == ((300, 225) if shape == "landscape" else (225, 300))
            assert distance(first, fingerprint(data)) <= PROBABLE_DUPLICATE


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_png_mode_gives_a_thumbnail(mode: str) -> None:
    image = Image.new("I;16", (90, 60), 40_000) if mode == "I;16" else quarters((90, 60)).convert(mode)
    made = opened(thumbnail(saved(image, "PNG"), 30))
    assert (made.size, made.format, made.mode) == ((30, 20), "JPEG", "RGB")


@pytest.mark.parametrize("mode", ["CMYK", "I;16", "F", "LAB", "P", "1"])
def test_every_tiff_mode_gives_a_thumbnail(mode: str) -> None:
    image = Image.new(mode, (90, 60), 100 if mode in ("I;16", "F") else 0)
    assert opened(thumbnail(saved(image, "TIFF"), 30)).size == (30, 20)


def test_deep_grey_is_scaled_not_clipped() -> None:
    made = opened(thumbnail(saved(Image.new("I;16", (90, 60), 65535 // 2), "PNG"), 30))
    assert abs(made.getpixel((5, 5))[0] - 127) <= 2  # type: ignore[index]


def test_transparent_picture_becomes_png_and_opaque_alpha_does_not() -> None:
    clear = quarters().convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    assert opened(thumbnail(saved(clear, "PNG"), 100)).format == "PNG"
    assert opened(thumbnail(saved(quarters().convert("RGBA"), "WEBP"), 100)).format == "JPEG"
    palette = quarters().convert("P")
    assert opened(thumbnail(saved(palette, "GIF", transparency=palette.getpixel((0, 0))), 100)).format == "PNG"


def test_small_pictures_are_not_enlarged_and_narrow_ones_keep_a_pixel() -> None:
    assert opened(thumbnail(saved(quarters((20, 10)), "JPEG"), 100)).size == (20, 10)
    assert opened(thumbnail(saved(Image.new("RGB", (5000, 2)), "PNG"), 100)).size == (100, 1)


def test_same_bytes_give_the_same_thumbnail_without_metadata() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret caption"
    data = saved(quarters(), "JPEG", exif=exif)
    assert thumbnail(data, 64) == thumbnail(data, 64)
    assert b"secret" not in thumbnail(data, 64)


def test_embedded_profile_is_converted_to_srgb() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"____").replace(b"gXYZ", b"rXYZ").replace(b"____", b"gXYZ")
    red = Image.new("RGB", (60, 40), "red")
    converted = opened(thumbnail(saved(red, "PNG", icc_profile=swapped), 30))
    assert max(converted.getpixel((5, 5))) == converted.getpixel((5, 5))[1]  # type: ignore[index, arg-type]
    assert "icc_profile" not in converted.info
    plain = opened(thumbnail(saved(red, "PNG"), 30))
    assert opened(thumbnail(saved(red, "PNG", icc_profile=b"broken" * 40), 30)).tobytes() == plain.tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF"])
def test_truncated_file_shows_what_there_is(form: str) -> None:
    options = {"interlace": 0} if form == "GIF" else {}
    data = saved(Image.effect_mandelbrot((600, 400), (-2, -1, 1, 1), 60).convert("RGB"), form, **options)
    made = opened(thumbnail(data[: len(data) // 2], 150))
    whole = opened(thumbnail(data, 150))
    assert made.size == (150, 100)
    assert made.crop((0, 0, 150, 20)).convert("L").resize((5, 1)).tobytes() != bytes(5)
    seen, expected = (image.crop((0, 0, 150, 10)).convert("L").tobytes() for image in (made, whole))
    top = zip(seen, expected, strict=True)
    assert max(abs(a - b) for a, b in top) <= 12


def test_threads_do_not_disturb_each_other() -> None:
    good = saved(quarters(), "JPEG")
    cut = good[: len(good) * 2 // 3]
    expected = {good: thumbnail(good, 50), cut: thumbnail(cut, 50)}
    wrong: list[bytes] = []

    def work(data: bytes) -> None:
        wrong.extend(data for _ in range(20) if thumbnail(data, 50) != expected[data])

    threads = [threading.Thread(target=work, args=(data,)) for data in (good, cut, good, cut)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_pillows_switches_are_left_as_they_were() -> None:
    before = Image.MAX_IMAGE_PIXELS
    thumbnail(saved(quarters(), "TIFF"), 50)
    assert before == Image.MAX_IMAGE_PIXELS


def test_what_is_no_picture_gives_no_thumbnail() -> None:
    with pytest.raises(InputRefusedError):
        thumbnail(b"<svg/>", 100)
    with pytest.raises(ValueError, match="one pixel"):
        thumbnail(saved(quarters(), "PNG"), 0)


@needs_shared
def test_fingerprint_finds_copies_and_parts_pictures() -> None:
    prints: list[int] = []
    for path in sorted([*PHOTOS.glob("*.jpg"), *PHOTOS.glob("*.png")]):
        data = path.read_bytes()
        here = fingerprint(data)
        image = opened(data).convert("RGB")
        half = image.resize((image.width // 2, image.height // 2))
        for copy in (half, ImageEnhance.Brightness(image).enhance(1.2), ImageEnhance.Contrast(image).enhance(0.8)):
            assert distance(here, fingerprint(saved(copy, "JPEG", quality=40))) <= PROBABLE_DUPLICATE, path.name
        assert all(distance(here, other) > PROBABLE_DUPLICATE for other in prints), path.name
        prints.append(here)
    assert len(prints) == 8


def test_fingerprint_has_128_bits_and_distance_counts_them() -> None:
    assert 0 <= fingerprint(saved(quarters(), "PNG")) < 1 << 128
    assert distance(0, (1 << 128) - 1) == 128
    assert distance(5, 5) == 0


def test_large_scan_within_our_limit_is_decoded_without_pillows_warning() -> None:
    data = saved(Image.new("1", (14_000, 13_500), 1), "TIFF", compression="group4")
    assert opened(thumbnail(data, 140)).size == (140, 135)
