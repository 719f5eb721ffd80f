"""The texts of the knowledge base as plain Python: no Django, no database, no settings.

One record ⇄ one text (`record`), the parts of a guideline (`guideline`), and Markdown → safe HTML with its
links and law citations (`render`, `citations`) against a `catalogue` of what can be linked to.
"""
