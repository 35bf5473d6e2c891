/// Which scalars are one letter in two cases, ASCII's own pairs aside. Made when the first pattern asks.
enum CaseTable {
  /// Each scalar with every other one that matches it when case does not count, such as `k` and the Kelvin sign.
  static let pairs: [(UInt32, UInt32)] = {
    var classes: [UInt32: [UInt32]] = [:]
    // No letter with two cases is assigned beyond the Adlam block.
    for value in UInt32(0)...0x1E943 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let properties = scalar.properties
      guard properties.isCased || properties.changesWhenCaseMapped else { continue }
      guard let lower = simple(properties.lowercaseMapping) else { continue }
      // `ſ`, `K` and the final sigma have an upper case that is the upper case of another letter.
      let upper = simple(properties.uppercaseMapping) ?? value
      let folded = Unicode.Scalar(upper).flatMap { simple($0.properties.lowercaseMapping) } ?? lower
      classes[folded, default: []].append(value)
    }
    var pairs: [(UInt32, UInt32)] = []
    for members in classes.values {
      for one in members {
        for other in members where one != other && !(one < 0x80 && other < 0x80) {
          pairs.append((one, other))
        }
      }
    }
    return pairs
  }()

  private static func simple(_ text: String) -> UInt32? {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, scalars.count == 1 else { return nil }
    return first.value
  }
}
