"""What is generally known of names (名称知识): short forms, places, editions of forums; no text and no database needed.

The extractor asks it which names of one document may be one thing, `graph.identity` which names of all documents are.
It imports nothing but `graph.schema`, so that `extract` may use it.
"""
