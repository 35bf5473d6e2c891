/// Some bytes to look for, and the one of them to look for first.
struct SearchedText: Sendable, Hashable {
  /// Longer ones are cut: what is found is looked at again anyway, and comparing stays cheap.
  static let longest = 32

  let bytes: [UInt8]
  private let rarest: Int

  /// - Parameter all: At least one byte.
  init(_ all: [UInt8]) {
    let bytes = Array(all.prefix(Self.longest))
    self.bytes = bytes
    rarest = bytes.indices.min { Self.frequency(bytes[$0]) < Self.frequency(bytes[$1]) } ?? 0
  }

  func first(in text: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
    ByteSearch.first(bytes, rarest: rarest, in: text, range)
  }

  /// About how often a byte stands in source code, from a few looks: what is not in the list is rare.
  static func frequency(_ byte: UInt8) -> Int {
    commonBytes.firstIndex(of: byte).map { commonBytes.count - $0 } ?? 0
  }

  private static let commonBytes = Array(
    " etasrnio\n_l.cdpfmu(),=\"'0h1gby:-#x2vTSEw3/5[]4AI68C79k>RNDPLO*FM<{}B`\\+jqzGUVHXKWYQJZ|;$@%&!^?~\t"
      .utf8)
}
