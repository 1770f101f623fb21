"""What Google knows of places, and how it is asked and answers."""
