"""The pages of meetings: the public's, and those of whoever runs one."""
