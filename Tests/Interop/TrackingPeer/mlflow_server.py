"""Starts MLflow's own server in one process, with a SQLite file, on a free port of the loopback.

Usage: mlflow_server.py FOLDER; it prints `listens on http://127.0.0.1:PORT/` and ends with its standard input.
"""

import os
import pathlib
import socket
import sys
import threading


def settings(folder):
    """The variables by which `mlflow server` tells its workers what they serve."""
    return {
        "_MLFLOW_SERVER_FILE_STORE": f"sqlite:///{folder}/mlflow.db",
        "_MLFLOW_SERVER_ARTIFACT_ROOT": "mlflow-artifacts:/",
        "_MLFLOW_SERVER_ARTIFACT_DESTINATION": str(folder / "artifacts"),
        "_MLFLOW_SERVER_SERVE_ARTIFACTS": "true",
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "DO_NOT_TRACK": "true",
    }


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    os.environ.update(settings(folder))
    # Its reader may be gone before it: nobody should be left behind.
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()

    import uvicorn
    from mlflow.server import handlers
    from mlflow.server.fastapi_app import app

    handlers.initialize_backend_stores(os.environ["_MLFLOW_SERVER_FILE_STORE"], None, "mlflow-artifacts:/")
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    print(f"listens on http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False))
    server.run(sockets=[listener])


if __name__ == "__main__":
    main()
