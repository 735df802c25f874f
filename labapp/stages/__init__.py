"""What is missing for the next stage, and the only writer of a lab's stage."""
