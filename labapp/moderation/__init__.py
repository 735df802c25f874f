"""What was hidden, blacked out or not published, of any thing; why, and who heard the appeal."""
