"""Atur kop: the lines and the logo at the head of the agency's forms; one action for both."""

from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.errors import PlanError
from models.files import reason
from models.plan import Plan
from models.rows import Dokumen, Kop, Opd
from services.forms.parts import Form, Letterhead, Page
from services.forms.settings import default_lines, letterhead, set_letterhead
from services.render.pdf import render_pdf
from ui.colours import colours
from ui.dialog_buttons import decision
from ui.note_line import NoteLine
from ui.pdf_pages import draw_page
from ui.session import Session

MOST_BYTES = 2**20
"""A file larger than this is hardly a logo, and would be carried in every copy of the plan."""
MOST_PIXELS = 600
"""Width and height that a logo is kept at: 20 mm at 300 dots an inch are 236, so this is ample."""

_FORMATS = (b"png", b"jpeg", b"jpg")
_SAMPLE = QSize(560, 150)


class LetterheadDialog(QDialog):
    """Simpan makes one edit of the kop of the agency; every form whose Kop surat is ticked prints it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        plan, dokumen_id = session.plan, session.dokumen_id
        self._opd = plan.get(Opd, plan.get(Dokumen, dokumen_id).opd_id)
        kop = letterhead(plan, dokumen_id)
        self.logo = kop.logo
        self.setWindowTitle("Kop surat")
        self.lines = QPlainTextEdit("\n".join(line.plain for line in kop.lines))
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(96)
        self.lines.setAccessibleName("Baris kop")
        label = QLabel("&Baris kop, satu baris per baris. Dua baris pertama tercetak besar dan tebal.")
        label.setBuddy(self.lines)
        self.sample = _Sample(self)
        self.choose = QPushButton("Pilih &logo...")
        self.choose.setToolTip("Gambar PNG atau JPEG, paling besar 1 MB")
        self.remove = QPushButton("&Hapus logo")
        self.reset = QPushButton("Baris ba&waan")
        self.reset.setToolTip("Pemerintah daerah dan nama perangkat daerah")
        self.note = NoteLine()
        buttons = decision(self, "Simpan")[0]
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for button in (self.choose, self.remove, self.reset):
            button.setAutoDefault(False)
            tools.addWidget(button)
        tools.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addWidget(self.lines)
        layout.addLayout(tools)
        layout.addWidget(self.note)
        layout.addWidget(self.sample)
        layout.addWidget(buttons)
        self.choose.clicked.connect(self._choose)
        self.remove.clicked.connect(lambda: self._set_logo(None))
        self.reset.clicked.connect(lambda: self.lines.setPlainText("\n".join(default_lines(self._opd))))
        self.lines.textChanged.connect(self._show_sample)
        self._set_logo(self.logo)

    def text(self) -> list[str]:
        """The lines as they are to be printed."""
        lines = [" ".join(line.split()) for line in self.lines.toPlainText().splitlines()]
        return [line for line in lines if line]

    def take_logo(self, path: Path) -> None:
        """Take a picture as the logo; what is wrong with it is said in place."""
        try:
            self._set_logo(read_logo(path))
        except PlanError as error:
            self.note.say(str(error), "galat")

    def accept(self) -> None:
        """Store it; what is missing is said in place."""
        if not self.text():
            self.note.say("Tulis sedikitnya satu baris, atau kembalikan baris bawaan.", "galat")
            return
        changes = set_letterhead(self._session.plan, self._opd.id, "\n".join(self.text()), self.logo)
        if self._session.edit("ubah kop surat", changes):
            super().accept()

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Pilih logo", "", "Gambar (*.png *.jpg *.jpeg)")
        if path:
            self.take_logo(Path(path))

    def _set_logo(self, logo: bytes | None) -> None:
        self.logo = logo
        self.note.say("")
        self.remove.setEnabled(logo is not None)
        self._show_sample()

    def _show_sample(self) -> None:
        self.sample.show_kop(self._kop())

    def _kop(self) -> Letterhead:
        """The kop that is being made, as a plan with nothing else would print it."""
        plan, dokumen = self._session.plan, self._session.dokumen
        changes = set_letterhead(plan, self._opd.id, "\n".join(self.text()), self.logo)
        kop = [change.after for change in changes if change.after] or plan.where(Kop, "opd_id", self._opd.id)
        return letterhead(Plan([self._opd, dokumen, *kop]), dokumen.id)


def read_logo(path: Path) -> bytes:
    """A picture file as the PNG that a plan keeps, at most MOST_PIXELS wide and high.

    Raises:
        PlanError: it cannot be read, is too large, or is no PNG or JPEG picture.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
    except OSError as error:
        raise PlanError(reason(path, error) if not path.exists() else f"{path.name} tidak dapat dibaca.") from error
    if not data:
        raise PlanError(f"{path.name} lebih besar dari 1 MB atau kosong. Perkecil gambarnya, lalu pilih lagi.")
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()).lower() not in _FORMATS:
        raise PlanError(f"{path.name} bukan gambar PNG atau JPEG.")
    whole = reader.size()
    if max(whole.width(), whole.height()) > MOST_PIXELS:
        reader.setScaledSize(whole.scaled(MOST_PIXELS, MOST_PIXELS, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise PlanError(f"{path.name} rusak dan tidak dapat dibaca sebagai gambar.")
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(out, "PNG")  # type: ignore[call-overload]
    return bytes(out.data().data())


class _Sample(QWidget):
    """The head of a page with the kop, by the renderer itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setFixedSize(_SAMPLE)
        self.setAccessibleName("Contoh kop")

    def show_kop(self, kop: Letterhead) -> None:
        """Show a kop; one that cannot be printed leaves the page empty."""
        page = Page(landscape=False)
        ratio = self.devicePixelRatioF()
        width = round(_SAMPLE.width() * ratio)
        try:
            out = BytesIO()
            render_pdf(Form("kop", "Kop", (kop,), page), out)
            self._image = draw_page(out.getvalue(), 0, 2 * width, round(2 * width * page.height / page.width))
        except PlanError:
            self._image = QImage()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._image.isNull():
            part = QRectF(0, 0, self._image.width(), self._image.width() * self.height() / self.width())
            painter.drawImage(QRectF(self.rect()), self._image, part)
        painter.setPen(colours().field_edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
