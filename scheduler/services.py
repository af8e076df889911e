"""Who carries out the jobs, and by which rules; `bot/wiring.py` builds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from analytics.ingestion.taking import IntakeTerms
from analytics.predictions.terms import PredictionTerms
from analytics.warehouse import WarehouseTerms
from bot.links import Links
from bot.messages import ChatSender
from domain.payments.providing import Provider
from mail.letter import Mailer
from scheduler.boarding import Boards
from scheduler.campaigns import CampaignRuns
from scheduler.chats import Chats
from scheduler.data_sharing import DataSharing
from scheduler.documenting import Documents
from scheduler.exporting import Exporting
from scheduler.ingesting import Ingesting
from scheduler.mails import Mails
from scheduler.marketing import Marketing
from scheduler.paying import Paying
from scheduler.planning import Plan
from scheduler.ports import Room, StaffChannels, StaffRoom
from scheduler.posting import Posts
from scheduler.predicting import Predicting
from scheduler.reporting import Reports
from scheduler.staff import StaffNotices
from scheduler.upkeep import Upkeep
from scheduler.warehousing import Warehousing


@dataclass(frozen=True, kw_only=True, slots=True)
class JobRules:
    """How jobs are repeated, and how mail is sent: see `jobs`, `mail` and `reports` in config.yaml.

    `reports` says whether the mail service reports what became of mails.
    """

    keep: timedelta
    intake: IntakeTerms
    settle: timedelta = timedelta(minutes=2)
    reports: bool = False
    attempts: int = 10
    stalled: timedelta = timedelta(seconds=30)
    postal_address: str = ""
    plan: Plan = field(default_factory=Plan)
    warehouse: WarehouseTerms = field(default_factory=lambda: WarehouseTerms(time_zone="UTC"))
    predictions: PredictionTerms = field(default_factory=PredictionTerms)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """Where the services bring things: mail, chats by their channel, staff's room, rooms for reports by service.

    Without a `staff_room` or its `channels` staff hears of nothing.
    """

    mailer: Mailer
    links: Links
    senders: Mapping[str, ChatSender] = field(default_factory=dict)
    staff_room: StaffRoom | None = None
    channels: StaffChannels = field(default_factory=StaffChannels)
    rooms: Mapping[str, Room] = field(default_factory=dict)
    provider: Provider | None = None  # of payments; without one all is by invoice


@dataclass(frozen=True, kw_only=True, slots=True)
class Services:
    """What the jobs of `scheduler/tasks.py` are methods of."""

    mails: Mails
    marketing: Marketing
    campaigns: CampaignRuns
    chats: Chats
    paying: Paying
    staff: StaffNotices
    posts: Posts
    reports: Reports
    upkeep: Upkeep
    warehousing: Warehousing
    documents: Documents
    boards: Boards
    ingesting: Ingesting
    exporting: Exporting
    predicting: Predicting
    data_sharing: DataSharing

    def stop(self) -> None:
        """Ends what runs in processes of its own, for a worker that is told to stop has no time for it."""
        self.warehousing.stop()
        self.predicting.stop()
