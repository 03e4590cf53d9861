"""Text + thread -> question, deterministically."""
