"""What tests share: builders, fakes, stand-ins for other services, and the hunt for slow patterns."""
