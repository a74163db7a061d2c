"""The QR code on a paper: what a phone opens to see what is in force now."""

import segno

ONE_MASK = 3  # trying all eight costs more than everything else and makes no code easier to read here


def picture(url: str) -> str:
    """The code for an address as a `data:` picture, one pixel a square (it is enlarged without smoothing)."""
    return str(segno.make_qr(url, error="m", mask=ONE_MASK).png_data_uri(scale=1, border=0))
