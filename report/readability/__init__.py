"""How hard a text is to read: its sentences, words and syllables, and what is worked out of them.

Pure functions over text. What of a composed document is running text, `running_text` says.
"""
