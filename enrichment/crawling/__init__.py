"""The polite crawler of one organisation's website: few pages, one at a time, the best first."""
