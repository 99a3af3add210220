"""Indonesian for the texts that Qt itself shows: standard buttons, the menus of text fields and scroll bars."""

from PySide6.QtCore import QCoreApplication, QTranslator

# By the English text without its "&". Qt ships no qtbase_id.qm.
_BUTTONS = {
    "OK": "&OK",
    "Cancel": "&Batal",
    "Yes": "&Ya",
    "Yes to All": "Ya untuk &semua",
    "No": "&Tidak",
    "No to All": "T&idak untuk semua",
    "Save": "&Simpan",
    "Save All": "Simpan s&emua",
    "Discard": "B&uang",
    "Don't Save": "Jangan simpan",
    "Close without Saving": "Tutup tanpa menyimpan",
    "Close": "&Tutup",
    "Open": "B&uka",
    "Apply": "Te&rapkan",
    "Reset": "Atur &ulang",
    "Restore Defaults": "Kembalikan &bawaan",
    "Retry": "&Coba lagi",
    "Ignore": "&Abaikan",
    "Abort": "&Hentikan",
    "Help": "&Bantuan",
    "Show Details...": "Tampilkan rincian...",
    "Hide Details...": "Sembunyikan rincian...",
}
_EDITING = {
    "Undo": "&Urungkan",
    "Redo": "U&langi",
    "Cut": "Po&tong",
    "Copy": "&Salin",
    "Copy Link Location": "Salin alamat tau&tan",
    "Paste": "Tem&pel",
    "Delete": "Hapus",
    "Clear": "Kosongkan",
    "Select All": "Pilih semua",
    "Step up": "&Naikkan",
    "Step down": "T&urunkan",
}
_SCROLLING = {
    "Scroll here": "Gulir ke sini",
    "Left edge": "Tepi kiri",
    "Right edge": "Tepi kanan",
    "Top": "Paling atas",
    "Bottom": "Paling bawah",
    "Page left": "Sehalaman ke kiri",
    "Page right": "Sehalaman ke kanan",
    "Page up": "Sehalaman ke atas",
    "Page down": "Sehalaman ke bawah",
    "Scroll left": "Gulir ke kiri",
    "Scroll right": "Gulir ke kanan",
    "Scroll up": "Gulir ke atas",
    "Scroll down": "Gulir ke bawah",
    "Scroll Left": "Gulir ke kiri",
    "Scroll Right": "Gulir ke kanan",
}
_FILES = {
    "Look in:": "Cari di:",
    "File name:": "&Nama berkas:",
    "Files of type:": "Jenis berkas:",
    "Directory:": "Folder:",
    "Choose": "&Pilih",
    "Back": "Mundur",
    "Forward": "Maju",
    "Parent Directory": "Folder induk",
    "Create New Folder": "Buat folder baru",
    "New Folder": "&Folder baru",
    "List View": "Tampilan daftar",
    "Detail View": "Tampilan rinci",
    "Rename": "Ganti &nama",
    "Show hidden files": "Tampilkan berkas ter&sembunyi",
    "All Files (*)": "Semua berkas (*)",
    "My Computer": "Komputer ini",
    "Name": "Nama",
    "Size": "Ukuran",
    "Type": "Jenis",
    "Date Modified": "Tanggal diubah",
    "%1 already exists.\nDo you want to replace it?": "%1 sudah ada.\nGanti dengan yang baru?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": (
        "%1\nBerkas tidak ditemukan.\nPeriksa kembali nama berkasnya."
    ),
    "Are you sure you want to delete '%1'?": "Hapus '%1'?",
}
_STANDARD = _BUTTONS | _EDITING

_BY_CONTEXT = {
    "QPlatformTheme": _BUTTONS,
    "QGnomeTheme": _BUTTONS,
    "QDialogButtonBox": _BUTTONS,
    "QMessageBox": _BUTTONS,
    "QProgressDialog": _BUTTONS,
    "QErrorMessage": _BUTTONS,
    "QInputDialog": _BUTTONS,
    "QLineEdit": _EDITING,
    "QWidgetTextControl": _EDITING,
    "QTextControl": _EDITING,
    "QAbstractSpinBox": _EDITING,
    "QUndoStack": _EDITING,
    "QScrollBar": _SCROLLING,
    "QTabBar": _SCROLLING,
    "QFileDialog": _STANDARD | _FILES,
    "QFileSystemModel": _FILES,
    "QDockWidget": _BUTTONS,
    "CloseButton": _BUTTONS,
}


class StandardTexts(QTranslator):
    """Translates Qt's own texts; whatever it does not know stays as it is.

    The answer for an unknown text must be None: '' would be taken for a translation and show nothing.
    """

    def isEmpty(self) -> bool:
        """Qt refuses to install an empty translator, and knows nothing of the tables above."""
        return False

    def translate(  # type: ignore[override]
        self, context: str, source: str, /, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        found = _BY_CONTEXT.get(context, {}).get(source.replace("&", ""))
        if found is None or "&" in source:
            return found
        return found.replace("&", "")


def install_translator(app: QCoreApplication) -> StandardTexts:
    """Install the Indonesian standard texts; the application keeps them. A second call changes nothing."""
    installed = app.findChild(StandardTexts)
    if isinstance(installed, StandardTexts):
        return installed
    translator = StandardTexts(app)
    app.installTranslator(translator)
    return translator
