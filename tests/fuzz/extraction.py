"""Coverage-guided fuzzing of the extractor: bytes choose pieces of the domain's vocabulary (``make fuzz``).

What fails is kept, as text, in tests/data/hostile and read again by tests/test_hostile_text.py; what is worth keeping
besides, as bytes, in tests/data/fuzz/extraction (``make fuzz-keep``), read again by tests/test_fuzz_corpus.py.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["extract"]):
    from hostile import PIECES, check, text_of

    from extract import Extractor


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
