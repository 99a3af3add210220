"""Charts as figures of a form: one description, drawn alike on screen, in the PDF and in other documents."""
