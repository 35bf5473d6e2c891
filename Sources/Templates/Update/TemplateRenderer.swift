import Formats

/// Renders one version of a template with answers; cookiecutter's rules are one such, copier's another.
///
/// The seam between an update and the programs whose templates it follows: an update asks for two renderings and merges.
package protocol TemplateRenderer: Sendable {
  /// - Throws: ``Failure`` with file and line when the template cannot be rendered.
  func render(_ request: RenderingRequest) async throws -> TemplateRendering
}

/// What is to be rendered.
package struct RenderingRequest: Sendable {
  /// Which of the two sides of an update it is for.
  package enum Side: Sendable, Hashable {
    /// The version that the project has: recorded answers, no questions.
    case old
    /// The version that it gets.
    case new
    /// A project of its own, for `template test`.
    case fresh
  }

  package var side: Side
  package var template: TemplateCheckout
  /// The address that is recorded and that templates see.
  package var address: String
  package var directory: String?
  package var checkout: String?
  /// Recorded answers, as an object.
  package var answers: JSONValue
  /// Answers that were given for this update, from `key=value`; text that the renderer reads as the question wants it.
  package var given: [Given]
  /// Whether a person may be asked what is not answered.
  package var asks: Bool
  /// Whether programs that the template brings may run.
  package var isTrusted: Bool
  /// Whether the commands that are run after rendering (copier's tasks) are left out.
  package var skipsTasks = false
  /// The name of the project's folder.
  package var folderName: String

  package struct Given: Sendable, Hashable {
    package var key: String
    package var value: String

    package init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  package init(
    side: Side, template: TemplateCheckout, address: String, directory: String? = nil,
    checkout: String? = nil, answers: JSONValue = .object([]), given: [Given] = [],
    asks: Bool = false, isTrusted: Bool = false, folderName: String
  ) {
    self.side = side
    self.template = template
    self.address = address
    self.directory = directory
    self.checkout = checkout
    self.answers = answers
    self.given = given
    self.asks = asks
    self.isTrusted = isTrusted
    self.folderName = folderName
  }
}

/// What came of it.
package struct TemplateRendering: Sendable {
  package var tree: RenderedTree
  /// All answers that it was rendered with and that may be recorded.
  package var answers: JSONValue
  /// Files that are only made where there is none: an update leaves them alone.
  package var madeOnce: Set<TreePath>
  /// The answers with what the template sets for itself, as cruft records them.
  package var variables: JSONValue

  package init(
    tree: RenderedTree, answers: JSONValue, madeOnce: Set<TreePath> = [],
    variables: JSONValue? = nil
  ) {
    self.tree = tree
    self.answers = answers
    self.madeOnce = madeOnce
    self.variables = variables ?? answers
  }
}
