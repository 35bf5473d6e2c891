/// Lines as Python sees them: told apart by code points, white space as `str.isspace` and `\s` have it.
extension String {
  func begins(with prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

  /// Without its first bytes.
  func dropping(_ count: Int) -> String { String(decoding: utf8.dropFirst(count), as: UTF8.self) }

  var isBlank: Bool { unicodeScalars.allSatisfy(\.isPythonSpace) }

  /// White space in front.
  var indentation: String {
    var indent = UnicodeScalarView()
    indent.append(contentsOf: unicodeScalars.prefix(while: \.isPythonSpace))
    return String(indent)
  }

  /// Without white space at both ends.
  var trimmed: String {
    var rest = Substring(self).unicodeScalars
    while rest.first?.isPythonSpace == true { rest.removeFirst() }
    while rest.last?.isPythonSpace == true { rest.removeLast() }
    return String(rest)
  }
}

extension Unicode.Scalar {
  var isASCIILetter: Bool { (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value) }
}
