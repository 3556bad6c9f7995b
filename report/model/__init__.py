"""The types that the rest of the package speaks in. They are frozen and import nothing of ours."""
