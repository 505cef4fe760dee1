"""The checkout as a Lambda function behind an HTTP API."""

from apig_wsgi import make_lambda_handler

from functions.app import front

handler = make_lambda_handler(front("checkout"))
