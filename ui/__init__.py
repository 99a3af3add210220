"""What is seen: item models, delegates, panels, dialogs, the main window. The only floor with Qt."""
