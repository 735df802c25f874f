"""San Miguel, «Caminar y esperar seguros»: a vote is open."""
