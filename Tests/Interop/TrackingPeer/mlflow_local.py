"""MLflow's real server in this process: requests go to its applications as its web server would hand them over."""

import asyncio
import io
import logging
import os
import pathlib
import urllib.parse
import warnings

from mlflow_server import settings
from wire import Wire

# What FastAPI answers itself, before Flask is asked.
NATIVE = (
    "/api/2.0/mlflow-artifacts/artifacts/", "/ajax-api/2.0/mlflow-artifacts/artifacts/", "/health", "/version",
    "/api/3.0/mlflow/server-info", "/ajax-api/3.0/mlflow/server-info",
)


class Local(Wire):
    """MLflow's server, on a SQLite file in a folder."""

    def __init__(self, folder):
        super().__init__("http://127.0.0.1:5000")
        folder = pathlib.Path(folder).resolve()
        os.environ.update(settings(folder))
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
        from mlflow.server import app, handlers
        from mlflow.server.fastapi_app import app as native

        handlers.initialize_backend_stores(os.environ["_MLFLOW_SERVER_FILE_STORE"], None, "mlflow-artifacts:/")
        self.flask, self.native = app, native
        self.loop = asyncio.new_event_loop()

    def send(self, method, target, body, headers):
        path, _, query = target.partition("?")
        if path.startswith(NATIVE):
            return self.loop.run_until_complete(self.asgi(method, path, query, body, headers))
        return self.wsgi(method, path, query, body, headers)

    def wsgi(self, method, path, query, body, headers):
        """Asks the Flask application."""
        environ = {
            "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": urllib.parse.unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query, "SERVER_NAME": "localhost", "SERVER_PORT": "5000", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body or b""),
            "wsgi.errors": io.StringIO(), "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
        }
        for name, value in headers.items():
            word = name.upper().replace("-", "_")
            environ[word if word == "CONTENT_TYPE" else f"HTTP_{word}"] = value
        if body is not None:
            environ["CONTENT_LENGTH"] = str(len(body))
        told = {}

        def start(status, fields, error=None):
            told["status"] = int(status.split()[0])
            told["headers"] = {k.lower(): v for k, v in fields}

        answer = self.flask(environ, start)
        data = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        return told["status"], told["headers"], data

    async def asgi(self, method, path, query, body, headers):
        """Asks the FastAPI application."""
        fields = [(k.lower().encode(), v.encode("latin-1")) for k, v in headers.items()]
        fields.append((b"content-length", str(len(body or b"")).encode()))
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": urllib.parse.unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "headers": fields, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 5000),
        }
        told = {"status": 0, "headers": {}, "data": b""}
        asked = False

        async def receive():
            nonlocal asked
            if asked:
                await asyncio.sleep(3600)
            asked = True
            return {"type": "http.request", "body": body or b"", "more_body": False}

        async def send(message):
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                told["headers"] = {k.decode().lower(): v.decode("latin-1") for k, v in message["headers"]}
            else:
                told["data"] += message.get("body", b"")

        try:
            await self.native(scope, receive, send)
        except Exception:
            # The web server says 500 for what its application throws.
            if not told["status"]:
                told["status"] = 500
        return told["status"], told["headers"], told["data"]
