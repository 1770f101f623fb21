"""The same 13,100 general practices nine years apart; their official code is the truth."""
