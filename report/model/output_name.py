"""Names of files in the output folder, such as every system can hold."""

import re
from typing import Final

_PART: Final = r'[^<>:"/\\|?*\x00-\x1f]*[^<>:"/\\|?*\x00-\x1f. ]'
_NAME: Final = re.compile(rf"{_PART}(?:/{_PART})?")
_OWN_OR_DEVICE: Final = re.compile(
    r"\.staging(?:/|$)|(?:.*/)?(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)"
)


def is_output_name(name: str) -> bool:
    """Whether the name is relative, with / and at most one folder level, leads nowhere else, and is
    neither a device of Windows nor the folder that publishing stages files in."""
    return bool(_NAME.fullmatch(name)) and not _OWN_OR_DEVICE.match(name.casefold())
