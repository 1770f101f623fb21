"""Campaigns: whom to find, the runs that find them, and the pages to steer both."""
