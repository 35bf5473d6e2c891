import Formats
import Learning
import Support
import Testing

/// Without shuffling, the folds are scikit-learn's, row by row; with it, their sizes are.
@Suite("Validation against scikit-learn") struct LearningValidationInterop {
  private static let kinds = ["kfold", "stratified", "group", "stratified_group", "time_series"]

  @Test("folds of 600 generated cases agree, refusals included") func folds() throws {
    var random = SeededRandom(seed: 3)
    let cases = (0..<600).map { index in Self.make(Self.kinds[index % 5], &random) }
    let answers = try Peer.ask(Self.answer, about: cases)
    var (same, refused, shuffled) = (0, 0, 0)
    for (example, answer) in zip(cases, answers) {
      let ours: JSONValue? = try? Self.folds(of: example)
      if answer["error"] != nil {
        #expect(ours == nil, "\(example.text()) is refused by scikit-learn: \(answer.text())")
        refused += 1
        continue
      }
      guard let ours else {
        Issue.record("\(example.text()) is refused here")
        continue
      }
      #expect(ours["sizes"] == answer["sizes"], "\(example.text())")
      if example["shuffle"]?.bool == true {
        shuffled += 1
      } else {
        #expect(ours["folds"] == answer["folds"], "\(example.text())")
        same += 1
      }
    }
    #expect(same > 300 && refused > 20 && shuffled > 30, "\(same) \(refused) \(shuffled)")
  }

  private static func make(_ kind: String, _ random: inout SeededRandom) -> JSONValue {
    let rows = Int.random(in: 1...90, using: &random)
    let classes = Int32.random(in: 1...5, using: &random)
    let groups = Int.random(in: 1...max(1, rows / 2), using: &random)
    let skew = Bool.random(using: &random)
    var labels = (0..<rows).map { _ in
      let label = Int32.random(in: 0..<classes, using: &random)
      return skew ? min(label, Int32.random(in: 0..<classes, using: &random)) : label
    }
    // Of a single class there is nothing to stratify: the order of NumPy's additions decides then.
    if kind == "stratified_group", rows > 1 { labels.replaceSubrange(0..<2, with: [0, 1]) }
    var shuffle = kind != "time_series" && Int.random(in: 0..<4, using: &random) == 0
    // How unlike groups are dealt out depends on the order of the lots: sizes need not agree.
    if kind.contains("group") { shuffle = false }
    return .object([
      .init("kind", .string(kind)), .init("folds", .int(.random(in: 1...9, using: &random))),
      .init("shuffle", .bool(shuffle)),
      .init("labels", .array(labels.map { .int(Int64($0)) })),
      .init(
        "groups",
        .array((0..<rows).map { _ in .int(.random(in: 0..<Int64(groups), using: &random)) })
      ),
      .init("gap", .int(.random(in: 0...3, using: &random))),
      .init(
        "most", Bool.random(using: &random) ? .null : .int(.random(in: 1...30, using: &random))),
    ])
  }

  private static func folds(of example: JSONValue) throws -> JSONValue {
    let folds = Int(example["folds"]?.int ?? 0)
    let labels = (example["labels"]?.array ?? []).map { Int32($0.int ?? 0) }
    let names = (example["groups"]?.array ?? []).map { Int($0.int ?? 0) }
    let order = Set(names).sorted()
    let groups = names.map { order.firstIndex(of: $0) ?? 0 }
    let seed: UInt64? = example["shuffle"]?.bool == true ? 5 : nil
    let made: [Fold] =
      switch example["kind"]?.string {
      case "kfold": try KFold(folds: folds, seed: seed).split(rows: labels.count)
      case "stratified": try StratifiedKFold(folds: folds, seed: seed).split(labels: labels)
      case "group":
        try GroupKFold(folds: folds).split(groups: groups, groupCount: order.count)
      case "stratified_group":
        try StratifiedGroupKFold(folds: folds).split(
          labels: labels, groups: groups, groupCount: order.count)
      default:
        try TimeSeriesSplit(
          folds: folds, gap: Int(example["gap"]?.int ?? 0),
          maximumTrainSize: example["most"]?.int.map { Int($0) }
        ).split(rows: labels.count)
      }
    func list(_ rows: [Int]) -> JSONValue { .array(rows.map { .int(Int64($0)) }) }
    return .object([
      .init("folds", .array(made.map { .array([list($0.train), list($0.test)]) })),
      .init(
        "sizes",
        .array(made.map { .array([.int(Int64($0.train.count)), .int(Int64($0.test.count))]) })),
    ])
  }

  private static let answer = #"""
    import warnings
    warnings.simplefilter("ignore")
    import numpy as np
    from sklearn.model_selection import KFold, StratifiedKFold, GroupKFold, StratifiedGroupKFold, TimeSeriesSplit
    def answer(case):
        kind, k = case["kind"], case["folds"]
        s = {"shuffle": True, "random_state": 0} if case["shuffle"] else {}
        splitter = {
            "kfold": lambda: KFold(k, **s), "stratified": lambda: StratifiedKFold(k, **s),
            "group": lambda: GroupKFold(k), "stratified_group": lambda: StratifiedGroupKFold(k),
            "time_series": lambda: TimeSeriesSplit(k, gap=case["gap"], max_train_size=case["most"]),
        }[kind]()
        y = np.array(case["labels"])
        X = np.zeros((len(y), 1))
        folds = [[a.tolist(), b.tolist()] for a, b in splitter.split(X, y, np.array(case["groups"]))]
        return {"folds": folds, "sizes": [[len(a), len(b)] for a, b in folds]}
    """#
}
