"""One module a picture: numbers of the domain become a matplotlib figure."""
