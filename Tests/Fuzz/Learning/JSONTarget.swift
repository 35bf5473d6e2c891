import Formats

extension FuzzTarget {
  /// JSON text, there and back.
  static let json = FuzzTarget(
    name: "json",
    seeds: [
      "{\"a\": [1, -2.5e3, true, false, null, \"\\u00e9\\n\\ud83d\\ude00\"], \"b\": {}}", "[[[]]]",
      "9223372036854775808", "-0.0", "\"\\ud800\"", "[NaN, Infinity, -Infinity]",
    ],
    words: [
      "true", "false", "null", "NaN", "Infinity", "-", "1e400", "\\u", "\\ud83d", "\\ude00", "\"",
      "{", "}",
      "9223372036854775807", "-9223372036854775808", "0.1", "e-",
    ]
  ) { bytes in
    let value = try JSONValue(parsing: bytes, allowsNonFinite: true)
    for style in [JSONValue.Layout.compact, .indented] {
      let written = value.text(style)
      let again = try? JSONValue(parsing: written, allowsNonFinite: true)
      require(again?.text(style) == written, "does not read back the same")
    }
    _ = value.text(sortingKeys: true)
  }
}
