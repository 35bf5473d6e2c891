"""MLflow's basic-auth without the page to sign up, whose library is not installed: for its client and its server."""

import os
import sys
import types

PASSWORD = "a long enough password"


class CSRFProtect:
    def __init__(self, *args):
        pass

    init_app = exempt = protect = lambda self, *args: None


def prepare(folder):
    """Writes the settings, and makes `mlflow.server.auth` loadable."""
    ini = folder / "auth.ini"
    lines = [
        "[mlflow]",
        "default_permission = READ",
        f"database_uri = sqlite:///{folder}/basic_auth.db",
        "admin_username = admin",
        f"admin_password = {PASSWORD}",
        "authorization_function = mlflow.server.auth:authenticate_request_basic_auth",
        "auth_cache_ttl_seconds = 3600",
    ]
    ini.write_text("\n".join(lines) + "\n")
    os.environ.update(MLFLOW_AUTH_CONFIG_PATH=str(ini), MLFLOW_FLASK_SERVER_SECRET_KEY="x" * 32)
    csrf = types.ModuleType("flask_wtf.csrf")
    csrf.CSRFProtect = CSRFProtect
    sys.modules["flask_wtf"] = types.ModuleType("flask_wtf")
    sys.modules["flask_wtf.csrf"] = csrf

    # The second version asks SQLAlchemy for a pool that newer ones have no more, and uses it nowhere here.
    import sqlalchemy.pool

    if not hasattr(sqlalchemy.pool, "FallbackAsyncAdaptedQueuePool"):
        sqlalchemy.pool.FallbackAsyncAdaptedQueuePool = sqlalchemy.pool.AsyncAdaptedQueuePool
