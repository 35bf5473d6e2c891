import Platform
import Projects

/// Parameters of a forest as a user gave them.
struct ForestValues {
  private var texts: [String: String] = [:]

  /// - Throws: ``Failure`` for a name that scikit-learn's forests do not have, with the nearest.
  init(_ given: [(name: String, value: String)]) throws {
    let names = ForestParameters.all.map(\.name)
    for (name, value) in given {
      guard names.contains(name) else {
        throw Failure(
          .invalid, "forest has no parameter `\(name)`",
          hint: nearestName(to: name, among: names).map { "did you mean `\($0)`?" })
      }
      texts[name] = value
    }
  }

  /// nil for Python's `None` too, unless that says something of its own.
  func text(_ name: String, keepsNone: Bool = false) -> String? {
    guard let text = texts[name] else { return nil }
    return keepsNone || !["none", "null"].contains(text.lowercased()) ? text : nil
  }

  func whole(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
    guard let text = text(name) else { return nil }
    // `6.0`, as it comes out of JSON.
    guard let number = Int(text) ?? Double(text).flatMap(Int.init(exactly:)), range.contains(number)
    else {
      throw Failure(
        .invalid,
        "`\(name)` must be a whole number from \(range.lowerBound) to \(range.upperBound), not `\(text)`"
      )
    }
    return number
  }

  func number(_ name: String, _ range: ClosedRange<Double>) throws -> Double? {
    guard let text = text(name) else { return nil }
    guard let number = Double(text), range.contains(number) else {
      let limits =
        range.upperBound < .greatestFiniteMagnitude
        ? "from \(range.lowerBound) to \(range.upperBound)" : "of at least \(range.lowerBound)"
      throw Failure(.invalid, "`\(name)` must be a number \(limits), not `\(text)`")
    }
    return number
  }

  /// A number of rows, or with a decimal point a share of them, as scikit-learn tells them apart.
  func amount(
    _ name: String, from least: Int, to largest: Double, orWords words: String? = nil
  ) throws -> ForestOptions.Amount? {
    guard let text = text(name) else { return nil }
    if let count = Int(text), (least...Int(Int32.max)).contains(count) { return .count(count) }
    if Int(text) == nil, let share = Double(text), share > 0, share <= largest {
      return .share(share)
    }
    let limit = largest < 1 ? "below 1.0" : "to \(largest)"
    throw Failure(
      .invalid,
      "`\(name)` must be a whole number of at least \(least) or a share from 0.0 \(limit), not `\(text)`",
      hint: words.map { "or one of: \($0)" })
  }

  func truth(_ name: String) throws -> Bool? {
    guard let text = text(name)?.lowercased() else { return nil }
    switch text {
    case "1", "true", "yes": return true
    case "0", "false", "no": return false
    default: throw Failure(.invalid, "`\(name)` must be true or false, not `\(text)`")
    }
  }

  /// - Throws: ``Failure`` for two seeds that differ.
  func seed() throws -> UInt64? {
    var seeds: [(name: String, seed: UInt64)] = []
    for name in ["random_state", "seed"] {
      guard let text = text(name) else { continue }
      guard let seed = UInt64(text) ?? Int64(text).map(UInt64.init(bitPattern:)) else {
        throw Failure(.invalid, "`\(name)` is no whole number of 64 bits: `\(text)`")
      }
      seeds.append((name, seed))
    }
    // The seed has a default, which another name's value overrides.
    if seeds.count == 2, seeds[0].seed != seeds[1].seed, seeds[1].seed != 0 {
      throw Failure(
        .invalid,
        "`random_state` is \(seeds[0].seed) and `seed` is \(seeds[1].seed): both are the seed",
        hint: "give one of them")
    }
    return seeds.first?.seed
  }
}
