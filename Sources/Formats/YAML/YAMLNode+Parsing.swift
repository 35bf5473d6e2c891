import Platform

extension YAMLNode {
  /// Parses a UTF-8 text that holds one document; nil when it holds none (it is empty, or comments only), which Python
  /// loads as `None`.
  ///
  /// - Throws: ``ParseFailure`` with line and column: bytes that are not UTF-8 or not allowed in YAML, a syntax error, an
  ///   unknown, repeated or recursive anchor, a second document, and whatever is over the limits.
  package init?(
    parsing bytes: [UInt8], limits: YAMLLimits = YAMLLimits()
  ) throws(ParseFailure) {
    let root = try bytes.withUnsafeBufferPointer { (buffer) throws(ParseFailure) in
      let text = try YAMLText.checked(buffer, limits: limits)
      var composer = YAMLComposer(events: YAMLEvents(text), limits: limits)
      return try composer.composeDocument()
    }
    guard let root else { return nil }
    self = root
  }

  /// Parses a UTF-8 text of any number of documents, with `---` between them.
  ///
  /// - Throws: ``ParseFailure`` as ``init(parsing:limits:)`` does, but for a second document.
  package static func documents(
    parsing bytes: [UInt8], limits: YAMLLimits = YAMLLimits()
  ) throws(ParseFailure) -> [YAMLNode] {
    try bytes.withUnsafeBufferPointer { (buffer) throws(ParseFailure) in
      let text = try YAMLText.checked(buffer, limits: limits)
      var composer = YAMLComposer(events: YAMLEvents(text), limits: limits)
      return try composer.composeDocuments()
    }
  }
}

extension YAMLValue {
  /// Parses a UTF-8 text that holds one document, as `yaml.safe_load` does; ``YAMLValue/none`` when it is empty.
  package init(parsing bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) throws(ParseFailure) {
    self = try YAMLNode(parsing: bytes, limits: limits)?.value() ?? .none
  }

  /// Parses YAML text; see ``init(parsing:limits:)``.
  package init(parsing text: String) throws(ParseFailure) {
    try self.init(parsing: Array(text.utf8))
  }
}
