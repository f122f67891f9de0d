"""Going offline: packing stories, opening a work package, and who has what since when."""
