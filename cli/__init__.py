"""The owner's commands. Each is thin: it calls a service or the build and says in words what happened."""
