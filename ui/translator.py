"""Indonesian for the texts that Qt itself shows: standard buttons, the menus of text fields and scroll bars."""

from PySide6.QtCore import QCoreApplication, QTranslator

from ui.translator_texts import BY_CONTEXT


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
        if context == "QPageSize":
            return source.replace("Envelope", "Amplop") if source.startswith("Envelope") else None
        found = BY_CONTEXT.get(context, {}).get(source.replace("&", ""))
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
