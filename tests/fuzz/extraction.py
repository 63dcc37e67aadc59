"""Coverage-guided fuzzing of the extractor: bytes choose pieces of the domain's vocabulary (``make fuzz``).

What is found is kept, as text, in tests/data/hostile and read again by tests/test_hostile_text.py.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["extract"]):
    from hostile import MARKS, NAMES, VERBS, check

    from extract import Extractor

PIECES = (*NAMES, *VERBS, *MARKS)


def text_of(data: bytes) -> str:
    """A piece for each byte that is the number of one; the bytes beyond give the character of the two that follow."""
    pieces, place = [], 0
    while place < len(data):
        number = data[place]
        place += 1
        if number < len(PIECES):
            pieces.append(PIECES[number])
        else:
            pieces.append(chr(int.from_bytes(data[place : place + 2], "big")))
            place += 2
    return "".join(pieces)


def main() -> None:
    """Fuzz until libFuzzer's options say stop; what fails is printed as text."""
    extractor = Extractor()
    extractor.extract_all([])
    assert len(PIECES) < 250

    def one(data: bytes) -> None:
        text = text_of(data)
        try:
            check(extractor, text)
        except Exception:
            sys.stderr.write(f"text: {text!r}\n")
            raise

    # The Java machine uses these signals itself.
    signals = [f"-handle_{name}=0" for name in ("segv", "bus", "ill", "fpe", "int", "term")]
    atheris.Setup([*sys.argv, *signals], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
