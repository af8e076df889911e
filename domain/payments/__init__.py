"""Money of orders: the ledger is settled to what they cost, and providers move what it says."""
