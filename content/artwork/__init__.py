"""The artwork of the demo shop: prints, things with prints on them, and photographs of both, all drawn by code."""
