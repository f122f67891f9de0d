"""Inspecting picture files: type by content, size, captions, payload digest, refusals."""

import hashlib
import io
import json
import re
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop_app.domain.story import Bilingual
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.pictures.embed import embed
from desktop_app.pictures.inspect import inspect
from desktop_app.pictures.payload import payload_digest

SHARED = Path(__file__).parents[3] / "shared"
ORIENTATION = sorted((SHARED / "data/images/orientation").glob("*.jpg"))
PHOTOS = SHARED / "data/images/sample-photos"
HOSTILE = SHARED / "data/interop/hostile"
needs_shared = pytest.mark.skipif(not PHOTOS.is_dir(), reason="../shared/data is not here")

CAPTION = Bilingual("校长在典礼上致辞：“继往开来” & <𠮷>", 'The president speaks at the ceremony, lang="en" & <more>')
ALT = Bilingual("一位老人在讲台上", "An old man at a lectern")


def gradient(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    return Image.merge("RGB", [Image.radial_gradient("L").resize(size).rotate(90 * n) for n in range(3)]).convert(mode)


def encoded(form: str, mode: str = "RGB", **options: object) -> bytes:
    written = io.BytesIO()
    gradient(mode=mode).save(written, form, **options)
    return written.getvalue()


FILES = {
    "jpeg": lambda: encoded("JPEG"),
    "progressive jpeg": lambda: encoded("JPEG", progressive=True),
    "cmyk jpeg": lambda: encoded("JPEG", "CMYK"),
    "grey jpeg": lambda: encoded("JPEG", "L"),
    "png": lambda: encoded("PNG"),
    "palette png": lambda: encoded("PNG", "P", transparency=3),
    "webp": lambda: encoded("WEBP"),
    "lossless webp": lambda: encoded("WEBP", "RGBA", lossless=True),
    "tiff": lambda: encoded("TIFF"),
    "lzw tiff": lambda: encoded("TIFF", compression="tiff_lzw"),
    "gif": lambda: encoded("GIF"),
}
MIMES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "tiff": "image/tiff", "gif": "image/gif"}


@pytest.mark.parametrize("kind", FILES)
def test_type_comes_from_the_content_never_from_the_name(kind: str) -> None:
    data = FILES[kind]()
    seen = inspect(data, "wrong.docx")
    assert seen.mime == MIMES[kind.rsplit(maxsplit=1)[-1]]
    assert (seen.width, seen.height) == (64, 48)
    assert seen.sha256 == hashlib.sha256(data).hexdigest()
    assert seen.warnings == ()


@pytest.mark.parametrize("kind", [kind for kind in FILES if kind != "gif"])
def test_embedding_keeps_payload_and_comes_back_in_both_languages(kind: str) -> None:
    data = FILES[kind]()
    copy = embed(
        data, caption=CAPTION, alt=ALT, credit="校新闻中心", rights="© 2026 University",
        people=("Li Ming", "王芳"), date="2026-05-04",
    )  # fmt: skip
    before, after = inspect(data, "a"), inspect(copy, "a")
    assert after.payload == before.payload
    assert after.sha256 != before.sha256
    assert (after.caption, after.alt) == (CAPTION, ALT)
    assert (after.credit, after.rights, after.people) == ("校新闻中心", "© 2026 University", ("Li Ming", "王芳"))
    assert after.date == "2026-05-04"
    assert Image.open(io.BytesIO(copy)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_embedding_is_deterministic_and_can_be_repeated() -> None:
    data = FILES["jpeg"]()
    once = embed(data, caption=CAPTION, people=("Li Ming",))
    assert once == embed(data, caption=CAPTION, people=("Li Ming",))
    again = inspect(embed(once, caption=Bilingual("新", "new")), "a")
    assert again.caption == Bilingual("新", "new")
    assert again.people == ("Li Ming",)


def test_embedding_keeps_foreign_xmp_and_uses_a_bag_for_people() -> None:
    foreign = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:d="http://www.digikam.org/ns/1.0/" d:ColorLabel="4"/>'
        "</rdf:RDF></x:xmpmeta>"
    )
    copy = embed(encoded("JPEG", xmp=foreign.encode()), people=("Li Ming",), caption=CAPTION)
    assert b'ColorLabel="4"' in copy
    assert re.search(rb"<rdf:Bag>\s*<rdf:li>Li Ming</rdf:li>\s*</rdf:Bag>", copy)


def test_other_pixels_give_another_payload() -> None:
    for kind, make in FILES.items():
        form = kind.split()[-1].upper()
        written = io.BytesIO()
        Image.new("RGB", (64, 48), "red").save(written, form)
        assert payload_digest(make()) != payload_digest(written.getvalue()), kind


def test_second_page_of_a_tiff_counts() -> None:
    def pages(colour: str) -> bytes:
        written = io.BytesIO()
        gradient().save(written, "TIFF", save_all=True, append_images=[Image.new("RGB", (64, 48), colour)])
        return written.getvalue()

    assert payload_digest(pages("red")) != payload_digest(pages("blue"))


def test_comment_profile_and_trailing_bytes_are_no_payload() -> None:
    plain = FILES["jpeg"]()
    with_comment = plain[:2] + b"\xff\xfe\x00\x07hello" + b"\xff\xe2\x00\x06ICC_" + plain[2:] + b"trailer"
    assert payload_digest(with_comment) == payload_digest(plain)


@pytest.mark.parametrize("value", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_size_is_after_orientation_in_every_format(form: str, value: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = value
    seen = inspect(encoded(form, exif=exif), "a")
    assert (seen.width, seen.height) == ((48, 64) if value >= 5 else (64, 48))


@needs_shared
def test_all_sixteen_orientation_cases_are_upright() -> None:
    assert len(ORIENTATION) == 16
    for path in ORIENTATION:
        seen = inspect(path.read_bytes(), path.name)
        assert (seen.width, seen.height) == ((600, 450) if "landscape" in path.name else (450, 600)), path.name


@needs_shared
def test_sample_photographs_take_their_captions() -> None:
    for entry in json.loads((PHOTOS / "captions.json").read_text(encoding="utf-8")):
        data = (PHOTOS / entry["file"]).read_bytes()
        caption = Bilingual(entry["zh"], entry["en"])
        seen = inspect(embed(data, caption=caption, credit=entry["credit"]), entry["file"])
        assert (seen.caption, seen.credit) == (caption, entry["credit"])
        assert seen.payload == payload_digest(data)


@needs_shared
def test_iptc_reference_photograph_is_read() -> None:
    path = SHARED / "schemas/iptc-pmd/IPTC-PhotometadataRef-Std2023.2.jpg"
    seen = inspect(path.read_bytes(), path.name)
    assert seen.caption == Bilingual("", "The description aka caption (ref2023.2)")
    assert seen.alt.en.startswith("This is the Alt Text description")
    assert (seen.credit, seen.date) == ("Credit Line (ref2023.2)", "2024-03-22")
    assert seen.people == ("Person Shown 1 (ref2023.2)", "Person Shown 2 (ref2023.2)")
    assert seen.metadata["city"] == "City (Core) (ref2023.2)"
    assert "Keyword2ref2023.2" in seen.metadata["keywords"]


def test_untagged_chinese_caption_goes_to_chinese_and_english_stays_english() -> None:
    exif = Image.Exif()
    exif[0x010E] = "President Li (李校长) opens the new library".encode()
    assert inspect(encoded("JPEG", exif=exif), "a").caption.zh == ""
    exif[0x010E] = "李校长为新图书馆揭幕".encode("gb18030")
    assert inspect(encoded("JPEG", exif=exif), "a").caption == Bilingual(zh="李校长为新图书馆揭幕")


def test_camera_without_a_clock_gives_no_date() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "0000:00:00 00:00:00"
    assert inspect(encoded("JPEG", exif=exif), "a").date is None
    exif.get_ifd(0x8769)[0x9003] = "2026:05:04 23:59:59"
    assert inspect(encoded("JPEG", exif=exif), "a").date == "2026-05-04"


def test_hostile_xmp_is_a_warning_and_expands_nothing() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "&#104;&#104;"><!ENTITY b SYSTEM "file:///etc/hostname">]><x>&a;&b;</x>'
    seen = inspect(encoded("JPEG", xmp=bomb), "a")
    assert seen.caption == Bilingual()
    assert [warning.key for warning in seen.warnings] == [
        "The captions and other data inside the file cannot be read; the picture itself can."
    ]


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_truncated_picture_is_taken_with_a_warning(form: str) -> None:
    data = encoded(form)
    seen = inspect(data[: len(data) * 2 // 3], "a")
    assert "The file ends too early; the lower part of the picture is missing." in map(str, seen.warnings)
    assert (seen.width, seen.height) == (64, 48)


def png_header(width: int, height: int) -> bytes:
    header = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + header + zlib.crc32(header).to_bytes(4, "big")
        + b"\0\0\0\0IDAT" + zlib.crc32(b"IDAT").to_bytes(4, "big")
    )  # fmt: skip


def bombs() -> dict[str, bytes]:
    jpeg = encoded("JPEG")
    at = jpeg.index(b"\xff\xc0") + 5
    webp = b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (16382).to_bytes(3, "little") * 2
    gif = b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x08\0\x3b"
    return {
        "png": png_header(50_000, 50_000),
        "jpeg": jpeg[:at] + b"\xff\xdc\xff\xdc" + jpeg[at + 4 :],
        "webp": webp,
        "gif": gif,
    }


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif"])
def test_header_that_claims_gigapixels_is_refused_before_decoding(kind: str) -> None:
    data = bombs()[kind]
    started = time.process_time()
    with pytest.raises(InputRefusedError, match="megapixels"):
        inspect(data, "bomb")
    assert time.process_time() - started < 0.2


def test_between_pillows_limit_and_ours_nothing_warns() -> None:
    assert inspect(png_header(14_000, 14_000), "a").width == 14_000


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04rest\0\0", "a ZIP file or an office document"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC photograph"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "a film"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<svg onload='alert(1)'/>", "SVG"),
        ("\ufeff<svg/>".encode("utf-16-le"), "SVG"),
        (b"<html><img src=1.jpg></html>", "a web page or an XML file"),
        ("图片说明：校长致辞".encode(), "a text file"),
        (b"\x01\x02\x03\x04" * 20, "not a picture"),
        (b"\xff\xd8\xff\xe0", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"GIF89a", "damaged"),
        (b"II*\0\x10\0\0\0CR\x02\0", "a raw camera file"),
        (b"RIFF\x04\0\0\0WEBP", "damaged"),
    ],
)
def test_what_is_no_picture_is_refused_by_name_with_advice(data: bytes, says: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        inspect(data, "photo.jpg")
    assert says in str(refused.value.reason)
    assert refused.value.subject == "photo.jpg"
    assert refused.value.advice is not None


def test_over_200_megabytes_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="200 MB"):
        inspect(b"\xff\xd8\xff" + bytes(200_000_000), "a")


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="../shared/data is not here")
def test_every_hostile_file_is_refused_in_a_sentence() -> None:
    for path in sorted(HOSTILE.iterdir()):
        with pytest.raises(InputRefusedError):
            inspect(path.read_bytes(), path.name)


@settings(max_examples=150, deadline=None)
@given(kind=st.sampled_from(sorted(FILES)), seed=st.randoms(use_true_random=False), cut=st.floats(0.05, 1))
def test_damaged_bytes_are_taken_or_refused_and_nothing_else(kind: str, seed: object, cut: float) -> None:
    data = bytearray(FILES[kind]())
    for _ in range(5):
        data[seed.randrange(len(data))] = seed.randrange(256)  # type: ignore[attr-defined]
    try:
        seen = inspect(bytes(data[: int(len(data) * cut)]), "a")
    except InputRefusedError:
        return
    assert len(seen.payload) == 64


def test_phone_jpeg_with_a_second_picture_is_a_jpeg_and_can_be_embedded_into() -> None:
    written = io.BytesIO()
    gradient().save(written, "MPO", save_all=True, append_images=[gradient()])
    seen = inspect(written.getvalue(), "a")
    assert (seen.mime, seen.suffix, seen.warnings) == ("image/jpeg", ".jpg", ())
    assert inspect(embed(written.getvalue(), caption=CAPTION), "a").payload == seen.payload


def test_damaged_tiff_is_refused_by_embedding_without_a_log_entry(caplog: pytest.LogCaptureFixture) -> None:
    data = FILES["lzw tiff"]()
    with pytest.raises(InputRefusedError):
        embed(
            data[:8]
            + data[8:].replace(b"\x15\x01\x03\x00\x01\x00\x00\x00\x03", b"\x15\x01\x03\x00\x01\x00\x00\x00\x99")
        )
    assert caplog.records == []
