"""The chance of winning: learnt from what a company has won and lost, told of its open leads."""
