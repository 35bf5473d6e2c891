import Server

/// The checks of MLflow's basic-auth by their names (`mlflow/server/auth/__init__.py`), and the rule that each is here.
/// What they ask beside it, of what stands below or comes along, is compared by requests.
enum AccessChecks {
  static let rules: [String: String] = [
    "public": "open", "filtered": "signed in", "itself": "signed in",
    "_allow_authenticated": "signed in", "validate_gateway_proxy": "signed in",
    "validate_can_create_experiment": "signed in",
    "validate_can_create_registered_model": "signed in",
    "validate_can_search_logged_models": "signed in",
    "validate_can_search_model_versions": "signed in",
    // Reading all that are named is asked where searches are filtered.
    "validate_can_search_datasets": "signed in",
    "validate_can_read_experiment": "experiment READ",
    "validate_can_read_experiment_by_name": "experiment name READ",
    "validate_can_update_experiment": "experiment EDIT",
    "validate_can_delete_experiment": "experiment MANAGE",
    "validate_can_create_run": "experiment EDIT",
    "validate_can_create_logged_model": "experiment EDIT",
    "validate_can_read_run": "run READ",
    "validate_can_read_metric_history_bulk": "run READ",
    "validate_can_read_metric_history_bulk_interval": "run READ",
    "validate_can_update_run": "run EDIT", "validate_can_log_metric": "run EDIT",
    "validate_can_log_batch": "run EDIT", "validate_can_log_inputs": "run EDIT",
    "validate_can_log_outputs": "run EDIT", "validate_can_delete_run": "run MANAGE",
    "validate_can_read_logged_model": "logged model READ",
    "validate_can_update_logged_model": "logged model EDIT",
    "validate_can_delete_logged_model": "logged model MANAGE",
    "_validate_can_read_registered_model_or_prompt": "registered model READ",
    "validate_can_read_model_or_prompt_version": "registered model READ",
    "_validate_can_update_registered_model_or_prompt": "registered model EDIT",
    "validate_can_update_model_or_prompt_version": "registered model EDIT",
    "validate_can_create_model_version": "registered model EDIT",
    "validate_can_set_model_or_prompt_version_alias": "registered model EDIT",
    "validate_can_delete_model_or_prompt_version_alias": "registered model MANAGE",
    "validate_can_delete_model_or_prompt_version": "registered model MANAGE",
    "validate_can_delete_registered_model_or_prompt_cascade": "registered model MANAGE",
  ]

  static func words(_ rule: AccessRule) -> String {
    switch rule {
    case .open: "open"
    case .signedIn: "signed in"
    case .admin: "administrator"
    case .on(let subject, let permission): "\(words(subject)) \(permission.rawValue)"
    }
  }

  private static func words(_ subject: AccessRule.Subject) -> String {
    switch subject {
    case .experiment: "experiment"
    case .experimentName: "experiment name"
    case .run: "run"
    case .loggedModel: "logged model"
    case .registeredModel: "registered model"
    case .artifactPath: "artifact"
    }
  }
}
