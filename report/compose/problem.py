"""What an expression in prose or in a template can ask for in vain."""


class ProseError(Exception):
    """Raised by what prose calls; becomes a diagnostic where the call stands.

    `needle` is the word of the call that is wrong, to point at.
    """

    def __init__(self, code: str, message: str, hint: str = "", needle: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.needle = needle
