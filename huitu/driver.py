"""Import the Neo4j driver without pandas and PyArrow, which it imports wherever they are installed.

No command takes the driver's results as data frames, and the two cost more than half of the time in which a command
starts. Only the command line imports this: in other programs the driver finds them as it always does.
"""

import importlib
import sys

_DATA_FRAMES = ("pandas", "pyarrow")

if not {"neo4j", *_DATA_FRAMES} & sys.modules.keys():
    sys.modules.update(dict.fromkeys(_DATA_FRAMES))  # type: ignore[arg-type]  # None: an import says there is none
    importlib.import_module("neo4j")
    for _name in _DATA_FRAMES:
        del sys.modules[_name]
