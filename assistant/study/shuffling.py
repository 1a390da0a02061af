"""Orders drawn by chance that are the same on every machine: by digests, not by a generator's algorithm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from math import factorial
from typing import TypeVar

T = TypeVar("T")

#: How often an order is drawn anew that was drawn before.
_ATTEMPTS = 64


def shuffled(things: Sequence[T], seed: str, unlike: Iterable[Sequence[int]] = ()) -> tuple[int, ...]:
    """An order of ``things``, as their indices, that is none of ``unlike`` where another one exists.

    Args:
        seed: what the order is drawn by; equal seeds and lengths give equal orders.
        unlike: orders not to give, as indices.
    """
    avoided = {tuple(order) for order in unlike}
    orders = (_drawn(len(things), f"{seed}/{attempt}") for attempt in range(_ATTEMPTS))
    first = _drawn(len(things), f"{seed}/0")
    if len(avoided) >= factorial(len(things)):
        return first
    return next((order for order in orders if order not in avoided), first)


def identity(things: Sequence[T]) -> tuple[int, ...]:
    """The order in which they are."""
    return tuple(range(len(things)))


def taken(things: Sequence[T], order: Iterable[int]) -> tuple[T, ...]:
    return tuple(things[index] for index in order)


def _drawn(length: int, seed: str) -> tuple[int, ...]:
    return tuple(sorted(range(length), key=lambda index: sha256(f"{seed}/{index}".encode()).digest()))
