/// How the letters of a pattern are to be read; `(?imsxua)` sets them from where it stands.
struct PatternFlags: Sendable, Hashable {
  /// `i`: both cases of a letter match.
  var ignoresCase = false
  /// `m`: `^` and `$` also match at the lines' ends.
  var isMultiline = false
  /// `s`: `.` matches a newline too.
  var dotMatchesNewline = false
  /// `x`: spaces and `#` comments in the pattern say nothing.
  var isExtended = false
  /// `u`: `\d`, `\w`, `\s`, `\b` and `(?i)` are of all of Unicode; off, as it begins, of ASCII.
  var isUnicode = false

  /// Sets the flag of a letter; false when there is none.
  mutating func set(_ letter: Unicode.Scalar, to value: Bool) -> Bool {
    switch letter {
    case "i": ignoresCase = value
    case "m": isMultiline = value
    case "s": dotMatchesNewline = value
    case "x": isExtended = value
    case "u": isUnicode = value
    case "a" where value: isUnicode = false
    default: return false
    }
    return true
  }
}
