"""Where a pipe may lie: what a metre costs on every cell, the cheapest way, drawn straight, its heights and pieces."""
