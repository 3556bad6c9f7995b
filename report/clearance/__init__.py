"""What an audience may see of a study, worked out on the data before anything is composed."""

from report.clearance.cleared import Cleared, cleared
from report.clearance.withheld import of_everyone, withheld

__all__ = ["Cleared", "cleared", "of_everyone", "withheld"]
