extension Unicode.Scalar {
  /// `str.isspace()` in Python.
  var isPythonSpace: Bool { properties.isWhitespace || 0x1C...0x1F ~= value }
}
