"""Tables of rows as files that people take away: CSV and Excel, of any length."""
