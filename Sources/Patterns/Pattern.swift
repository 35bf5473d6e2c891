import Platform

/// A regular expression over bytes of UTF-8, matched in time linear in the text.
///
/// The syntax and the meaning are RE2's: the leftmost match counts, and of those that begin there the one that Perl and
/// Python would find. `.` and classes take whole scalars, and bytes that are not UTF-8 match nothing. `\d`, `\w`, `\s`,
/// `\b` and `(?i)` are of ASCII unless `(?u)` stands in front. `$` is the end of the text, not the place before its last
/// newline. There are no back-references and no look-around.
///
/// A pattern is immutable and may be shared; each thread matches with a ``PatternMatcher`` of its own.
///
/// ```swift
/// var matcher = PatternMatcher(try Pattern(#"(?P<key>\w+)\s*=\s*(\d+)"#))
/// let match = matcher.firstMatch(in: bytes)
/// match?["key"]   // the group's range in the bytes
/// ```
package struct Pattern: Sendable {
  /// The pattern as it was written.
  package let text: String
  let programs: PatternPrograms

  /// The name of each group, nil for those without; the whole match is group 0.
  package var groupNames: [String?] { programs.made.groupNames }

  /// - Throws: ``ParseFailure`` with the column, for wrong syntax, what a linear machine cannot match, and patterns
  ///   whose counts make them too large.
  package init(_ text: String, flags: Flags = []) throws(ParseFailure) {
    var own = PatternFlags()
    own.ignoresCase = flags.contains(.ignoresCase)
    own.isMultiline = flags.contains(.multiline)
    own.isUnicode = flags.contains(.unicode)
    var parser = PatternParser(text, flags: own)
    let node = try parser.parse()
    self.text = text
    programs = try PatternPrograms(node, groups: parser.groups)
  }

  /// A pattern that was tried before, as those that come with the program: it is read when it is first matched. One that is
  /// wrong all the same matches nothing.
  package init(trusted text: String) {
    self.text = text
    programs = PatternPrograms(trusted: text)
  }

  /// What can be set from outside as well as in the pattern, by `(?imu)`.
  package struct Flags: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Both cases of a letter match: `(?i)`.
    package static let ignoresCase = Flags(rawValue: 1)
    /// `^` and `$` match at the lines' ends too: `(?m)`.
    package static let multiline = Flags(rawValue: 2)
    /// Classes, word boundaries and cases are of all of Unicode: `(?u)`.
    package static let unicode = Flags(rawValue: 4)
  }

  /// The number of a named group.
  package func group(named name: String) -> Int? { groupNames.firstIndex(of: name) }

  /// A pattern that matches a text as it stands.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.value < 0x80, !UInt8(scalar.value).isWord, scalar != " " {
        result += scalar == "\n" ? "\\n" : scalar == "\0" ? "\\0" : "\\"
        if scalar == "\n" || scalar == "\0" { continue }
      }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
