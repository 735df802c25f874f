"""What the accounts bring: signing in, one's own account, and the people of the site."""

from labapp.accounts import own, people, views
from labapp.room import Room

room = Room(blueprints=(own.bp, views.bp, people.bp))
