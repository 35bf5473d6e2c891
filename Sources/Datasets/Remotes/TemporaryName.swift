/// The names of files that are not whole yet, as DVC makes them in its caches and remotes: `.<22 characters>.tmp`.
enum TemporaryName {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

  /// A name that nobody else has.
  static func make() -> String {
    var generator = SystemRandomNumberGenerator()
    let text = (0..<22).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] }
    return "." + String(decoding: text, as: UTF8.self) + ".tmp"
  }

  /// Whether a name, without the folders above it, is such a one.
  static func matches(_ name: some StringProtocol) -> Bool {
    let bytes = name.utf8
    return bytes.count == 27 && bytes.first == UInt8(ascii: ".") && name.hasSuffix(".tmp")
  }
}
