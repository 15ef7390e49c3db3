"""Numbers that several methods share, each declared once: a change on one page holds on all."""
