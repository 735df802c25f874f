"""San Martín, «Agua limpia todos los días»: from the problem to a review returned."""
