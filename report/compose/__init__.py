"""A study and a variant into one document. Pure: no file is read or written here."""
