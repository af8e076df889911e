"""How good the understanding is, on messages never trained on."""
