import Formats

/// What a server tells of itself.
enum ServerEndpoints {
  static let all: [Endpoint] = [info, telemetry, gateway(.get), gateway(.post)]

  static let info = Endpoint(.get, "server-info", version: "3.0", access: .open) { _, _ in
    [
      "store_type": "SqlStore", "workspaces_enabled": false, "trace_archival_enabled": false,
      "multipart_uploads_enabled": false, "multipart_downloads_enabled": false,
      "presigned_upload_run_id_supported": false, "features_enabled": ["gateway": false],
    ]
  }

  /// MLflow's web pages ask whether they may report on their users. They may not.
  static let telemetry = Endpoint(.get, "ui-telemetry", version: "3.0", access: .signedIn) { _, _ in
    ["disable_ui_telemetry": true, "disable_ui_events": [], "ui_rollout_percentage": 0]
  }

  /// MLflow's web pages ask which language models a gateway serves. There is no gateway here, as on a server of MLflow
  /// that was told of none.
  static func gateway(_ method: Endpoint.Method) -> Endpoint {
    Endpoint(method, "gateway-proxy", access: .signedIn) { _, _ in ["endpoints": []] }
  }
}
