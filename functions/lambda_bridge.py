"""Stripe's news by EventBridge, as a Lambda function behind a queue."""

import functions.adapters.stripe_payments  # noqa: F401 (while a function starts it has a whole processor)
from functions.app import of_environment

handler = of_environment().stripe_bridge()
