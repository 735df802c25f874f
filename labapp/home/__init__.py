"""Pages that show many rooms: the front page, a lab, the country."""
