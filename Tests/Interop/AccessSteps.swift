import Formats

/// Requests to a server with users, one after the other.
struct AccessSteps {
  /// What of an answer is the same in both servers.
  enum Sameness: String {
    case all
    /// The status, and the names of the members, at their places.
    case names
    case status
    /// Whether it is allowed; what comes of it needs a server that MLflow's app has no address of here.
    case allowed
    /// The status, and what a refusal says.
    case refusal
  }

  private(set) var steps: [JSONValue] = []
  private(set) var sameness: [Sameness] = []

  mutating func add(
    _ user: String, _ method: String, _ path: String, _ body: JSONValue? = nil, query: String = "",
    password: String? = nil, save: [String] = [], as sameness: Sameness = .all
  ) {
    steps.append([
      "user": .string(user), "method": .string(method), "path": .string(path),
      "body": body ?? .null, "query": .string(query),
      "password": password.map { .string($0) } ?? .null,
      "save": save.isEmpty ? .null : .array(save.map { .string($0) }),
    ])
    self.sameness.append(sameness)
  }

  private static let two = "/api/2.0/mlflow/"
  private static let three = "/api/3.0/mlflow/"

  /// The users of the tests that are about what they may do.
  mutating func accounts() {
    for name in ["ana", "bo"] {
      add("admin", "POST", Self.two + "users/create", account(name), as: .status)
    }
  }

  /// Users: made, looked at, changed, deleted; rightly and wrongly.
  mutating func users() {
    let (two, three) = (Self.two, Self.three)
    add("", "GET", two + "users/current", as: .status)
    add("ana", "GET", two + "users/current", as: .status)
    for name in ["ana", "bo", "cy", "di"] {
      add("admin", "POST", two + "users/create", account(name))
    }
    add("admin", "POST", two + "users/create", account("ana"))
    add("admin", "POST", two + "users/create", account("ev", "short"))
    add("admin", "POST", two + "users/create", account("ev", "elevenchars"))
    add("admin", "POST", two + "users/create", account(""), as: .status)
    add("admin", "POST", two + "users/create", ["username": "ev"])
    add("admin", "POST", two + "users/create", ["password": "a long enough password"])
    add("ana", "POST", two + "users/create", account("ev"), as: .status)
    for asker in ["admin", "ana", "bo"] {
      for name in ["ana", "bo", "nobody"] {
        add(asker, "GET", two + "users/get", query: "username=\(name)")
        add(asker, "GET", three + "users/permissions/list", query: "username=\(name)")
        add(asker, "GET", three + "users/roles/list", query: "username=\(name)")
      }
      add(asker, "GET", two + "users/get")
      add(asker, "GET", two + "users/current")
      add(asker, "GET", "/ajax-api/2.0/mlflow/users/current")
      add(asker, "GET", two + "users/list")
    }
    let new = "another long password"
    for body: JSONValue in [
      ["username": "ana"], ["username": "ana", "password": .string(new)],
      ["username": "ana", "password": .string(new), "current_password": "wrong"],
      [
        "username": "ana", "password": "a long enough password",
        "current_password": "a long enough password",
      ], ["username": "ana", "password": "short", "current_password": "a long enough password"],
      ["username": "bo", "password": .string(new)],
      ["username": "ana", "password": .string(new), "current_password": "a long enough password"],
    ] { add("ana", "PATCH", two + "users/update-password", body) }
    add("ana", "GET", two + "users/current", as: .status)
    add("ana", "GET", two + "users/current", password: new)
    add(
      "admin", "PATCH", two + "users/update-password",
      ["username": "ana", "password": "a long enough password"])
    add("ana", "GET", two + "users/current")
    add(
      "admin", "PATCH", two + "users/update-password", ["username": "x", "password": .string(new)])
    add("ana", "PATCH", two + "users/update-admin", ["username": "ana", "is_admin": true])
    add("admin", "PATCH", two + "users/update-admin", ["username": "di", "is_admin": true])
    add("di", "GET", two + "users/list")
    add("admin", "PATCH", two + "users/update-admin", ["username": "di", "is_admin": false])
    add("admin", "PATCH", two + "users/update-admin", ["username": "x", "is_admin": false])
    add("admin", "PATCH", two + "users/update-admin", ["username": "di"])
    add("ana", "DELETE", two + "users/delete", ["username": "bo"])
    add("admin", "DELETE", two + "users/delete", ["username": "admin"])
    add("admin", "DELETE", two + "users/delete", ["username": "x"])
    add("admin", "DELETE", two + "users/delete", ["username": "di"])
    add("di", "GET", two + "users/current", as: .status)
  }

  private func account(_ name: String, _ password: String = "a long enough password") -> JSONValue {
    ["username": .string(name), "password": .string(password)]
  }

  /// Grants: given, taken, asked for; rightly and wrongly.
  mutating func grants() {
    let three = Self.three
    func grant(_ kind: String, _ id: String, _ level: String, to user: String = "bo") -> JSONValue {
      [
        "username": .string(user), "resource_type": .string(kind), "resource_id": .string(id),
        "permission": .string(level),
      ]
    }
    for level in ["READ", "NO_PERMISSIONS", "WRITE", "deny", ""] {
      add(
        "admin", "POST", three + "users/permissions/grant", grant("experiment", "1\(level)", level))
    }
    for kind in ["workspace", "experiments", "run", "registered_model", "prompt", "logged_model"] {
      for id in ["*", "x"] {
        add("admin", "POST", three + "users/permissions/grant", grant(kind, id, "EDIT"))
        add(
          "admin", "GET", three + "users/permissions/get",
          query: "username=bo&resource_type=\(kind)&resource_id=\(id)",
          as: kind == "prompt" || kind == "registered_model" ? .all : .status)
        add("bo", "POST", three + "users/permissions/grant", grant(kind, id, "MANAGE"))
        add("bo", "POST", three + "users/permissions/revoke", grant(kind, id, ""))
      }
    }
    add("admin", "GET", three + "users/permissions/list", query: "username=bo")
    for (kind, id) in [
      ("run", "*"), ("registered_model", "*"), ("registered_model", "x"),
      ("prompt", "*"), ("prompt", "x"), ("logged_model", "*"), ("experiment", "1READ"), ("x", "y"),
    ] {
      for _ in 0..<2 {
        add("admin", "POST", three + "users/permissions/revoke", grant(kind, id, ""))
      }
    }
    add(
      "admin", "POST", three + "users/permissions/grant", grant("experiment", "1", "READ", to: "x"))
    add("admin", "POST", three + "users/permissions/grant", ["username": "bo"])
    add(
      "admin", "GET", three + "users/permissions/get", query: "username=bo&resource_type=experiment"
    )
    add(
      "bo", "GET", three + "users/permissions/get",
      query: "username=cy&resource_type=experiment&resource_id=0")
    add("bo", "GET", three + "users/current/permissions")
  }

  /// Roles and who has them.
  mutating func roles() {
    let three = Self.three
    func role(_ name: String, _ workspace: String = "default") -> JSONValue {
      ["name": .string(name), "workspace": .string(workspace), "description": "d"]
    }
    for (name, workspace) in [("team", "default"), ("team", "other"), ("chief", "default")] {
      add(
        "admin", "POST", three + "roles/create", role(name, workspace),
        save: ["\(name)_\(workspace)", "role", "id"])
    }
    for body in [
      role("team"), role(" "), role("x", " "), role("__user_7__"), ["name": "x"],
      ["workspace": "default"],
    ] {
      add("admin", "POST", three + "roles/create", body)
    }
    add("bo", "POST", three + "roles/create", role("mine"))
    let team: JSONValue = ["role_id": "$team_default"]
    for asker in ["admin", "bo"] {
      for (verb, query) in [
        ("roles/get", "role_id=$team_default"), ("roles/get", "role_id=999"),
        ("roles/get", "role_id=x"),
        ("roles/list", ""), ("roles/list", "workspace=default"),
        ("roles/list", "workspace=default&workspace=other"),
        ("roles/users/list", "role_id=$team_default"),
        ("roles/permissions/list", "role_id=$team_default"),
        ("roles/permissions/list", "role_id=999"),
      ] {
        add(asker, "GET", three + verb, query: query, as: query.hasSuffix("=x") ? .status : .all)
      }
      add(asker, "POST", three + "roles/assign", ["username": "cy", "role_id": "$team_default"])
      for (kind, pattern, level) in [
        ("experiment", "*", "EDIT"), ("experiment", "*", "READ"), ("run", "7", "READ"),
        ("run", "*", "DENY"),
        ("workspace", "*", "READ"), ("workspace", "7", "USE"), ("nothing", "*", "READ"),
        ("experiment", "7", "ALL"),
      ] {
        add(
          asker, "POST", three + "roles/permissions/add",
          [
            "role_id": "$team_default", "resource_type": .string(kind),
            "resource_pattern": .string(pattern),
            "permission": .string(level),
          ])
      }
      add(asker, "PATCH", three + "roles/update", team)
      add(asker, "PATCH", three + "roles/update", ["role_id": "$team_default", "name": "chief"])
      add(
        asker, "PATCH", three + "roles/update",
        ["role_id": "$team_default", "name": "crew", "description": "e"])
    }
    add("cy", "GET", three + "roles/get", query: "role_id=$team_default")
    add("cy", "GET", three + "users/roles/list", query: "username=cy")
    add("cy", "GET", three + "users/current/permissions")
    add(
      "admin", "DELETE", three + "roles/unassign", ["username": "bo", "role_id": "$team_default"])
    add("bo", "DELETE", three + "roles/unassign", ["username": "cy", "role_id": "$team_default"])
    add(
      "admin", "DELETE", three + "roles/unassign", ["username": "cy", "role_id": "$team_default"])
    add("admin", "POST", three + "roles/assign", ["username": "x", "role_id": "$team_default"])
    add("admin", "POST", three + "roles/assign", ["username": "cy", "role_id": 999])
    add("bo", "DELETE", three + "roles/delete", team)
    add("admin", "DELETE", three + "roles/delete", team)
    add("admin", "DELETE", three + "roles/delete", team)
    add("admin", "GET", three + "roles/list")
  }
}
