"""Coverage-guided fuzzing of the source readers with bytes as they come (``make fuzz``).

What is worth keeping is in tests/data/fuzz/sources (``make fuzz-keep``), read again by tests/test_fuzz_corpus.py.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["extract"]):
    from hostile_bytes import check_bytes


def main() -> None:
    """Fuzz until libFuzzer's options say stop."""
    atheris.Setup(sys.argv, check_bytes)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
