"""What has to be done every few minutes, as a Lambda function that a schedule calls."""

from functions.app import of_environment

handler = of_environment().reconciler()
