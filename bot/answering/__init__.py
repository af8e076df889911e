"""What is answered about the shop and its products: by topic, by description; and what nobody could answer."""
