"""The living page of the design: every scale and component in its states, in light and dark."""
