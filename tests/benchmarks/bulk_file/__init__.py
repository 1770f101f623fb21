"""A made-up month of Companies House's free bulk file (BasicCompanyData), as large as wanted."""
