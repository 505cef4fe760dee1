"""What has to be done every few minutes, as a Lambda function that a schedule calls, and others when mails are due."""

import functions.adapters.stripe_payments  # noqa: F401 (while a function starts it has a whole processor)
from functions.app import of_environment

handler = of_environment().reconciler()
