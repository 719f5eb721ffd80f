"""What readers see of the editors' work: the history of each page, and what is new."""
