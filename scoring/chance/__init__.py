"""The chance of winning: learnt from a company's own won and lost leads, and explained in words.

`training.train` makes a `Model` or says what is missing; `Model.chance` needs no heavy library.
"""
