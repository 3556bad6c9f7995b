"""Catalogues of translations: made, merged, counted, and carried to reviewers and back."""
