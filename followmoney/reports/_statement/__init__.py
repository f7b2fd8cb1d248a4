"""The statement of a witness as a document, written into the template of whoever signs it."""
