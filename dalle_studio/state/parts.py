"""The parts of the studio: made in their order, and ended in theirs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir, Slot

from dalle_studio.core.errors import StudioError
from dalle_studio.core.model import Model
from dalle_studio.core.scene import Lexicon
from dalle_studio.engine.base import Engine
from dalle_studio.engine.speech.local import Listener
from dalle_studio.state.candidates import Candidates
from dalle_studio.state.canvas import Canvas
from dalle_studio.state.composer import Composer
from dalle_studio.state.documents import Documents
from dalle_studio.state.estimates import Estimates
from dalle_studio.state.exports import Exports
from dalle_studio.state.files import Files
from dalle_studio.state.gallery import Gallery
from dalle_studio.state.hearing import Hearing
from dalle_studio.state.history import History
from dalle_studio.state.jobs import Jobs
from dalle_studio.state.masks import Masks
from dalle_studio.state.model_store import ModelStore
from dalle_studio.state.models import Models
from dalle_studio.state.notices import Notices
from dalle_studio.state.preferences import Preferences
from dalle_studio.state.recovery import Recovery
from dalle_studio.state.references import References
from dalle_studio.state.runner import Runner
from dalle_studio.state.sheet import Sheets
from dalle_studio.state.speech import Hears, Speech
from dalle_studio.state.spoken import expected
from dalle_studio.state.veil import Veil
from dalle_studio.state.vocabulary import Language
from dalle_studio.storage.decoder import Decoder
from dalle_studio.storage.settings import FILE


class Parts(QObject):
    """Owns the rest of the state.

    Args:
        model: came with the studio, and draws until another is chosen.
        lexicon: what that model knows by name; None where that is not known.
        folder: of the gallery.
        data: folder for settings, and for what is not saved; without one, both end with the studio.
        decoder: shared with others; without one, it has its own.
        store: what disk and hub are asked about models through.
        listener: hears what is said; without one, the microphone is listened to on this machine.
    """

    def __init__(
        self,
        engine: Engine,
        model: Model,
        lexicon: Lexicon | None,
        folder: Path,
        parent: QObject | None = None,
        *,
        data: Path | None = None,
        decoder: Decoder | None = None,
        store: ModelStore | None = None,
        listener: Hears | None = None,
    ) -> None:
        super().__init__(parent)
        self._passing = QTemporaryDir()  # deleted with this object
        data = data or Path(self._passing.path())
        store = store or ModelStore(data)
        self.history = History(parent=self)
        self.notices = Notices(self)
        self.composer = Composer(model, lexicon, self.history, self)
        self.canvas = Canvas(self.history, self)
        self.jobs = Jobs(Runner(engine, self), self)
        self.files = Files(self.notices, self, decoder)
        self.gallery = Gallery(folder, self.notices, self)
        self.preferences = Preferences(data / FILE, self.notices, self)
        self.models = Models(model, lexicon, store, self.preferences, self.notices, self._is_used, self)
        self.hearing = Hearing(self.preferences, store.recognisers)
        self.speech = Speech(listener or Listener(), self.notices, self._expected, self.hearing, self)
        self.references = References(self.files, self.notices, self)
        self.veil = Veil(self.preferences, self)
        self.exports = Exports(self.gallery, self.files, self.notices, self.preferences, data, self)
        self.masks = Masks(self.canvas, self.files, self.notices, self)
        self.documents = Documents(
            self.canvas, self.composer, self.history, self.files, self.notices, self.preferences, data, self
        )
        self.recovery = Recovery(self.documents, self.canvas, self.files, self.notices, self)
        self.candidates = Candidates(self.jobs, self.gallery, self.notices, self)
        self.estimates = Estimates(store, self)
        self.sheets = Sheets(self.gallery, self.notices, self)
        self._connect()

    @property
    def model(self) -> Model:
        """What draws the next pictures. Those that are asked for already keep theirs."""
        return self.models.current

    def close(self) -> None:
        """End everything; pictures that are finished are saved first."""
        self.speech.close()
        self.recovery.close()
        self.jobs.close()
        self.models.close()
        self.estimates.finish()
        self.gallery.close()
        self.files.close()
        self.documents.close()
        self.composer.close()
        self.preferences.close()

    def _connect(self) -> None:
        """Let the parts hear of each other."""
        self.composer.failed.connect(self._tell_prompts)

    def _expected(self, language: Language) -> tuple[str, tuple[str, ...]]:
        return expected(language, self.models.lexicon)

    def _is_used(self, model: str) -> bool:
        return any(job.request.model == model for job in self.jobs.jobs)

    @Slot(object)
    def _tell_prompts(self, error: StudioError) -> None:
        self.notices.tell_error(error, key="prompts")
