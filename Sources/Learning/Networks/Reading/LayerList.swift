import Formats
import Platform
import Projects

/// Reads `layers:` of an entry point: a list of short forms and mappings.
///
///     layers: [32c3, relu, pool, flatten, 128, relu, dropout .2, 10]
///     layers:
///       - conv2d: {filters: 32, kernel: 3, padding: same, activation: relu}
///       - dense: {units: 10}
struct LayerList {
  static let key = "layers"
  /// Longer networks are none that a person wrote.
  private static let most = 1000

  private(set) var plans: [LayerPlan] = []
  private let setting: Setting

  /// - Throws: ``Failure`` with the place of the list and the number of the layer.
  init(_ setting: Setting) throws {
    self.setting = setting
    guard let items = setting.value.array, !items.isEmpty, items.count <= Self.most else {
      throw Failure(
        .invalid, "`layers` is no list of 1 to \(Self.most) layers",
        hint: "write for example `layers: [flatten, 128, relu, dropout .2, 10]`",
        at: setting.location())
    }
    for (index, item) in items.enumerated() {
      do {
        plans += try read(item)
      } catch {
        throw Failure(
          .invalid, "layer \(index + 1) of `layers`: \(error.message)", hint: error.hint,
          at: setting.location())
      }
    }
  }

  private func read(_ item: JSONValue) throws(LayerPlan.Misfit) -> [LayerPlan] {
    switch item {
    case .string(let text): return [try LayerText.plan(text)]
    case .int(let units): return [try LayerNumbers.dense(Int(clamping: units))]
    case .object(let members):
      guard members.count == 1, let member = members.first else {
        throw LayerPlan.Misfit(
          message: "a mapping with \(members.count) keys is no layer",
          hint: "write one key, the layer's name: `- dense: {units: 128, activation: relu}`")
      }
      return try read(member.key, member.value)
    default:
      throw LayerPlan.Misfit(
        message: "`\(item.text())` is no layer",
        hint: "write a name, such as `relu`, or a mapping, such as `dense: {units: 128}`")
    }
  }

  private func read(_ word: String, _ value: JSONValue) throws(LayerPlan.Misfit) -> [LayerPlan] {
    guard let name = LayerText.name(word) else { return [try LayerText.plan(word)] }
    let entries = try LayerEntries(name, value)
    let plan = try entries.plan()
    return try [plan] + (entries.activation().map { [$0] } ?? [])
  }
}
