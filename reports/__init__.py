"""What leaves the shop as a document: mails now, digests and reports later."""
