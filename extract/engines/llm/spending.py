"""What a run has cost so far, and whether it may cost more (预算)."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from extract.errors import BudgetSpent

__all__ = ["Spending"]

_MILLION = 1_000_000


@dataclass(slots=True)
class Spending:
    """Requests and tokens of a run; several threads share it.

    Args:
        price_in: of a million tokens of questions.
        price_out: of a million tokens of answers.
        most_tokens: what may be taken, both kinds together.
        most_money: what may be spent.
    """

    price_in: float | None = None
    price_out: float | None = None
    most_tokens: int | None = None
    most_money: float | None = None
    requests: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    estimated: int = 0
    """Requests whose tokens the server did not count: each character counts as one."""
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def money(self) -> float:
        """What it has cost; 0 where no prices are known."""
        return (self.tokens_in * (self.price_in or 0) + self.tokens_out * (self.price_out or 0)) / _MILLION

    def check(self) -> None:
        """Whether one more request may be sent; those under way are let finish, and may pass the budget by their cost.

        Raises:
            BudgetSpent: no.
        """
        with self._turn:
            tokens = self.tokens_in + self.tokens_out
            if self.most_tokens is not None and tokens >= self.most_tokens:
                raise BudgetSpent("llm", f"{tokens:,} of {self.most_tokens:,} tokens")
            if self.most_money is not None and self.money >= self.most_money:
                raise BudgetSpent("llm", f"{self.money:.4f} of {self.most_money:g}")

    def add(self, tokens_in: int, tokens_out: int, *, estimated: bool) -> None:
        """Count an answered request, whatever the answer is good for."""
        with self._turn:
            self.requests += 1
            self.tokens_in += tokens_in
            self.tokens_out += tokens_out
            self.estimated += estimated

    def add_cached(self) -> None:
        """Count an answer that was there already."""
        with self._turn:
            self.cached += 1

    def told(self) -> str:
        """The account in words."""
        words = f"{self.requests} requests, {self.cached} answers from the cache; "
        words += f"{self.tokens_in:,} + {self.tokens_out:,} tokens"
        if self.estimated:
            words += f" ({self.estimated} requests estimated)"
        if self.price_in is not None or self.price_out is not None:
            words += f", cost {self.money:.4f}"
        return words
