"""A list of listeners, for the floors that know no Qt."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Signal(Generic[T]):
    """`emit` calls every listener in the order in which they connected."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def connect(self, listener: Callable[[T], None]) -> None:
        """Call `listener` with every value from now on."""
        self._listeners.append(listener)

    def disconnect(self, listener: Callable[[T], None]) -> None:
        """No longer."""
        self._listeners.remove(listener)

    def emit(self, value: T) -> None:
        """Tell them all."""
        for listener in tuple(self._listeners):
            listener(value)
