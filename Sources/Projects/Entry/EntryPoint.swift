import Platform

/// A named way to run a project: a shell command, a native trainer or a notebook, with typed parameters.
package struct EntryPoint: Sendable, Hashable {
  package var name: String
  /// The shell command, with `{name}` where a parameter's value goes.
  package var command: String?
  /// The native trainer that runs instead of a command.
  package var trainer: String?
  /// The notebook that runs instead of a command: a path below the project's folder.
  package var notebook: String?
  /// In the order of the file. Of a trainer: what the file says of its parameters; see ``declaring(_:)``.
  package var parameters: [Parameter]
  /// Of a trainer: keys beside those of this type, with their structured values, such as `cv`.
  package var settings: [Setting] = []
  package var description: String?
  /// Paths relative to the project's folder.
  package var inputs: [String]
  /// Paths relative to the project's folder, inside of it.
  package var outputs: [String]
  /// Whether a parameter that is not declared is a mistake; commands get them all the same.
  package var takesOnlyDeclared = false
  /// Whether it may be skipped when its result is known.
  package var caches = true
  /// The code that its result depends on: paths and patterns, relative to the project's folder; nil: not declared.
  package var sources: [String]?
  /// Suites of tests that must pass before it runs.
  package var requires: [String] = []
  package var timeout: Duration?
  /// Variables for the child, in the order of the file.
  package var environment: [Variable]
  /// Where its name stands; nil for a script without an entry point.
  package var location: SourceLocation?
  /// Where its command stands.
  package var commandLocation: SourceLocation?

  /// An environment variable.
  package struct Variable: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    name: String, command: String? = nil, trainer: String? = nil, notebook: String? = nil,
    parameters: [Parameter] = [], description: String? = nil, inputs: [String] = [],
    outputs: [String] = [], timeout: Duration? = nil, environment: [Variable] = [],
    location: SourceLocation? = nil, commandLocation: SourceLocation? = nil
  ) {
    self.name = name
    self.command = command
    self.trainer = trainer
    self.notebook = notebook
    self.parameters = parameters
    self.description = description
    self.inputs = inputs
    self.outputs = outputs
    self.timeout = timeout
    self.environment = environment
    self.location = location
    self.commandLocation = commandLocation
  }
}

extension EntryPoint {
  package func parameter(named name: String) -> Parameter? {
    parameters.first { $0.name == name }
  }
}
