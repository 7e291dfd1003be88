"""Days and times as the window's language writes them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale

from dalle_studio.ui.language import tr


def day_text(moment: datetime) -> str:
    """“4 Nov 2026, 01:03”, in Chinese “2026年11月4日 01:03”."""
    #: A day and a time in the format of Qt's QDateTime, such as yyyy年M月d日 HH:mm
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(moment.timestamp())), tr("d MMM yyyy, HH:mm"))
