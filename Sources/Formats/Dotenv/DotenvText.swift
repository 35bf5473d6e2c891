import Platform

/// `NAME=value` lines as python-dotenv 1.2 reads them, which is what `mlflow --env-file` takes: `export`, comments,
/// quotes with escapes and over several lines, `${NAME}` and `${NAME:-default}`.
package struct DotenvText: Sendable, Hashable {
  /// A name and its value, before what `${…}` stands for is put in.
  package struct Entry: Sendable, Hashable {
    package var name: String
    package var value: String
  }

  /// In the order of the text; names may repeat.
  package private(set) var entries: [Entry] = []

  /// - Throws: ``ParseFailure`` at the first line that is none of those (python-dotenv warns and leaves it out).
  package init(parsing text: String) throws(ParseFailure) {
    var scanner = DotenvScanner(text)
    while let entry = try scanner.next() { entries.append(entry) }
  }

  /// The values by name, with `${…}` filled in: from the environment, else from the lines above.
  ///
  /// A variable that the environment has already is not in the result, since it stays as it is.
  package func variables(in environment: [String: String]) -> [String: String] {
    var result: [String: String] = [:]
    for entry in entries {
      result[entry.name] = Self.filled(entry.value) { environment[$0] ?? result[$0] }
    }
    return result.filter { environment[$0.key] == nil }
  }

  private static func filled(_ text: String, value: (String) -> String?) -> String {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
    var rest = Array(text.unicodeScalars)[...]
    var result = String.UnicodeScalarView()
    while let scalar = rest.first {
      guard scalar == "$", let (reference, end) = reference(rest) else {
        result.append(scalar)
        rest.removeFirst()
        continue
      }
      result.append(contentsOf: (value(reference.name) ?? reference.otherwise).unicodeScalars)
      rest = rest[end...]
    }
    return String(result)
  }

  /// `${NAME}` or `${NAME:-default}` at the start of some text.
  private static func reference(
    _ text: ArraySlice<Unicode.Scalar>
  ) -> ((name: String, otherwise: String), end: Int)? {
    guard text.starts(with: "${".unicodeScalars), let close = text.firstIndex(of: "}") else {
      return nil
    }
    let inside = text[text.startIndex + 2..<close]
    let name = inside.prefix { $0 != ":" }
    let rest = inside.dropFirst(name.count)
    guard rest.isEmpty || rest.starts(with: ":-".unicodeScalars) else { return nil }
    return ((String(scalars: name), String(scalars: rest.dropFirst(2))), close + 1)
  }
}
