"""The `thidua` command: one file a verb; wires crawler, pipelines and archive together."""
