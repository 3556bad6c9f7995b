"""Documents of their own for each recipient."""
