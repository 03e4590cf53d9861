"""The edge to Slack: what arrives, who may see what, and how a reply gets there."""
