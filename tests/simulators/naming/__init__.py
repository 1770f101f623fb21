"""The domain names of the simulated world, and the packets that ask for them."""
