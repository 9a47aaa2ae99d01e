"""What the Rasa server itself loads, in its own environment; never imports guidance."""
