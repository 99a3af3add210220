"""The checks: rules that find faults, and the engine that keeps the findings of a plan up to date."""

from services.checks.engine import Checks
from services.checks.finding import Finding, Group, acceptance_key, grouped
from services.checks.mending import Mend, is_mendable

__all__ = ["Checks", "Finding", "Group", "Mend", "acceptance_key", "grouped", "is_mendable"]
