"""The checkout as a Lambda function behind an HTTP API."""

from apig_wsgi import make_lambda_handler

import functions.adapters.stripe_payments  # noqa: F401 (while a function starts it has a whole processor)
from functions.app import front

handler = make_lambda_handler(front("checkout"))
