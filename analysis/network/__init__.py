"""The best pipe network under wishes: a general problem of plants, users and arcs, solved with a proof."""
