"""Numbers in Chinese, formal or plain, and in digits."""

import re

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
NUMBER = "(?:[0-9]{1,4}|[零〇一二两俩三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]{1,6}|半)"
HALF = 0.5


def value(written: str) -> float:
    """Read a number: `120`, `一百二十`, `壹佰`, `半`; 0 where it can't be read."""
    if written == "半":
        return HALF
    if written.isdigit() and written.isascii():
        return float(written)
    total, current = 0, 0
    if not any(char in UNITS for char in written):
        return float("".join(str(DIGITS.get(char, 0)) for char in written) or 0)
    for char in written:
        if char in UNITS:
            total += (current or 1) * UNITS[char]
            current = 0
        else:
            current = DIGITS.get(char, 0)
    last = re.search("[百佰][一二两三四五六七八九]$", written)
    return float(total + (current * 10 if last else current))
