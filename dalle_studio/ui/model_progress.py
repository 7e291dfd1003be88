"""How far a download or a check has come, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from dalle_studio.core.sentence import Bytes
from dalle_studio.state.models import Models
from dalle_studio.state.shelf import Doing, Item, Stage
from dalle_studio.ui.buttons import TextButton
from dalle_studio.ui.language import tr
from dalle_studio.ui.model_parts import problem_text
from dalle_studio.ui.status_bar import left_text
from dalle_studio.ui.theme import Theme, app_font

_STEPS = 1000


class ProgressRow(QWidget):
    """A bar with words and buttons; takes no room where nothing is going on."""

    def __init__(self, models: Models, theme: Theme, name: str) -> None:
        super().__init__()
        self._models, self._name = models, name
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setObjectName(f"progress_{name}")
        self._words = QLabel()
        self._words.setFont(app_font(12, tabular=True))
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setObjectName(f"progress_words_{name}")
        self.pause = self._button(theme, "pause", tr("Pause"), tr("Stop for now; what has come stays"))
        tip = tr("Go on from where it stopped")
        self.resume = self._button(theme, "resume", tr("Resume"), tip, icon="play")
        tip = tr("Say no more of it; what has come stays")
        self.dismiss = self._button(theme, "dismiss", tr("Not now"), tip, icon="")
        self.pause.clicked.connect(self._pause)
        self.resume.clicked.connect(self._resume)
        self.dismiss.clicked.connect(self._forget)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._words, 1)
        for button in (self.dismiss, self.pause, self.resume):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.bar)
        column.addLayout(row)

    def _button(
        self, theme: Theme, name: str, text: str, tooltip: str, icon: str | None = None
    ) -> TextButton:
        button = TextButton(theme, text, kind="quiet", icon=name if icon is None else icon)
        button.setObjectName(f"{name}_{self._name}")
        button.setAccessibleName(tr("{name}: {text}", name=text, text=self._name))
        button.setToolTip(tooltip)
        return button

    def show_item(self, item: Item) -> None:
        """Show what is going on with it."""
        doing = item.doing
        self.setVisible(doing is not None)
        if doing is None:
            return
        is_failed = doing.stage is Stage.FAILED
        self._words.setText(progress_text(doing))
        self._words.setProperty("kind", "danger" if is_failed else "second")
        self._words.style().polish(self._words)
        self.bar.setAccessibleName(tr("Progress of {model}", model=item.label))
        self.bar.setVisible(not is_failed or doing.bytes_total > 0)
        is_open_ended = doing.is_running and not doing.bytes_total
        self.bar.setRange(0, 0 if is_open_ended else _STEPS)
        self.bar.setValue(round(_STEPS * doing.bytes_done / max(1, doing.bytes_total)))
        can_pause = doing.stage in (Stage.STARTING, Stage.DOWNLOADING) and item.entry is not None
        self.pause.setVisible(can_pause)
        self.pause.setEnabled(doing.stage is Stage.DOWNLOADING)
        self.resume.setText(tr("Try again") if is_failed else tr("Resume"))
        self.resume.setVisible(not doing.is_running and item.entry is not None)
        self.dismiss.setVisible(not doing.is_running)

    @Slot()
    def _pause(self) -> None:
        self._models.installs.pause(self._name)

    @Slot()
    def _resume(self) -> None:
        self._models.install(self._name)

    @Slot()
    def _forget(self) -> None:
        self._models.installs.forget(self._name)


def progress_text(doing: Doing) -> str:
    """“1.2 of 6.9 GB · 24 MB/s · 4 min 10 s left”, or what else is going on."""
    done, total = Bytes(doing.bytes_done), Bytes(doing.bytes_total)
    amount = tr("{done} of {total}", done=done, total=total) if total else ""
    match doing.stage:
        case Stage.FAILED:
            return problem_text(doing.problem) if doing.problem else ""
        case Stage.PAUSED:
            return " · ".join(filter(None, (tr("Paused"), amount)))
        case Stage.STARTING:
            return tr("Asking the hub …")
        case Stage.CHECKING:
            return " · ".join(filter(None, (tr("Checking the files"), amount)))
        case Stage.DOWNLOADING:
            speed = tr("{size}/s", size=Bytes(doing.bytes_per_s)) if doing.bytes_per_s else ""
            left = "" if doing.remaining_s is None else left_text(doing.remaining_s)
            return " · ".join(filter(None, (amount, speed, left)))
