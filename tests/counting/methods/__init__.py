"""Each method by cases, against other programs and against elections that were held."""
