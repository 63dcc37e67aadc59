"""``python -m huitu`` is the command line."""

from __future__ import annotations

from huitu.main import main

if __name__ == "__main__":
    main()
