import Formats
import Platform
import Projects

/// Takes the parts of a structured setting, with a message that names key and place for each that is
/// not as it must be.
struct SettingReader {
  let setting: Setting

  init(_ setting: Setting) { self.setting = setting }

  /// - Throws: ``Failure`` for the first key that is not known, with the nearest that is.
  func checkNames(_ names: [String]) throws {
    for member in setting.value.members ?? [] where !names.contains(member.key) {
      let near = nearestName(to: member.key, among: names).map { "did you mean `\($0)`? " } ?? ""
      throw Failure(
        .invalid, "`\(setting.name)` has no key `\(member.key)`",
        hint: "\(near)it takes: \(names.joined(separator: ", "))",
        at: setting.location(of: member.key))
    }
  }

  func whole(_ value: JSONValue, _ key: String?, in range: ClosedRange<Int>) throws -> Int {
    if let number = value.int.flatMap({ Int(exactly: $0) }), range.contains(number) {
      return number
    }
    let limits =
      range.upperBound == .max
      ? (range.lowerBound == .min ? "" : " of at least \(range.lowerBound)")
      : " from \(range.lowerBound) to \(range.upperBound)"
    throw wrong(value, key, "a whole number\(limits)")
  }

  func truth(_ value: JSONValue, _ key: String) throws -> Bool {
    guard let truth = value.bool else { throw wrong(value, key, "true or false") }
    return truth
  }

  /// The name of a column; numbers are taken as they are written.
  func name(_ value: JSONValue, _ key: String) throws -> String {
    if let text = value.string, !text.isEmpty { return text }
    if let number = value.int { return String(number) }
    throw wrong(value, key, "the name of a column")
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ value: JSONValue, _ key: String
  ) throws -> Choice {
    let words = Choice.allCases.map(\.rawValue)
    if let choice = value.string.flatMap(Choice.init(rawValue:)) { return choice }
    let near = value.string.flatMap { nearestName(to: $0, among: words) }
    var failure = wrong(value, key, "one of: \(words.joined(separator: ", "))")
    failure.hint = near.map { "did you mean `\($0)`?" }
    throw failure
  }

  private func wrong(_ value: JSONValue, _ key: String?, _ kind: String) -> Failure {
    let what = key.map { "`\($0)` of `\(setting.name)`" } ?? "`\(setting.name)`"
    return Failure(
      .invalid, "\(what) must be \(kind), not `\(value.string ?? value.text())`",
      at: setting.location(of: key))
  }
}
