# SPDX-License-Identifier: Apache-2.0
"""A registration, survey or market system as a node meets it: a client certificate of its own, messages by its own
numbers, signed where the office wants it so. Shares no code with the node; certificates and signatures are openssl's."""
import hashlib
import http.client
import json
import pathlib
import ssl
import subprocess
import urllib.parse


def openssl(*words, data=None):
    return subprocess.run(["openssl", *map(str, words)], input=data, capture_output=True, check=True).stdout


def raw_signature(der):
    """r and s of an ECDSA signature in DER, 32 bytes each."""
    def integer(at):
        size = der[at + 1]
        return der[at + 2:at + 2 + size].lstrip(b"\0").rjust(32, b"\0"), at + 2 + size
    r, after = integer(2)
    return r + integer(after)[0]


class Partner:
    def __init__(self, folder, name, address, authority):
        self.folder, self.name = pathlib.Path(folder), name
        self.key, self.certificate = self.folder / f"{name}.key", self.folder / f"{name}.pem"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                "-subj", f"/CN={name}", "-keyout", self.key, "-out", self.certificate)
        self.host, self.port = address.rsplit(":", 1)
        self.context = ssl.create_default_context(cafile=authority)
        self.context.load_cert_chain(self.certificate, self.key)
        self.signs = False

    @property
    def fingerprint(self):
        return hashlib.sha256(openssl("x509", "-in", self.certificate, "-outform", "DER")).hexdigest()

    @property
    def public_key(self):
        """As the register of partners has it: 02 for P-256, then 04, x and y."""
        der = openssl("pkey", "-in", self.key, "-pubout", "-outform", "DER")
        return "02" + der[-65:].hex()

    def signature(self, body):
        return raw_signature(openssl("dgst", "-sha256", "-sign", self.key, data=body)).hex()

    def ask(self, method, path, body=None, signature=None, headers=None):
        """Status and answer; a connection of its own for each, as a batch job would have."""
        sent = {"X-Fundnode": "1", **(headers or {})}
        if body is not None:
            body = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            sent["Content-Type"] = "application/json"
            if signature is None and self.signs:
                signature = self.signature(body)
        if signature:
            sent["X-Signature"] = signature
        connection = http.client.HTTPSConnection(self.host, int(self.port), context=self.context, timeout=60)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, json.loads(content) if content else None
        finally:
            connection.close()

    def push(self, kind, number, reference, rows, signature=None, **more):
        return self.ask("POST", f"/api/partner/push/{kind}",
                        {"number": number, "reference": reference, "rows": rows, **more}, signature)

    def get(self, path, **parameters):
        return self.ask("GET", f"/api/partner/{path}?" + urllib.parse.urlencode(parameters))
