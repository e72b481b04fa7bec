# SPDX-License-Identifier: Apache-2.0
"""A client certificate as second factor, through the nginx of the edge: what it verifies, what it passes on, what it lets nobody
write. Certificates are openssl's."""
import copy
import http.client
import json
import ssl
import subprocess


def openssl(*words):
    return subprocess.run(["openssl", *map(str, words)], capture_output=True, check=True).stdout


class Authority:
    """An issuer and the certificates it hands out."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.key, self.certificate = folder / f"{name}.key", folder / f"{name}.pem"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                "-subj", f"/CN={name}", "-keyout", self.key, "-out", self.certificate)

    def issue(self, name):
        key, asked, made = (self.folder / f"{name}.{kind}" for kind in ("key", "csr", "pem"))
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
                "-keyout", key, "-out", asked)
        openssl("x509", "-req", "-in", asked, "-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial", "-days", "30",
                "-out", made)
        return Certificate(key, made)


class Certificate:
    def __init__(self, key, path):
        self.key, self.path = key, path

    @property
    def fingerprint(self):
        """As nginx tells it and the security administrator registers it."""
        return openssl("x509", "-in", self.path, "-noout", "-fingerprint", "-sha1").decode().split("=")[1].strip() \
            .replace(":", "").lower()


def holding(person, certificate, authority):
    """The same person at a browser that shows this certificate, or none; logged in nowhere."""
    other = copy.copy(person)
    other.cookie = other.connection = None
    other.context = ssl.create_default_context(cafile=authority)
    if certificate:
        other.context.load_cert_chain(certificate.path, certificate.key)
    return other


def raw(person, path, body, headers=None):
    """Status, media type and answer; forged headers go with it."""
    connection = http.client.HTTPSConnection(person.host, int(person.port), context=person.context, timeout=60)
    try:
        connection.request("POST", path, json.dumps(body).encode(), {
            "Origin": person.origin, "X-Fundnode": "1", "Content-Type": "application/json", **(headers or {})})
        answer = connection.getresponse()
        content = answer.read()
        return answer.status, answer.getheader("Content-Type", ""), answer.getheader("Set-Cookie"), json.loads(content)
    finally:
        connection.close()
