"""Asks the product whether it is well, the way a person's browser would reach it."""

import http.client


def is_ready(port: int, host: str) -> bool:
    """Whether /healthz answers 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    # As a proxy would send it, so that neither a redirect nor the host check is in the way.
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    try:
        connection.request("GET", "/healthz", headers=headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
