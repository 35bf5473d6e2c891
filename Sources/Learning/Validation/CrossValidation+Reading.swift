import Formats
import Platform
import Projects

extension CrossValidation {
  private static let names = [
    "kind", "folds", "shuffle", "seed", "repeats", "group", "time", "gap", "max_train_size",
    "test_size",
  ]

  /// Reads the value of `cv`.
  ///
  /// - Returns: nil for `false` and nothing.
  /// - Throws: ``Failure`` with the place of the key that is wrong.
  package init?(_ setting: Setting) throws {
    let reader = SettingReader(setting)
    switch setting.value {
    case .null, .bool(false): return nil
    case .int:
      self.init(folds: try reader.whole(setting.value, nil, in: 2...10_000))
    case .object(let members):
      self.init()
      try reader.checkNames(Self.names)
      for member in members { try read(member.key, member.value, reader) }
      try check(setting)
    default:
      throw Failure(
        .invalid, "`cv` is neither a number of folds nor a mapping",
        hint: "write `cv: 5`, or `cv: {kind: group, group: COLUMN, folds: 5}`",
        at: setting.location())
    }
  }

  private mutating func read(_ key: String, _ value: JSONValue, _ reader: SettingReader) throws {
    switch key {
    case "kind": kind = try reader.choice(value, key)
    case "folds": folds = try reader.whole(value, key, in: 2...10_000)
    case "shuffle": shuffle = try reader.truth(value, key)
    case "seed": seed = UInt64(bitPattern: Int64(try reader.whole(value, key, in: .min ... .max)))
    case "repeats": repeats = try reader.whole(value, key, in: 1...1000)
    case "group": group = try reader.name(value, key)
    case "time": time = try reader.name(value, key)
    case "gap": gap = try reader.whole(value, key, in: 0...(.max))
    case "max_train_size": maximumTrainSize = try reader.whole(value, key, in: 1...(.max))
    case "test_size": testSize = try reader.whole(value, key, in: 1...(.max))
    default: break
    }
  }

  /// Keys that say nothing beside others are mistakes.
  private func check(_ setting: Setting) throws {
    func refuse(_ key: String, _ why: String, _ hint: String? = nil) throws {
      guard setting.value[key] != nil else { return }
      throw Failure(.invalid, "`\(key)` of `cv` \(why)", hint: hint, at: setting.location(of: key))
    }
    let isInTime = kind == .timeSeries || (kind == nil && time != nil)
    let isInGroups = kind == .group || kind == .stratifiedGroup || (kind == nil && group != nil)
    if isInTime {
      for key in ["group", "repeats"] { try refuse(key, "has no meaning for folds in time") }
      if shuffle { try refuse("shuffle", "would mix past and future", "take it out") }
    } else {
      for key in ["time", "gap", "max_train_size", "test_size"] {
        try refuse(key, "is for folds in time", "say `kind: time_series`")
      }
    }
    if !isInGroups, !isInTime {
      try refuse("group", "is for folds of groups", "say `kind: group`, or leave `kind` out")
    }
    if isInGroups, group == nil {
      throw Failure(
        .invalid, "`cv` asks for folds of groups, and names no column of them",
        hint: "add `group: COLUMN`", at: setting.location(of: "kind"))
    }
    if !shuffle, repeats > 1 {
      try refuse("repeats", "does the same again without `shuffle`", "take one of them out")
    }
  }
}
