"""Publishing: releases, infrastructure and packages of a shop on AWS. Nothing but the command line imports it."""
