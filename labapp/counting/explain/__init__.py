"""The words and figures of an explanation: sentences, bars and charts."""
