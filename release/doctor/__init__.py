"""The doctor: looks at a shop's set-up and says what is wrong with it and what to do. It changes nothing.

Each module has one subject. Of each the asking (`looks`) is apart from the judging: judges are pure functions from what
was found to a verdict, so that every sentence can be tested without a network.
"""
