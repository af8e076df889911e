"""Trains the learned reader, by hand: needs PyTorch, takes half an hour, and leaves `nlu/reading/model/`."""
