"""PDF to readable text: the lines of a page are put together again to the paragraphs that they were."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterator

from extract.sources.errors import Damaged, NoText, TooLarge

__all__ = ["MAX_PAGES", "read_pdf"]

MAX_PAGES = 1_000
_MAX_CHARACTERS = 2_000_000
_FULL = 0.85  # of the longest line of a page: a shorter line ends a paragraph
_ENDS = re.compile(r"[。！？；：…!?;:][”』」）)]*$")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PAGE_NUMBER = re.compile(r"[-–—－\s]*(?:第\s*)?\d{1,4}(?:\s*页|\s*/\s*\d{1,4})?[-–—－\s]*")

# Fonts map some ideographs to the radicals that look like them: U+2F00 to 2FDF, which Unicode itself resolves, and
# these of U+2E80 to 2EFF, most of which it does not.
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | dict(
    zip(
        map(ord, "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺟"),
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟母",
        strict=True,
    )
)

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it mends in a file is no event to log
logging.getLogger("pypdf").propagate = False


def read_pdf(data: bytes) -> str:
    """Return the text of a PDF, one paragraph a line.

    Raises:
        Damaged: it is no PDF, is broken, or opens with a password only.
        NoText: it holds pictures of text (a scan).
        TooLarge: more than `MAX_PAGES`, two million characters, or streams that unpack to more than 75 MB.
    """
    from pypdf import PdfReader  # a quarter of a second, for those who have a PDF
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Damaged("is a PDF that opens with a password only")
        if len(reader.pages) > MAX_PAGES:
            raise TooLarge(MAX_PAGES, "pages")
        lines: list[str] = []
        size = 0
        for page in reader.pages:
            text = _FORBIDDEN.sub("", page.extract_text()).translate(_RADICALS)
            size += len(text)
            if size > _MAX_CHARACTERS:
                raise TooLarge(_MAX_CHARACTERS, "characters")
            lines += _paragraphs(text)
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError,
            AssertionError, ArithmeticError, NotImplementedError) as error:  # fmt: skip
        # pypdf is a reader of what is often broken; beyond its own errors it lets these of Python out.
        if isinstance(error, Damaged | TooLarge):
            raise
        raise Damaged(f"is a damaged PDF: {str(error)[:200] or type(error).__name__}") from error
    if not lines:
        raise NoText("is a PDF without text (a scan?)")
    return "\n".join(lines)


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a page; a line that is not full, or ends a sentence and is not full, is the last of its own."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not _PAGE_NUMBER.fullmatch(line)]
    longest = max(map(len, lines), default=0)
    held = ""
    for line in lines:
        if held and _WIDE.match(line) and _WIDE.match(held[-1]):
            held += line
        else:
            held = f"{held} {line}" if held else line
        if len(line) < longest * _FULL or (_ENDS.search(line) and len(line) < longest):
            yield held
            held = ""
    if held:
        yield held
