"""The serverless side of a Pouch shop: cart, checkout, orders and mails. Imports neither Pelican nor plugins."""
