"""An original: a picture as its owner saved it, read as plain pixels the right way up and in the web's colours."""

import io
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

_SEE_THROUGH = {"RGBA", "LA", "PA", "P"}
_SIXTEEN_BITS = {"I;16", "I;16B", "I;16L", "I"}


class DamagedPicture(Exception):
    """A file that begins like a picture and cannot be read to its end."""


def pixels(path: Path) -> Image.Image:
    """The picture as RGB, without any metadata. Raises DamagedPicture."""
    try:
        with Image.open(path) as original:
            profile = original.info.get("icc_profile", b"")
            upright = ImageOps.exif_transpose(original)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DamagedPicture(str(path)) from error
    plain = _in_srgb(_on_white(_in_eight_bits(upright)), profile)
    return Image.frombytes("RGB", plain.size, plain.tobytes())  # made anew, it carries no metadata along


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """A grey picture of 16 bits in 8; Pillow alone would cut off what is brighter than black."""
    if image.mode not in _SIXTEEN_BITS:
        return image
    return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in _SEE_THROUGH:
        return image
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """In the colours its profile means; a profile that is broken or of another kind of picture means nothing."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            converted = None
        image = converted or image
    return image.convert("RGB")
