"""Finished files → what stands in them that their readers may not read.

The gate knows nothing of how a file was written. It has readers of its own."""

from report.gate.leaks import VERSION, findings, gate
from report.gate.own import RECIPIENTS
from report.gate.passage import Passage, Unreadable
from report.gate.reading import passages

__all__ = ["RECIPIENTS", "VERSION", "Passage", "Unreadable", "findings", "gate", "passages"]
