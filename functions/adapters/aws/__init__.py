"""AWS by its HTTP interfaces: who we are, how a request is signed, and a channel to each service that stays open.

boto3 makes clients for three hundred services from descriptions that it reads at every start, and that alone takes
longer than a function may need for its first answer. Functions call nine operations of four services.
"""
