"""Stripe's news by EventBridge, as a Lambda function behind a queue."""

from functions.app import of_environment

handler = of_environment().stripe_bridge()
