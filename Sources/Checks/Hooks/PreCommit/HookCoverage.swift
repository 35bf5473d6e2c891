/// Well-known hooks that need an environment of pre-commit's, and the rules of ours that look for the same.
package struct HookCoverage: Sendable, Hashable {
  /// Rules; a name such as `secret` stands for its family.
  package var rules: [String]
  /// What they look at, when it is less than the hook does; nil when it is all.
  package var limits: String?

  /// Nil for a hook that nothing of ours stands in for.
  package static func of(_ hook: PreCommitHook) -> HookCoverage? { known[hook.id] }

  private init(_ rules: [String], _ limits: String? = nil) {
    self.rules = rules
    self.limits = limits
  }

  private static let lines = "Python, YAML, TOML, Markdown and shell"
  private static let secrets = HookCoverage(["secret"])
  private static let style = HookCoverage(
    ["py"], "finds and mends, but does not lay out whole files")

  private static let known: [String: HookCoverage] = [
    "trailing-whitespace": HookCoverage(["py.whitespace", "text.trailing-whitespace"], lines),
    "end-of-file-fixer": HookCoverage(["py.final-newline", "text.final-newline"], lines),
    "check-yaml": HookCoverage(["data.yaml-syntax"]),
    "check-json": HookCoverage(["data.json-syntax"]),
    "check-toml": HookCoverage(["data.toml-syntax"]),
    "check-ast": HookCoverage(["py.syntax-error"]),
    "check-added-large-files": HookCoverage(["layout.large-file"]),
    "check-case-conflict": HookCoverage(["layout.file-names"]),
    "check-illegal-windows-names": HookCoverage(["layout.file-names"]),
    "check-merge-conflict": HookCoverage(["text.merge-conflict", "nb.valid"]),
    "check-builtin-literals": HookCoverage(["py.literal"], "in part"),
    "detect-private-key": HookCoverage(["secret.private-key", "secret.putty-key"]),
    "detect-aws-credentials": HookCoverage(["secret.aws-access-key", "secret.aws-secret-key"]),
    "no-commit-to-branch": HookCoverage(["git.branch-name"]),
    "detect-secrets": secrets, "gitleaks": secrets, "gitleaks-system": secrets,
    "trufflehog": secrets, "ripsecrets": secrets,
    "nbstripout": HookCoverage(["nb.outputs", "nb.hygiene"]),
    "nb-clean": HookCoverage(["nb.outputs", "nb.hygiene"]),
    "ruff": HookCoverage(["py"], "the codes that `reprise rules list` names; tool.ruff runs ruff"),
    "ruff-check": HookCoverage(
      ["py"], "the codes that `reprise rules list` names; tool.ruff runs ruff"),
    "flake8": HookCoverage(["py"], "the codes that `reprise rules list` names"),
    "pycodestyle": HookCoverage(["py"], "the codes that `reprise rules list` names"),
    "pyflakes": HookCoverage(["py"], "the codes that `reprise rules list` names"),
    "autoflake": HookCoverage(["py.unused-import", "py.unused-variable"]),
    "isort": HookCoverage(["py.import-order"]),
    "black": style, "black-jupyter": style, "ruff-format": style, "autopep8": style,
    "pydocstyle": HookCoverage(["py.docstring", "py.docstring-sections"]),
    "mypy": HookCoverage(["tool.mypy"], "when mypy is on the PATH or in `.venv`"),
    "swift-format": HookCoverage(["swift.format"]), "swiftformat": HookCoverage(["swift.format"]),
    "conventional-pre-commit": HookCoverage(["git.commit-message"]),
    "commitizen": HookCoverage(["git.commit-message"]),
    "gitlint": HookCoverage(["git.commit-message"]),
    "reprise-check": HookCoverage(["reprise check"]),
    "reprise-commit-message": HookCoverage(["git.commit-message"]),
    "reprise-push": HookCoverage(["git.branch-name", "git.commit-message"]),
  ]
}
