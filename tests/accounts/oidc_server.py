"""A small OpenID Connect server: real addresses, real signed tokens, and one person who always agrees to sign in."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "hjemvej", "kun-til-proever"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Server:
    """What the server knows: `claims` about the person, and the requests that wait for their codes to be used."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.claims: dict[str, Any] = {"sub": "42", "preferred_username": "lise", "email": "lise@kommune.dk"}
        self.audience = CLIENT_ID
        self._waiting: dict[str, dict[str, str]] = {}

    def authorize(self, query: dict[str, str]) -> str:
        """The address that the person's browser is sent back to."""
        if query.get("client_id") != CLIENT_ID or query.get("code_challenge_method") != "S256":
            return f"{query['redirect_uri']}?{urlencode({'error': 'invalid_request', 'state': query['state']})}"
        code = f"code-{len(self._waiting)}"
        self._waiting[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code, once, for who has the secret and the verifier that belong to it."""
        asked = self._waiting.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if not asked or form.get("client_secret") != CLIENT_SECRET:
            return None
        if challenge.rstrip(b"=").decode() != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {**self.claims, "iss": self.address, "aud": self.audience, "iat": now, "exp": now + 300}
        signed = jwt.encode(claims, _KEY, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "the-access-token", "token_type": "Bearer", "id_token": signed}

    def document(self, path: str, authorization: str | None) -> dict[str, Any] | None:
        if path == "/.well-known/openid-configuration":
            names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            addresses = {f"{name}_endpoint": f"{self.address}/{end}" for name, end in names.items()}
            methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
            return {"issuer": self.address, "jwks_uri": f"{self.address}/keys", **addresses, **methods}
        if path == "/keys":
            return {"keys": [{**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key())), "kid": "1"}]}
        if path == "/userinfo" and authorization == "Bearer the-access-token":
            return self.claims
        return None


@contextmanager
def running() -> Iterator[Server]:
    """The server on a free port of this machine, until the block is left."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(server.document(self.path, self.headers.get("Authorization")))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(server.token(_single(body)) if self.path == "/token" else None)

        def _answer(self, document: dict[str, Any] | None) -> None:
            body = json.dumps(document or {"error": "invalid_request"}).encode()
            self.send_response(200 if document is not None else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Says nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{http.server_address[1]}")
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()


def agree(server: Server, address: str) -> str:
    """What the person's browser does at `address` of the server: the address on our site that it is sent back to."""
    assert address.startswith(f"{server.address}/authorize?"), address
    back = server.authorize(_single(urlsplit(address).query))
    return back.removeprefix("http://testserver")


def _single(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}
