"""The features of messages as one matrix, every featurizer's part balanced against the others."""

from collections.abc import Mapping, Sequence

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.preprocessing import normalize


def balanced(messages: Sequence[Message], weights: Mapping[str, float]) -> csr_matrix:
    """A row a message, in which each featurizer's vector has length 1 times its weight (1 where none is given).

    Raw counts would let long messages drown the sentence vector, and make a fit slow.
    """
    return vstack([hstack(_blocks(message, weights)) for message in messages]).tocsr()


def _blocks(message: Message, weights: Mapping[str, float]) -> list[csr_matrix]:
    sentences = [one for one in message.features if one.attribute == TEXT and one.type == "sentence"]
    ordered = [*filter(Features.is_sparse, sentences), *filter(Features.is_dense, sentences)]
    return [normalize(csr_matrix(one.features, dtype=float)) * weights.get(one.origin, 1.0) for one in ordered]
