"""Fits a net to rows of tokens, epoch by epoch."""

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from torch import nn

from nlu.training.teaching import Row

BATCH = 16


def fit(
    net: nn.Module,
    rows_of_epoch: Callable[[], Sequence[Row]],
    loss_of: Callable[[Sequence[Row]], torch.Tensor],
    rng: random.Random,
    *,
    epochs: int,
    rate: float,
    checkpoint: str | None = None,
) -> None:
    """Fits a net; a checkpoint that is there is gone on from, and written after each epoch."""
    if checkpoint and Path(checkpoint).exists():
        net.load_state_dict(torch.load(checkpoint))
    rows = rows_of_epoch()
    steps = epochs * (math.ceil(len(rows) / BATCH) + 1)
    optimizer = _optimizer(net, rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.08 * steps)) * max(0.02, 1 - step / steps)
    )
    for number in range(1, epochs + 1):
        began, total, batches = time.time(), 0.0, 0
        net.train()
        for batch in _batches(rows, rng):
            loss = loss_of(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, batches = total + loss.item(), batches + 1
        print(f"epoch {number} of {epochs}: loss {total / batches:.3f}, {time.time() - began:.0f} s", flush=True)
        if checkpoint:
            torch.save(net.state_dict(), checkpoint)
        rows = rows_of_epoch() if number < epochs else rows


def padded(rows: Sequence[Sequence[int]], filler: int) -> torch.Tensor:
    """Rows of different lengths as one table."""
    longest = max(len(row) for row in rows)
    return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])


def _optimizer(net: nn.Module, rate: float) -> torch.optim.Optimizer:
    heads, encoder, embeddings = [], [], []
    for name, one in net.named_parameters():
        (embeddings if "embeddings" in name else encoder if name.startswith("encoder") else heads).append(one)
    groups = [{"params": heads, "lr": 1e-3}, {"params": encoder, "lr": rate}, {"params": embeddings, "lr": rate / 4}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def _batches(rows: Sequence[Row], rng: random.Random) -> Iterator[Sequence[Row]]:
    """Rows of like lengths together, in a random order."""
    ordered = sorted(rows, key=lambda row: len(row.ids) + rng.random() * 6)
    chunks = [ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH)]
    rng.shuffle(chunks)
    yield from chunks
