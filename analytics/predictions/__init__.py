"""What is likely to come: who may leave, what they may bring, what is wanted of products."""
