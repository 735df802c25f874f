"""The pages of proposals: the public's, and those of whoever writes or studies one."""
