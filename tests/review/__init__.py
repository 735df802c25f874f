"""Reviews and ANTAI's desk."""
