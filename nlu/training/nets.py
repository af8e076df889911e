"""The nets that read messages: encoders after MiniLM with a head each for acts, for where they begin, and for tags."""

import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import nn
from transformers import BertConfig, BertModel

from nlu.reading.labels import Labels

Scores = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


def minilm(weights: Path, layers: int) -> BertModel:
    """The first layers of MiniLM, and the embeddings before them."""
    config = BertConfig.from_pretrained(weights)
    config.num_hidden_layers = layers
    config._attn_implementation = "eager"  # what the exporter knows
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(load_file(weights / "model.safetensors"), strict=False)
    return model


class Heads(nn.Module):
    """Scores of each token, before any normalisation."""

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.1)
        self.acts, self.begins = nn.Linear(width, len(labels.acts)), nn.Linear(width, 1)
        self.tags = nn.Linear(width, len(labels.tags))

    def forward(self, hidden: torch.Tensor) -> Scores:
        """Acts, beginnings and tags."""
        hidden = self.dropout(hidden)
        return self.acts(hidden), self.begins(hidden).squeeze(-1), self.tags(hidden)


class ShopNet(nn.Module):
    """Reads what a shop is asked for; its embeddings are learned, and serve the other net too."""

    def __init__(self, weights: Path, layers: int, labels: Labels) -> None:
        super().__init__()
        self.encoder = minilm(weights, layers)
        self.heads = Heads(self.encoder.config.hidden_size, labels)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> Scores:
        """Scores of each token of some messages."""
        return self.heads(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)

    def exported(self, ids: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Of one message the probabilities of each token, and its embeddings."""
        embedded = self.encoder.embeddings(input_ids=ids)
        hidden = self.encoder.encoder(embedded, attention_mask=torch.zeros_like(ids)[:, None, None, :].float())
        return (*_probabilities(self.heads(hidden.last_hidden_state)), embedded)


class AftersaleNet(nn.Module):
    """Reads what is said of placed orders, from the embeddings of the other net."""

    def __init__(self, weights: Path, layers: int, labels: Labels) -> None:
        super().__init__()
        model = minilm(weights, layers)
        self.encoder = model.encoder
        self.heads = Heads(model.config.hidden_size, labels)

    def forward(self, embedded: torch.Tensor, mask: torch.Tensor) -> Scores:
        """Scores of each token of some messages."""
        left_out = (1.0 - mask[:, None, None, :].to(embedded.dtype)) * -1e4
        return self.heads(self.encoder(embedded, attention_mask=left_out).last_hidden_state)

    def exported(self, embedded: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Of one message the probabilities of each token."""
        return _probabilities(self(embedded, torch.ones_like(embedded[:, :, 0])))


class _Exported(nn.Module):
    def __init__(self, net: ShopNet | AftersaleNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, given: torch.Tensor) -> tuple[torch.Tensor, ...]:
        return self.net.exported(given)


def _probabilities(scores: Scores) -> Scores:
    acts, begins, tags = scores
    return acts.softmax(-1), begins.sigmoid(), tags.softmax(-1)


def export(net: ShopNet | AftersaleNet, example: torch.Tensor, out: Path, *, reads: str, gives: list[str]) -> None:
    """Writes a net with weights of eight bits."""
    out.parent.mkdir(parents=True, exist_ok=True)
    net.eval()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / out.name
        torch.onnx.export(
            _Exported(net),
            (example,),
            str(whole),
            input_names=[reads],
            output_names=gives,
            dynamic_axes={name: {0: "message", 1: "token"} for name in (reads, *gives)},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(str(whole), str(out), weight_type=QuantType.QInt8, per_channel=True)


def copy_tokenizer(weights: Path, out: Path) -> None:
    """Puts the tokenizer beside the nets."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(weights / "tokenizer.json", out / "tokenizer.json")
