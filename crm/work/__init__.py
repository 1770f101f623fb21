"""Work that takes long: the row is the queue, a task is only a wake-up."""
