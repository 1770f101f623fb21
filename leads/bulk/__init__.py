"""One act on many leads, in the background."""
