"""From a Form to a file: one layout, one PDF and one XLSX renderer that know nothing of Rencana Aksi."""
