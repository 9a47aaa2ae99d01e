"""The heart of Klaskompas: study-choice guidance, whoever asks."""
