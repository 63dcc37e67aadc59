"""Sources (来源): files, folders and standard input to documents.

Read are text (``.txt``), Markdown with front matter (``.md``), web pages (``.html``, ``.htm``), JSON Lines
(``.jsonl``, ``.jsonl.gz``), PDF, Word documents (``.docx``) and archives of these (``.zip``); a text file that is
plainly a whole web page is read as one. A document's text is the decoded file, unchanged (front matter and inline tags
too); for a web page, HTML inside JSON Lines, PDF and Word, it is the readable text made from it.

A document's key is the ``doc`` of its JSON line, else its URL, else its path below the folder given without suffix
(``a/1`` for ``a/1.txt``; ``stdin``; ``name:line`` for a JSON line without ``doc``). Of two documents with one key the
first in order is kept and the other reported: as a repetition if the texts are the same, else as a failure.
"""

from __future__ import annotations

from extract.sources.documents import MAX_BYTES, STDIN, read_data, read_documents, read_files
from extract.sources.errors import Skipped
from extract.sources.walk import SUFFIXES, File, files, located

__all__ = [
    "MAX_BYTES",
    "STDIN",
    "SUFFIXES",
    "File",
    "Skipped",
    "files",
    "located",
    "read_data",
    "read_documents",
    "read_files",
]
