"""`python -m nlu.training shop|aftersale`: trains a net of the reader, or scores a training that left some out.

python -m nlu.training aftersale --weights FOLDER --out nlu/reading/model                      the net that is committed
python -m nlu.training aftersale --weights FOLDER --leave-out wear,plain --out /tmp/trial      scores of unseen writers
"""

import argparse
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer
from torch import nn

from nlu.reading.aftersale_labels import AFTERSALE
from nlu.reading.labels import ACTS, SHOP
from nlu.reading.marks import Marked
from nlu.training import aftersale, teaching
from nlu.training.fitting import fit, padded
from nlu.training.nets import AftersaleNet, Scores, ShopNet, copy_tokenizer, export
from nlu.training.scoring import score
from nlu.training.teaching import IN_PART, Row

WORDS_THAT_WANT_NOTHING = -1.5  # log odds of an intent's example's words to be such ones
SHARE_OF_PARTS = 0.3
SCORES = ["acts", "begins", "tags"]


def main() -> None:
    """Trains, exports, and scores what was left out."""
    options = _options()
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    tokenizer = Tokenizer.from_file(str(options.weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    unseen = _shop(options, tokenizer, rng) if options.net == "shop" else _aftersale(options, tokenizer, rng)
    if unseen:
        print(score(options.out, unseen, of_orders=options.net == "aftersale"))


def _shop(options: argparse.Namespace, tokenizer: Tokenizer, rng: random.Random) -> Sequence[Marked]:
    marked, unseen = _parted(teaching.marked_messages(), options.leave_out)
    names = teaching.product_names(marked)
    parts = [teaching.part_row(tokenizer, text, intent) for text, intent in teaching.examples_of_intents()]
    print(f"{len(marked)} marked messages, {len(parts)} examples of intents, {len(unseen)} left out")
    net = ShopNet(options.weights, options.layers, SHOP)

    def loss(rows: Sequence[Row]) -> torch.Tensor:
        ids, mask = _inputs(rows)
        return _loss(net(ids, mask), rows)

    def rows() -> Sequence[Row]:
        return teaching.epoch(tokenizer, marked, names, parts, rng, options.copies)

    fit(net, rows, loss, rng, epochs=options.epochs, rate=options.rate, checkpoint=options.checkpoint)
    example = torch.ones(1, 12, dtype=torch.long)
    export(net, example, options.out / "reader.onnx", reads="ids", gives=[*SCORES, "embedded"])
    copy_tokenizer(options.weights, options.out)
    return unseen


def _aftersale(options: argparse.Namespace, tokenizer: Tokenizer, rng: random.Random) -> Sequence[Marked]:
    marked, unseen = _parted(aftersale.marked_messages(), options.leave_out)
    print(f"{len(marked)} marked messages, {len(unseen)} left out")
    shop = onnxruntime.InferenceSession(str(options.model / "reader.onnx"), providers=["CPUExecutionProvider"])
    net = AftersaleNet(options.weights, options.layers, AFTERSALE)

    def embedded(ids: torch.Tensor) -> torch.Tensor:
        (found,) = shop.run(["embedded"], {"ids": ids.numpy().astype(np.int64)})
        return torch.from_numpy(found)

    def loss(rows: Sequence[Row]) -> torch.Tensor:
        ids, mask = _inputs(rows)
        return _loss(net(embedded(ids), mask), rows)

    def rows() -> Sequence[Row]:
        return aftersale.epoch(tokenizer, marked, rng, options.copies)

    fit(net, rows, loss, rng, epochs=options.epochs, rate=options.rate, checkpoint=options.checkpoint)
    example = torch.ones(1, 12, net.encoder.config.hidden_size)
    export(net, example, options.out / "aftersale.onnx", reads="embedded", gives=SCORES)
    if options.out != options.model:
        for name in ("reader.onnx", "tokenizer.json"):
            shutil.copy(options.model / name, options.out / name)
    return unseen


def _parted(files: dict[str, list[Marked]], left_out: str) -> tuple[list[Marked], list[Marked]]:
    """What is learned from, and the messages of the writers that are left out, by the names of their files."""
    names = {*filter(None, left_out.split(","))}
    if strange := names - {*files}:
        raise SystemExit(f"there is no file {', '.join(sorted(strange))} of marked messages")
    learned = [one for name, messages in files.items() if name not in names for one in messages]
    return learned, [one for name in sorted(names) for one in files[name]]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m nlu.training", description="Trains a net of the learned reader.")
    parser.add_argument("net", choices=("shop", "aftersale"))
    parser.add_argument("--weights", type=Path, required=True, help="folder of all-MiniLM-L6-v2: config.json, …")
    parser.add_argument("--out", type=Path, required=True, help="folder for what is made")
    parser.add_argument(
        "--model", type=Path, default=Path("nlu/reading/model"), help="where reader.onnx is, for its embeddings"
    )
    parser.add_argument("--leave-out", default="", help="files of marked messages that are only scored: wear,plain")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--copies", type=int, default=2, help="variations of each marked message in an epoch")
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--checkpoint", help="file that keeps the net after each epoch, and to go on from")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _inputs(rows: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor]:
    return padded([row.ids for row in rows], 0), padded([[1] * len(row.ids) for row in rows], 0)


def _loss(scores: Scores, rows: Sequence[Row]) -> torch.Tensor:
    """Of acts that are known, of acts that are known in part, of beginnings, and of tags."""
    of_acts, of_begins, of_tags = scores
    acts = padded([row.acts for row in rows], -100)
    begins, tags = padded([row.begins for row in rows], -100), padded([row.tags for row in rows], -100)
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


if __name__ == "__main__":
    main()
