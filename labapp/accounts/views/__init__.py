"""The pages of accounts: signing in, one's own account, the people of the site; and their gate."""
