extension String {
  /// The text of a C function's buffer, up to the first NUL; bytes that are not UTF-8 are repaired.
  package init(cBytes buffer: [CChar]) {
    self.init(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
