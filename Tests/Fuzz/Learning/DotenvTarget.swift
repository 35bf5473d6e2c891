import Formats

extension FuzzTarget {
  /// Files of variables.
  static let dotenv = FuzzTarget(
    name: "dotenv",
    seeds: [
      "# c\nexport A=1 # one\n'B'= \"two\\n\n2\" \nC=${A}-${X:-d}'\nD='it\\'s'\r\nexport E\nF=\n"
    ],
    words: [
      "export ", "=", "\"", "'", "\\", "${A}", ":-", "}", " #", "\r\n", "\u{2028}", "\u{FEFF}",
    ]
  ) { bytes in
    let text = try DotenvText(parsing: bytes.text)
    let variables = text.variables(in: ["A": "x"])
    require(variables["A"] == nil, "what is set already does not stay")
    require(variables.count <= text.entries.count, "more variables than lines")
  }
}
