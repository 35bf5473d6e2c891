import Formats

/// How templates are written and rendered: the options of a Jinja2 `Environment`.
package struct TemplateOptions: Sendable, Hashable {
  package var blockStart = "{%"
  package var blockEnd = "%}"
  package var variableStart = "{{"
  package var variableEnd = "}}"
  package var commentStart = "{#"
  package var commentEnd = "#}"
  package var lineStatementPrefix: String?
  package var lineCommentPrefix: String?
  package var trimBlocks = false
  package var lstripBlocks = false
  /// `\n`, `\r\n` or `\r`: what line ends of the source become.
  package var newlineSequence = "\n"
  package var keepTrailingNewline = false
  package var autoescape = false
  package var undefined = UndefinedKind.standard
  /// As written, such as `jinja2.ext.do`; they decide whether `do`, `break`, `continue` and `trans` are tags.
  package var extensions: [String] = []

  package init() {}
}

extension TemplateOptions {
  /// Reads Jinja2's own option names (`trim_blocks`, `variable_start_string`, …).
  ///
  /// - Throws: `TypeError` for an option that Jinja2 does not have or a value of the wrong kind.
  package init(json: JSONValue) throws(TemplateError) {
    self.init()
    guard let members = json.members else { throw .type("the environment must be a JSON object") }
    for member in members { try set(member.key, member.value) }
    try check()
  }

  /// Sets one option by Jinja2's name.
  package mutating func set(_ key: String, _ value: JSONValue) throws(TemplateError) {
    switch key {
    case "block_start_string": blockStart = try Self.text(key, value)
    case "block_end_string": blockEnd = try Self.text(key, value)
    case "variable_start_string": variableStart = try Self.text(key, value)
    case "variable_end_string": variableEnd = try Self.text(key, value)
    case "comment_start_string": commentStart = try Self.text(key, value)
    case "comment_end_string": commentEnd = try Self.text(key, value)
    case "line_statement_prefix": lineStatementPrefix = try Self.optionalText(key, value)
    case "line_comment_prefix": lineCommentPrefix = try Self.optionalText(key, value)
    case "trim_blocks": trimBlocks = Self.truth(value)
    case "lstrip_blocks": lstripBlocks = Self.truth(value)
    case "newline_sequence": newlineSequence = try Self.text(key, value)
    case "keep_trailing_newline": keepTrailingNewline = Self.truth(value)
    case "autoescape": autoescape = Self.truth(value)
    case "undefined":
      let name = try Self.text(key, value)
      guard let kind = UndefinedKind(name: name) else {
        throw .type("there is no undefined class `\(name)`")
      }
      undefined = kind
    case "extensions":
      if let name = value.string {
        extensions = [name]
      } else {
        extensions = (value.array ?? []).compactMap(\.string)
      }
    case "optimized", "cache_size", "auto_reload", "enable_async", "finalize", "loader",
      "bytecode_cache":
      break
    default:
      throw .type("Environment.__init__() got an unexpected keyword argument '\(key)'")
    }
  }

  /// Checks what Jinja2 asserts of its options.
  package func check() throws(TemplateError) {
    guard ["\n", "\r\n", "\r"].contains(where: { $0.utf8.elementsEqual(newlineSequence.utf8) })
    else {
      throw TemplateError(
        "AssertionError", "'newline_sequence' must be one of '\\n', '\\r\\n', or '\\r'.")
    }
    guard blockStart != variableStart, variableStart != commentStart, blockStart != commentStart
    else {
      throw TemplateError(
        "AssertionError",
        "block, variable and comment start strings must be different")
    }
    let delimiters = [
      blockStart, blockEnd, variableStart, variableEnd, commentStart, commentEnd,
    ]
    guard !delimiters.contains("") else { throw .value("a delimiter must not be empty") }
  }

  private static func text(_ key: String, _ value: JSONValue) throws(TemplateError) -> String {
    guard let text = value.string else { throw .type("`\(key)` must be a string") }
    return text
  }

  private static func optionalText(
    _ key: String, _ value: JSONValue
  ) throws(TemplateError) -> String? {
    if value == .null { return nil }
    let text = try text(key, value)
    return text.isEmpty ? nil : text
  }

  private static func truth(_ value: JSONValue) -> Bool {
    switch value {
    case .null: false
    case .bool(let value): value
    case .int(let value): value != 0
    case .double(let value): value != 0
    case .string(let text): !text.isEmpty
    case .array(let values): !values.isEmpty
    case .object(let members): !members.isEmpty
    }
  }
}
