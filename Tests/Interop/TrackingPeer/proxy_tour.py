"""Goes to a tracking server through a proxy that ends TLS, with MLflow's client and byte by byte.

Usage: proxy_tour.py HOST PORT CERTIFICATE MEGABYTES; it prints one line of JSON.
"""

import base64
import hashlib
import http.client
import json
import os
import pathlib
import ssl
import sys
import tempfile

PASSWORD = "a long enough password"


def write(path, megabytes):
    """A file that does not compress, the same in every run; its digest."""
    digest = hashlib.sha256()
    block = b""
    with path.open("wb") as file:
        for _ in range(megabytes):
            block = b"".join(hashlib.sha512(block + bytes([n & 255, n >> 8])).digest() for n in range(64)) * 256
            file.write(block)
            digest.update(block)
    return digest.hexdigest()


def digest_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def there_and_back(address, megabytes):
    """Whether a large file comes back as it went, by MLflow's client."""
    import mlflow

    client = mlflow.MlflowClient(address)
    run = client.create_run(client.create_experiment("through a proxy")).info.run_id
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        large = folder / "large.bin"
        sent = write(large, megabytes)
        client.log_artifact(run, str(large))
        large.unlink()
        back = client.download_artifacts(run, "large.bin", str(folder))
        listed = [(file.path, file.file_size) for file in client.list_artifacts(run)]
        return {"same": digest_of(back) == sent, "size": os.path.getsize(back), "listed": listed}


def ask(host, port, method, path, user="admin", password=PASSWORD, source="127.0.0.1", tls=None, headers=(),
        body=None):
    """The status and the headers of one request, from an address of the loopback."""
    if tls:
        link = http.client.HTTPSConnection(host, port, source_address=(source, 0), context=tls, timeout=60)
    else:
        link = http.client.HTTPConnection(host, port, source_address=(source, 0), timeout=60)
    word = base64.b64encode(f"{user}:{password}".encode()).decode()
    link.request(method, path, body, headers={"Authorization": f"Basic {word}", **dict(headers)})
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer.status, {key.lower(): value for key, value in answer.getheaders()}


def main():
    host, port, certificate, megabytes = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    os.environ.update(
        MLFLOW_TRACKING_USERNAME="admin", MLFLOW_TRACKING_PASSWORD=PASSWORD,
        MLFLOW_TRACKING_SERVER_CERT_PATH=certificate, MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true",
    )
    tls = ssl.create_default_context(cafile=certificate)
    told = there_and_back(f"https://{host}:{port}", megabytes)
    told["version"], headers = ask(host, port, "GET", "/version", tls=tls)
    told["strict transport"] = headers.get("strict-transport-security")
    # Who says to be from elsewhere is not believed.
    told["wrong password"], _ = ask(
        host, port, "GET", "/version", user="mallory", password="wrong password", source="127.0.0.2", tls=tls,
        headers=[("X-Real-IP", "192.0.2.7"), ("X-Forwarded-For", "192.0.2.8")],
    )
    told["plain"], _ = ask(host, port, "GET", "/version", user="plain", password="in the clear")
    told["other host"], _ = ask(host, port, "GET", "/version", tls=tls, headers=[("Host", "evil.example")])
    origin = f"https://{host}:{port}"
    for name, site in [("own page", origin), ("other page", "https://evil.example")]:
        told[name], _ = ask(
            host, port, "POST", "/api/2.0/mlflow/experiments/search", tls=tls, body=b'{"max_results": 1}',
            headers=[("Origin", site), ("Content-Type", "application/json")])
    print(json.dumps(told))


if __name__ == "__main__":
    main()
