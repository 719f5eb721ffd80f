"""What the answers look like. The classes have no docstrings: those would stand, in English, in the OpenAPI schema."""
