"""Stripe's webhook as a Lambda function behind an HTTP API, which hands bodies over plain or in base64."""

from apig_wsgi import make_lambda_handler

import functions.adapters.stripe_payments  # noqa: F401 (while a function starts it has a whole processor)
from functions.app import of_environment

handler = make_lambda_handler(of_environment().only("stripe"))
