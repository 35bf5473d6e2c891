extension PythonChecks {
  /// The checks that ask the tree and what its names mean.
  package static let semantics: [String: any PythonCheck.Type] = [
    "unused-import": UnusedImports.self,
    "star-import": StarImports.self,
    "undefined": UndefinedNames.self,
    "unused-variable": UnusedVariables.self,
    "redefinition": Redefinitions.self,
    "text-format": TextFormats.self,
    "literal": Literals.self,
    "placement": Placement.self,
    "comparison": Comparisons.self,
    "exception": Exceptions.self,
    "mutable-default": Defaults.self,
    "ambiguous-name": AmbiguousNames.self,
    "lambda-assignment": LambdaAssignments.self,
    "naming": Naming.self,
    "type-hints": TypeHints.self,
    "print": Prints.self,
    "complexity": Complexity.self,
    "docstring": DocstringPresence.self,
    "data-leak": DataLeaks.self,
    "docstring-style": DocstringStyle.self,
  ]
}
