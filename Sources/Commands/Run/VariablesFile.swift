import Platform
import SystemPackage

/// A file of variables as `mlflow --env-file` takes it: `NAME=value` lines, `#` comments, `export` and quotes allowed.
enum VariablesFile {
  static func read(_ path: FilePath) throws -> [String: String] {
    var variables: [String: String] = [:]
    let lines = try FileSystem.readText(path).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      var rest = line.drop { $0 == " " || $0 == "\t" }
      if rest.isEmpty || rest.hasPrefix("#") { continue }
      if rest.hasPrefix("export ") { rest = rest.dropFirst(7).drop { $0 == " " } }
      guard let equals = rest.firstIndex(of: "="), equals != rest.startIndex else {
        throw Failure(
          .parse, "a line that is not `NAME=value`",
          at: SourceLocation(file: path.string, line: index + 1, column: 1))
      }
      let name = rest[..<equals].filter { !$0.isWhitespace }
      variables[String(name)] = value(rest[rest.index(after: equals)...])
    }
    return variables
  }

  private static func value(_ text: Substring) -> String {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote)
    {
      return String(text.dropFirst().dropLast())
    }
    return String(text)
  }
}
