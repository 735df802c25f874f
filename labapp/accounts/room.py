"""What the accounts bring: signing in, one's own account, and the people of the site."""

from labapp.accounts.views import account, admin, sign_in
from labapp.room import Room

room = Room(blueprints=(account.bp, sign_in.bp, admin.bp))
