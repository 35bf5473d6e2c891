"""Starts MLflow's own server with basic-auth, of its second or third version, on a free port of the loopback.

Usage: auth_server.py FOLDER; it prints `listens on http://127.0.0.1:PORT/` and ends with its standard input.
"""

import os
import pathlib
import socket
import sys
import threading

import auth_app
from mlflow_server import settings


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    os.environ.update(settings(folder), _MLFLOW_SGI_NAME="uvicorn")
    auth_app.prepare(folder)
    # Its reader may be gone before it: nobody should be left behind.
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()

    import mlflow.server
    import mlflow.server.auth
    from mlflow.server import handlers

    handlers.initialize_backend_stores(os.environ["_MLFLOW_SERVER_FILE_STORE"], None, "mlflow-artifacts:/")
    app = mlflow.server.auth.create_app(mlflow.server.app)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    print(f"listens on http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
    if mlflow.__version__.startswith("2."):
        from werkzeug.serving import make_server

        make_server("127.0.0.1", 0, app, threaded=True, fd=listener.fileno()).serve_forever()
    else:
        import uvicorn

        uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False)).run(sockets=[listener])


if __name__ == "__main__":
    main()
