"""The shop on a laptop: pages, functions, mails and payments at one address, without any account."""
