"""An order's life: quoted, placed, changed, cancelled, shipped."""
