/// Compares names as people do: `a2` before `a10`.
///
/// The algorithm is Martin Pool's `strnatcmp`: digits that begin with a zero are compared from the left, as if behind a
/// point, all others by their value.
enum NaturalOrder {
  static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var first = 0
    var second = 0
    while first < left.count, second < right.count {
      let one = left[first]
      let two = right[second]
      guard isDigit(one), isDigit(two) else {
        if one != two { return one < two ? -1 : 1 }
        first += 1
        second += 1
        continue
      }
      let isFraction = one == 0x30 || two == 0x30
      var order = 0
      while true {
        let hasFirst = first < left.count && isDigit(left[first])
        let hasSecond = second < right.count && isDigit(right[second])
        guard hasFirst, hasSecond else {
          if hasFirst != hasSecond { return hasFirst ? 1 : -1 }
          break
        }
        if order == 0, left[first] != right[second] {
          order = left[first] < right[second] ? -1 : 1
          if isFraction { return order }
        }
        first += 1
        second += 1
      }
      if order != 0 { return order }
    }
    return (left.count - first).signum() - (right.count - second).signum()
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func compare(_ left: [UInt8]?, _ right: [UInt8]?) -> Int {
    guard let left else { return right == nil ? 0 : -1 }
    guard let right else { return 1 }
    return compare(left, right)
  }
}

/// What a name in a `from` import is sorted by: constants, then classes, then the rest, each by name.
struct MemberKey {
  private enum Sort: Int {
    case star, constant, classLike, variable
  }

  private let sort: Sort
  private let lower: [UInt8]
  private let name: ImportedName

  init(_ name: ImportedName) {
    self.name = name
    lower = lowercased(name.name)
    if name.name == [UInt8(ascii: "*")] {
      sort = .star
    } else if name.name.allSatisfy({ $0 < 0x80 }) {
      let isUpper = { (byte: UInt8) in byte >= 0x41 && byte <= 0x5A }
      let isLower = { (byte: UInt8) in byte >= 0x61 && byte <= 0x7A }
      let isCased = name.name.contains(where: isUpper) && !name.name.contains(where: isLower)
      if isCased, name.name.count > 1 {
        sort = .constant
      } else {
        sort = name.name.first.map(isUpper) ?? false ? .classLike : .variable
      }
    } else {
      let text = String(decoding: name.name, as: UTF8.self).unicodeScalars
      let isCased =
        text.contains(where: \.properties.isUppercase)
        && !text.contains(where: \.properties.isLowercase)
      if isCased, text.count > 1 {
        sort = .constant
      } else {
        sort = text.first?.properties.isUppercase == true ? .classLike : .variable
      }
    }
  }

  func compare(_ other: MemberKey) -> Int {
    if sort != other.sort { return sort.rawValue < other.sort.rawValue ? -1 : 1 }
    var order = NaturalOrder.compare(lower, other.lower)
    if order == 0 { order = NaturalOrder.compare(name.name, other.name.name) }
    return order != 0 ? order : NaturalOrder.compare(name.asName, other.name.asName)
  }
}

/// What an import is sorted by within its section.
struct ModuleKey {
  private let level: Int
  private let lower: [UInt8]?
  private let module: ImportedName?
  private let member: MemberKey?

  init(_ entry: ImportEntry) {
    level = entry.level
    module = entry.module
    lower = entry.module.map { lowercased($0.name) }
    member = entry.members.first.map { MemberKey($0.name) }
  }

  func compare(_ other: ModuleKey) -> Int {
    // The furthest relative ones first.
    if level != other.level { return level > other.level ? -1 : 1 }
    var order = NaturalOrder.compare(lower, other.lower)
    if order == 0 { order = NaturalOrder.compare(module?.name, other.module?.name) }
    if order == 0, let member, let own = other.member { order = member.compare(own) }
    return order != 0 ? order : NaturalOrder.compare(module?.asName, other.module?.asName)
  }
}

private func lowercased(_ name: [UInt8]) -> [UInt8] {
  guard name.allSatisfy({ $0 < 0x80 }) else {
    return Array(String(decoding: name, as: UTF8.self).lowercased().utf8)
  }
  return name.map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 0x20 : $0 }
}
