"""Orders and all that customers do about them, as a Lambda function behind an HTTP API, which gets files in base64."""

from apig_wsgi import make_lambda_handler

from functions.app import front

handler = make_lambda_handler(front("order", "order-link", "withdraw", "download"))
