"""Rules that act by themselves: “when a lead is …, then …”."""
