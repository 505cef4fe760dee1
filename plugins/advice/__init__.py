"""What could be better in content that has no fault: everything.py gives every piece of advice, score.py how complete
each product is. Pure functions over the content; place.py alone opens files, to say in which line something stands.
"""
