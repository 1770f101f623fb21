"""Accounts as inline XBRL: a page for people in which figures are tagged for machines."""
