"""Asks the product whether it is well, the way a person's browser would reach it."""

import http.client


def is_ready(host: str, port: int, name: str) -> bool:
    """Whether /healthz answers 200 there, asked by a name the product answers to."""
    connection = http.client.HTTPConnection(host, port, timeout=3)
    # As a proxy would send it, so that neither a redirect nor the host check is in the way.
    headers = {"Host": name, "X-Forwarded-Proto": "https"}
    try:
        connection.request("GET", "/healthz", headers=headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
