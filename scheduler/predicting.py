"""Renews predictions after the night's build, and tells the admins in one line when a model was fitted."""

import structlog

from analytics.children import CutOff
from analytics.predictions.predicting import Predictions
from bot.support import notices
from scheduler.ports import StaffChannels, StaffRoom

log = structlog.get_logger()


class Predicting:
    """The predictions of the shop."""

    def __init__(self, predictions: Predictions, staff: StaffRoom | None, channels: StaffChannels) -> None:
        self.predictions = predictions
        self._staff = staff
        self._admins = channels.admins

    def renew(self) -> None:
        """Fits what is due and scores everybody.

        Raises:
            AlreadyBuilding: the warehouse is being built; it is tried again.
            NotPredicted: it broke off; it is tried again.
        """
        try:
            done = self.predictions.renew()
        except CutOff:
            log.info("predictions were cut off; they are made up for after the next build")
            return
        if done is None:
            return
        for run in done.runs:
            log.info("predicted", what=str(run.what), as_of=str(run.as_of), scores=run.scores, model=run.version)
        for words in done.left_out:
            log.info("not predicted", why=words)
        for fit in done.fits:
            log.info("model fitted", model=fit.version, serves=fit.chosen, why=fit.said)
            if self._staff is not None and self._admins:
                self._staff.post(self._admins, notices.fitted(fit.what, fit.version, chosen=fit.chosen, said=fit.said))

    def stop(self) -> None:
        """Ends what runs, for a worker that is told to stop has no time for it."""
        self.predictions.stop()
