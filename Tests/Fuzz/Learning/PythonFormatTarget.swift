import Formats

extension FuzzTarget {
  /// Format strings as `str.format` has them.
  static let pythonFormat = FuzzTarget(
    name: "format",
    seeds: [
      "a {a} {b!r} {b[0]} {{x}} {a:>10} {a:^{c}.3s} {b!a:*<7}", "{}", "{0}", "{a.b}", "{a[x]}",
      "{a:{c}}",
      "{a:=+#010,.2f}", "}", "{a!", "{a[", "{c:d}",
    ],
    words: [
      "{", "}", "{{", "}}", "!r", "!a", "!s", ":", "[0]", ".x", "99999999999999999999", "<", "^",
    ]
  ) { bytes in
    let values = ["a": "x", "b": "it's é\u{1F600}\n", "c": "7", "": "e"]
    let pieces = try PythonFormat.pieces(of: bytes.text) { values[$0] }
    let text = try PythonFormat.text(bytes.text) { values[$0] }
    require(pieces.map(\.text).joined() == text, "pieces and text differ")
  }
}
