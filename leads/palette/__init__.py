"""Go to a lead, a page or an action from the keyboard."""
