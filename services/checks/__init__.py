"""The checks: rules that find faults, and the engine that keeps the findings of a plan up to date."""

from services.checks.engine import Checks
from services.checks.finding import Finding, grouped

__all__ = ["Checks", "Finding", "grouped"]
