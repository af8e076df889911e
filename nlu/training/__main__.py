"""`python -m nlu.training`: trains the reader on all marked messages, or scores a training that left some out.

python -m nlu.training --out nlu/reading/model            the reader that is committed
python -m nlu.training --leave-out 0.1 --out /tmp/trial   scores of what it did not see
"""

import argparse
import math
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from nlu.reading.labels import ACTS, TAGS
from nlu.training.scoring import score
from nlu.training.teaching import (
    IN_PART,
    Row,
    epoch,
    examples_of_intents,
    marked_messages,
    part_row,
    product_names,
)

BATCH = 16
WORDS_THAT_WANT_NOTHING = -1.5  # log odds of an intent's example's words to be such ones
SHARE_OF_PARTS = 0.3


class ReaderNet(nn.Module):
    """The first layers of MiniLM, and a head each for acts, for where they begin, and for tags."""

    def __init__(self, weights: Path, layers: int) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(weights)
        config.num_hidden_layers = layers
        config._attn_implementation = "eager"  # what the exporter knows
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.encoder.load_state_dict(load_file(weights / "model.safetensors"), strict=False)
        self.dropout = nn.Dropout(0.1)
        width = config.hidden_size
        self.acts, self.begins, self.tags = (
            nn.Linear(width, len(ACTS)),
            nn.Linear(width, 1),
            nn.Linear(width, len(TAGS)),
        )

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Scores of each token, before any normalisation."""
        hidden = self.dropout(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        return self.acts(hidden), self.begins(hidden).squeeze(-1), self.tags(hidden)


class Exported(nn.Module):
    """The net as the shop runs it: one message, probabilities."""

    def __init__(self, net: ReaderNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Probabilities of each token."""
        acts, begins, tags = self.net(ids, torch.ones_like(ids))
        return acts.softmax(-1), begins.sigmoid(), tags.softmax(-1)


def main() -> None:
    """Trains, exports, and scores what was left out."""
    options = _options()
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    weights = Path(options.weights)
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    marked = marked_messages()
    rng.shuffle(marked)
    kept = int(len(marked) * options.leave_out)
    unseen, marked = marked[:kept], marked[kept:]
    names = product_names(marked)
    parts = [part_row(tokenizer, text, intent) for text, intent in examples_of_intents()]
    print(f"{len(marked)} marked messages, {len(names)} names, {len(parts)} examples of intents, {kept} left out")
    net = ReaderNet(weights, options.layers)
    if options.checkpoint and Path(options.checkpoint).exists():
        net.load_state_dict(torch.load(options.checkpoint))
    steps = options.epochs * (math.ceil((len(marked) * options.copies + len(parts) // 4) / BATCH) + 1)
    optimizer = _optimizer(net, options.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.08 * steps)) * max(0.02, 1 - step / steps)
    )
    for number in range(1, options.epochs + 1):
        began, total, batches = time.time(), 0.0, 0
        net.train()
        for batch in _batches(epoch(tokenizer, marked, names, parts, rng, options.copies), rng):
            loss = _loss(net, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, batches = total + loss.item(), batches + 1
        print(
            f"epoch {number} of {options.epochs}: loss {total / batches:.3f}, {time.time() - began:.0f} s", flush=True
        )
        if options.checkpoint:
            torch.save(net.state_dict(), options.checkpoint)
    out = Path(options.out)
    _export(net, weights, out)
    if unseen:
        print(score(out, unseen))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m nlu.training", description="Trains the learned reader.")
    parser.add_argument(
        "--weights", required=True, help="folder of all-MiniLM-L6-v2: config.json, model.safetensors, …"
    )
    parser.add_argument("--out", required=True, help="folder for reader.onnx and tokenizer.json")
    parser.add_argument("--leave-out", type=float, default=0.0, help="share of the marked messages that is only scored")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--copies", type=int, default=3, help="variations of each marked message in an epoch")
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--checkpoint", help="file that keeps the net after each epoch, and to go on from")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _optimizer(net: ReaderNet, rate: float) -> torch.optim.Optimizer:
    named = list(net.named_parameters())
    return torch.optim.AdamW(
        [
            {"params": [one for name, one in named if not name.startswith("encoder")], "lr": 1e-3},
            {"params": [one for name, one in named if name.startswith("encoder.encoder")], "lr": rate},
            {"params": [one for name, one in named if name.startswith("encoder.embeddings")], "lr": rate / 4},
        ],
        weight_decay=0.01,
    )


def _batches(rows: Sequence[Row], rng: random.Random) -> Iterator[Sequence[Row]]:
    """Rows of like lengths together, in a random order."""
    ordered = sorted(rows, key=lambda row: len(row.ids) + rng.random() * 6)
    chunks = [ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH)]
    rng.shuffle(chunks)
    yield from chunks


def _padded(rows: Sequence[Sequence[int]], filler: int) -> torch.Tensor:
    longest = max(len(row) for row in rows)
    return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])


def _loss(net: ReaderNet, rows: Sequence[Row]) -> torch.Tensor:
    """Of acts that are known, of acts that are known in part, of beginnings, and of tags."""
    acts = _padded([row.acts for row in rows], -100)
    begins, tags = _padded([row.begins for row in rows], -100), _padded([row.tags for row in rows], -100)
    mask = _padded([[1] * len(row.ids) for row in rows], 0)
    of_acts, of_begins, of_tags = net(_padded([row.ids for row in rows], 0), mask)
    logs = of_acts.log_softmax(-1)
    loss = torch.zeros(())
    if (known := acts >= 0).any():
        loss = loss + nn.functional.nll_loss(logs[known], acts[known])
    if (part := acts == IN_PART).any():
        among = torch.full((len(rows), len(ACTS)), -1e4)
        for index, row in enumerate(rows):
            among[index, list(row.among)] = 0.0
        among[:, 0] += WORDS_THAT_WANT_NOTHING
        loss = loss - SHARE_OF_PARTS * torch.logsumexp(logs + among[:, None, :], -1)[part].mean()
    if (known := begins >= 0).any():
        loss = loss + 0.5 * nn.functional.binary_cross_entropy_with_logits(of_begins[known], begins[known].float())
    if (known := tags >= 0).any():
        loss = loss + nn.functional.cross_entropy(of_tags[known], tags[known], label_smoothing=0.02)
    return loss


def _export(net: ReaderNet, weights: Path, out: Path) -> None:
    """Writes the net with weights of eight bits, and its tokenizer."""
    out.mkdir(parents=True, exist_ok=True)
    net.eval()
    axes = {name: {0: "message", 1: "token"} for name in ("ids", "acts", "begins", "tags")}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "reader.onnx"
        torch.onnx.export(
            Exported(net),
            (torch.ones(1, 12, dtype=torch.long),),
            str(whole),
            input_names=["ids"],
            output_names=["acts", "begins", "tags"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(str(whole), str(out / "reader.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    shutil.copy(weights / "tokenizer.json", out / "tokenizer.json")


if __name__ == "__main__":
    main()
