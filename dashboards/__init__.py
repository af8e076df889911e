"""What managers look at: boards of figures, charts and the tables behind them, made of the warehouse's marts."""
