"""The one kind of error that a user can mend."""


class PlanError(Exception):
    """A problem the user can solve: the message is an Indonesian sentence that says what happened and what to do."""
