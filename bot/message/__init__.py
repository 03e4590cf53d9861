"""Answer -> message: Block Kit for Slack, the same content for the terminal."""
