"""The steps of the journey, room by room, in the order a lab takes them."""
