"""What can go wrong with the Rasa side on this machine.

NluError
├── RasaMissing
├── NoModel
├── TrainingFailed
└── ServerFailed
"""

from dataclasses import dataclass
from pathlib import Path


class NluError(Exception):
    """The model cannot be trained or served."""


@dataclass
class RasaMissing(NluError):
    """Rasa's own environment is not installed: run `make setup`."""

    python: Path


class NoModel(NluError):
    """There is no trained model: run `parley nlu train`."""


@dataclass
class TrainingFailed(NluError):
    """Rasa refused to train; `log` says why."""

    log: Path


@dataclass
class ServerFailed(NluError):
    """The Rasa server ended or did not answer in time; `log` says why."""

    log: Path
