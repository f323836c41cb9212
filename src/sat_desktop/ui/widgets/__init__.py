"""Controls of the program's own."""
