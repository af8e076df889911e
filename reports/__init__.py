"""What the shop tells its people about its sales: figures, pictures, pages; and the post of deals for customers."""
