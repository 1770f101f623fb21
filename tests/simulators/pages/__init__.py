"""The websites of the simulated world: how each is made and what its pages say."""
