"""Drives all of MLflow's `AuthServiceClient` of the version that runs it, and writes what came of each call.

Usage: auth_tour.py ADDRESS FILE
"""

import json
import os
import pathlib
import sys
import tempfile

import auth_app

WORD = "another long password"


class Tour:
    def __init__(self, address):
        import mlflow
        from mlflow.server.auth.client import AuthServiceClient

        self.client = AuthServiceClient(address)
        self.tracking = mlflow.MlflowClient(address)
        self.lines = []
        self.grants = {}
        self.enter("admin")

    def enter(self, user, password=auth_app.PASSWORD):
        self.user = user
        os.environ.update(MLFLOW_TRACKING_USERNAME=user, MLFLOW_TRACKING_PASSWORD=password)

    def call(self, name, /, *args, **more):
        """Calls a method of the client; what it gives, or how it fails, is written down."""
        from mlflow.exceptions import MlflowException

        value = None
        try:
            value = getattr(self.client, name)(*args, **more)
            shown = self.plain(value)
        except MlflowException as error:
            # MLflow's app refuses without JSON: the client then words it with the whole answer.
            text = str(error)
            code = "PERMISSION_DENIED" if "Permission denied" in text else error.error_code
            # The third version knows more permissions than the second, and names them; a database's own words are its.
            text = text.split(" Error: ")[0].split(" Valid permissions are")[0]
            shown = {"code": code, "text": None if code == "PERMISSION_DENIED" else text}
        # The number of a grant is not the same: MLflow's database gives those that are gone to others.
        shows = args[1:] if name.endswith("e_role_permission") else args
        self.lines.append({"user": self.user, "call": name, "args": [str(a) for a in shows], "gives": shown})
        return value

    def plain(self, value):
        if isinstance(value, (list, tuple)):
            return [self.plain(item) for item in value]
        if hasattr(value, "__dict__"):
            fields = {key.lstrip("_"): self.plain(item) for key, item in vars(value).items()}
            if "resource_pattern" in fields:
                # A database may give the number of a grant that is gone to another.
                fields.pop("id", None)
            # One says that it does not tell, the other does not say.
            fields.pop("password_hash", None)
            return fields
        return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)

    def users(self):
        for name in ["ana", "bo", "cy"]:
            self.call("create_user", name, auth_app.PASSWORD)
        self.call("create_user", "ana", auth_app.PASSWORD)
        for user in ["admin", "ana"]:
            self.enter(user)
            for name in ["ana", "bo", "admin", "nobody"]:
                self.call("get_user", name)
            self.call("create_user", f"by {user}", auth_app.PASSWORD)
            self.call("update_user_admin", "cy", True)
            self.call("get_user", "cy")
            self.call("update_user_admin", "cy", False)
            self.call("update_user_admin", "nobody", True)
            self.call("update_user_password", "cy", WORD)
            self.call("update_user_password", "nobody", WORD)
            self.call("delete_user", "nobody")
        self.enter("cy", WORD)
        self.call("get_user", "cy")
        self.call("delete_user", "cy")
        self.enter("admin")
        self.call("delete_user", "cy")
        self.call("get_user", "cy")
        self.enter("cy", WORD)
        try:
            self.client.get_user("cy")
        except Exception as error:
            self.lines.append({"user": "cy", "is refused": "not authenticated" in str(error) or "401" in str(error)})

    def things(self):
        """What ana makes she manages."""
        self.enter("ana")
        self.experiment = self.tracking.create_experiment("of ana")
        self.tracking.create_registered_model("model of ana")
        self.call("get_user", "ana")

    def levels(self):
        from mlflow.server.auth import permissions

        return [name for name in ["READ", "USE", "EDIT", "MANAGE"] if hasattr(permissions, name)]

    def old_grants(self):
        """Methods of the second version: permissions of experiments and of registered models."""
        for kind, thing in [("experiment", self.experiment), ("registered_model", "model of ana")]:
            def ask(verb, thing, *args):
                self.call(f"{verb}_{kind}_permission", thing, *args)

            for user in ["bo", "ana", "admin"]:
                self.enter(user)
                ask("get", thing, "bo")
                ask("get", thing, "ana")
                for level in ["READ", "EDIT", "MANAGE", "NONSENSE"]:
                    ask("create", thing, "bo", level)
                    ask("get", thing, "bo")
                    ask("update", thing, "bo", level)
                    self.call("get_user", "bo")
                    ask("delete", thing, "bo")
                ask("delete", thing, "bo")
                ask("update", thing, "bo", "READ")
                ask("create", thing, "nobody", "READ")
                ask("get", thing, "nobody")
            # Who was given the management gives it on.
            self.enter("ana")
            ask("create", thing, "bo", "MANAGE")
            self.enter("bo")
            ask("create", thing, "admin", "READ")
            ask("get", thing, "admin")
            ask("delete", thing, "admin")
            ask("delete", thing, "bo")
            ask("get", thing, "bo")

    def grants_of_users(self):
        things = [
            ("experiment", self.experiment), ("experiment", "*"), ("registered_model", "model of ana"), ("run", "*"),
            ("run", "x"), ("workspace", "*"), ("nonsense", "x"), ("prompt", "p"), ("scorer", "1"),
        ]
        for user in ["admin", "ana", "bo"]:
            self.enter(user)
            for kind, thing in things:
                for level in ["READ", "MANAGE", "DENY", "NO_PERMISSIONS", "nonsense"]:
                    self.call("grant_user_permission", "bo", kind, thing, level)
                    self.call("get_user_permission", "bo", kind, thing)
                    self.call("revoke_user_permission", "bo", kind, thing)
                self.call("grant_user_permission", "nobody", kind, thing, "READ")
                self.call("get_user_permission", "ana", kind, thing)
        self.enter("admin")
        for kind, thing in things:
            self.call("revoke_user_permission", "bo", kind, thing)

    def roles(self):
        team = self.call("create_role", "default", "team", "those who train").id
        self.call("create_role", "default", "team")
        other = self.call("create_role", "default", "other").id
        self.call("create_role", "default", " ")
        for user in ["admin", "bo"]:
            self.enter(user)
            for name in ["get_role", "list_role_permissions", "list_role_users"]:
                self.call(name, team)
                self.call(name, 999)
            self.call("list_roles", "default")
            self.call("list_roles", "elsewhere")
            self.call("list_all_roles")
            self.call("update_role", team, name=f"team of {user}")
            self.call("update_role", team, description="new")
            self.call("update_role", team, name="other")
            for kind, pattern, level in [
                ("experiment", "*", "EDIT"), ("experiment", "*", "READ"), ("registered_model", "m", "MANAGE"),
                ("run", "1", "READ"), ("workspace", "*", "READ"), ("workspace", "*", "USE"), ("x", "*", "READ"),
            ]:
                grant = self.call("add_role_permission", team, kind, pattern, level)
                if grant:
                    self.call("update_role_permission", grant.id, "MANAGE")
                    self.call("update_role_permission", grant.id, "nonsense")
                    self.call("list_role_permissions", team)
                    if kind != "experiment":
                        self.call("remove_role_permission", grant.id)
            self.call("remove_role_permission", 999_999)
            self.call("update_role_permission", 999_999, "READ")
            for name in ["bo", "ana", "bo", "nobody"]:
                self.call("assign_role", name, other)
            self.call("list_role_users", other)
            self.call("list_user_roles", "bo")
            self.call("list_user_roles", "ana")
            self.call("list_user_roles", "nobody")
            self.call("unassign_role", "ana", other)
            self.call("unassign_role", "ana", other)
            self.call("delete_role", 999)
        self.enter("admin")
        self.call("delete_role", other)
        self.call("delete_role", team)
        self.call("list_all_roles")


def main():
    with tempfile.TemporaryDirectory() as folder:
        auth_app.prepare(pathlib.Path(folder))
        os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true", MLFLOW_HTTP_REQUEST_MAX_RETRIES="0")
        tour = Tour(sys.argv[1])
        tour.users()
        tour.things()
        if hasattr(tour.client, "create_role"):
            tour.grants_of_users()
            tour.roles()
        if hasattr(tour.client, "create_experiment_permission"):
            tour.old_grants()
        pathlib.Path(sys.argv[2]).write_text(json.dumps(tour.lines, indent=0))


if __name__ == "__main__":
    main()
