"""A picture that somebody hands in is kept as they see it: what was readable stays readable."""

import io

import PIL.Image
import pytest

from portal.base import inspecting

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def kept(image: PIL.Image.Image, kind: str = "PNG") -> PIL.Image.Image:
    """The picture as it comes back from the child."""
    out = io.BytesIO()
    image.save(out, kind)
    return PIL.Image.open(io.BytesIO(inspecting.clean_image(out.getvalue())[1]))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_black_writing_on_a_transparent_ground_is_kept_on_white(mode):
    drawn = PIL.Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    drawn.putpixel((1, 1), (0, 0, 0, 255))
    found = kept(drawn.convert(mode))
    assert (found.getpixel((0, 0)), found.getpixel((1, 1))) == (WHITE, BLACK)


def test_a_scan_with_16_bits_of_grey_keeps_its_writing():
    drawn = PIL.Image.new("I;16", (4, 4), 0xFFFF)
    drawn.putpixel((1, 1), 0x2000)
    found = kept(drawn)
    assert (found.getpixel((0, 0)), found.getpixel((1, 1))) == (WHITE, (32, 32, 32))


def test_a_photograph_stays_as_it_is():
    assert kept(PIL.Image.new("RGB", (8, 8), (200, 30, 30)), "PNG").getpixel((3, 3)) == (200, 30, 30)
