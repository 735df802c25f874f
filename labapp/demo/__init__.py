"""The demonstration: invented labs, loaded through the same services as real ones."""
