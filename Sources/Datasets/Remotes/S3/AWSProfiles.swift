import Platform
import SystemPackage

/// The files in which AWS's tools keep profiles: `~/.aws/config` and `~/.aws/credentials` ("Configuration and credential
/// file settings", AWS SDKs and Tools Reference Guide).
struct AWSProfiles: Sendable, Hashable {
  /// Section names as they stand in brackets, `profile ` taken off. Keys in lower case; one that is nested has the
  /// key above and a dot before it, such as `s3.addressing_style`.
  private(set) var sections: [String: [String: String]] = [:]
  /// The settings of one service in a section `[services NAME]`.
  private(set) var services: [String: [String: String]] = [:]

  /// - Throws: ``ParseFailure`` with the line.
  init(parsing text: String) throws(ParseFailure) {
    var section: String?
    var isServices = false
    var above: String?
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let content = Self.trimmed(line)
      if content.isEmpty || content.hasPrefix("#") || content.hasPrefix(";") { continue }
      if content.hasPrefix("["), line.first == "[" {
        guard let close = content.lastIndex(of: "]") else {
          throw ParseFailure("a section without `]`", line: number + 1)
        }
        let title = Self.trimmed(content[content.index(after: content.startIndex)..<close])
        isServices = title.hasPrefix("services ")
        section = Self.unquoted(title, after: ["profile ", "services "])
        above = nil
        continue
      }
      guard let equals = content.firstIndex(of: "="), equals != content.startIndex else {
        throw ParseFailure("a line without `KEY =`", line: number + 1)
      }
      guard let section else { throw ParseFailure("a line before any section", line: number + 1) }
      let key = Self.trimmed(content[..<equals]).lowercased()
      let value = Self.value(content[content.index(after: equals)...])
      let isNested = line.first?.isWhitespace == true && above != nil
      if !isNested { above = value.isEmpty ? key : nil }
      let name = isNested ? "\(above ?? "").\(key)" : key
      if isServices {
        services[section, default: [:]][name] = value
      } else {
        sections[section, default: [:]][name] = value
      }
    }
  }

  init() {}

  /// Reads a file; one that is not there is empty.
  init(file: FilePath) throws {
    guard try FileSystem.status(file)?.kind == .file else {
      self.init()
      return
    }
    do {
      try self.init(parsing: try FileSystem.readText(file, limit: 1 << 22))
    } catch let failure as ParseFailure {
      throw failure.failure(in: file.string)
    }
  }

  private static func value(_ text: Substring) -> String {
    // A comment begins behind a space.
    var end = text.startIndex
    var isAfterSpace = false
    while end < text.endIndex {
      if isAfterSpace, text[end] == "#" || text[end] == ";" { break }
      isAfterSpace = text[end] == " " || text[end] == "\t"
      end = text.index(after: end)
    }
    return trimmed(text[..<end])
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }

  private static func trimmed(_ text: String) -> String { trimmed(text[...]) }

  private static func unquoted(_ title: String, after prefixes: [String]) -> String {
    var name = title
    for prefix in prefixes where name.hasPrefix(prefix) {
      name = trimmed(name.dropFirst(prefix.count))
    }
    if name.count >= 2, let quote = name.first, quote == "\"" || quote == "'", name.last == quote {
      name = String(name.dropFirst().dropLast())
    }
    return name
  }
}
