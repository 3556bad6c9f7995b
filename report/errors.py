"""What makes going on impossible. Bad data does not: it gives diagnostics."""


class ReportError(Exception):
    """Told to the user as it stands: what is wrong (`message`), and what to do (`hint`)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled as it stands, whatever a subclass is made of: a worker may raise it."""
        return _again, (type(self), self.__dict__)


def _again(kind: type[ReportError], state: dict[str, object]) -> ReportError:
    error = kind.__new__(kind, state["message"])
    error.__dict__ |= state
    return error


class UsageError(ReportError):
    """The command was called with something that is not there: exit code 2."""


class RenderError(ReportError):
    """A renderer failed: exit code 3. `line` is the line of the document's text that it names, or 0
    for none."""

    def __init__(self, message: str, hint: str = "", line: int = 0) -> None:
        super().__init__(message, hint)
        self.line = line
