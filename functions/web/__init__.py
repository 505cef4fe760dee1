"""The WSGI parts: what a browser or Stripe can ask for. Views read the request, call a service and answer."""
