"""The numbers of the grid's faces, for menus that are there before any plan is open."""

RENCANA, AKSI, REALISASI, CAPAIAN = range(4)
