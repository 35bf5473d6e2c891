import Platform
import SystemPackage
import Templates

/// A file of regular expressions that change outputs before they are compared, as nbval reads it: a line `regex: …`, and
/// below it `replace: …`. What stands between is passed over.
///
/// The expressions and replacements are Python's, applied in the order of the file; of one that repeats, the last
/// replacement counts.
struct SanitizePatterns: Sendable {
  private struct Rule {
    var source: String
    var pattern: Pattern
    var replacement: PatternReplacement
  }

  private var rules: [Rule] = []

  /// - Throws: ``Failure`` with the file and line of what cannot be read.
  init(reading path: FilePath, name: String) throws {
    try self.init(try FileSystem.readText(path), name: name)
  }

  init(_ text: String, name: String) throws {
    let lines = text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.hasPrefix("regex: ") {
      let place = SourceLocation(file: name, line: index + 1)
      let next = index + 1 < lines.count ? lines[index + 1] : ""
      guard next.hasPrefix("replace:") else {
        throw Failure(
          .parse, "`regex:` without a `replace:` in the next line",
          hint: "write `replace: ` and what is to stand in its place", at: place)
      }
      let new = next.dropFirst("replace:".count)
      try add(String(line.dropFirst(7)), String(new.first == " " ? new.dropFirst() : new), place)
    }
  }

  private mutating func add(_ source: String, _ new: String, _ place: SourceLocation) throws {
    do throws(TemplateError) {
      let pattern = try Pattern(Text(source))
      let rule = Rule(
        source: source, pattern: pattern,
        replacement: try PatternReplacement(Text(new), for: pattern))
      if let old = rules.firstIndex(where: { $0.source == source }) {
        rules[old] = rule
      } else {
        rules.append(rule)
      }
    } catch {
      throw Failure(
        .parse,
        "`\(source)` or its replacement is none of Python's regular expressions: \(error.message)",
        at: place)
    }
  }

  /// A text with all replacements made.
  ///
  /// - Throws: ``Failure`` when a search takes too many steps.
  func sanitized(_ text: String) throws -> String {
    guard !rules.isEmpty else { return text }
    var result = Text(text)
    for rule in rules {
      do throws(TemplateError) {
        result = try rule.pattern.replace(in: result) { match throws(TemplateError) in
          rule.replacement.text(for: match)
        }
      } catch {
        throw Failure(
          .invalid, "the expression `\(rule.source)` takes too long on an output",
          hint: "make it more precise", cause: error.message)
      }
    }
    return result.string
  }
}
