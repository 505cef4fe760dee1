"""Invoices as PDF, as a Lambda function behind an HTTP API, which gets them in base64."""

from apig_wsgi import make_lambda_handler

from functions.app import front

handler = make_lambda_handler(front("invoice.pdf"))
