"""Which rules speak, of those a district was handed: by administrative code, day and kind."""
