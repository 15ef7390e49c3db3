"""Speed as numbers: each `bench_<name>.py` has `run()` giving rows of name, value, unit, peer, ratio, aim."""
