"""What became of mails, as Amazon SES tells it: a Lambda function behind a queue."""

from functions.app import of_environment

handler = of_environment().mail_events()
