import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@testable import Checks

/// Hundreds of generated columns, scored by us and by the definition with scikit-learn's `roc_auc_score` and `r2_score`.
@Suite("Leak scores against scikit-learn") struct LeakScoreInterop {
  /// Row by row, by the words of the reference.
  private static let answer = """
    import warnings
    import numpy as np
    from sklearn.metrics import roc_auc_score, r2_score
    warnings.filterwarnings("ignore")

    def table(case, name):
        part = case[name]
        return part["x"], part["y"]

    def area(own, score, ties=0.0):
        own = np.array(own, dtype=bool)
        if own.all() or not own.any():
            return None
        a = roc_auc_score(own, np.array(score, float)) + ties / (own.sum() * (~own).sum())
        return max(a, 1 - a)

    def classes(case):
        numeric, split = case["numeric"], "test" in case
        lx, ly = table(case, "train")
        jx, jy = table(case, "test") if split else (lx, ly)
        best = []
        for c in sorted(set(ly) | set(jy)):
            if numeric:
                rows = [(x, y) for x, y in zip(jx, jy) if x is not None]
                best.append(area([y == c for _, y in rows], [x for x, _ in rows]) if rows else None)
            elif split:
                prior = np.mean([y == c for y in ly])
                rates = {v: np.mean([y == c for x, y in zip(lx, ly) if x == v]) for v in set(lx)}
                best.append(area([y == c for y in jy], [rates.get(x, prior) for x in jx]))
            else:
                # Each row by all others of its value; a pair of one value is told by neither.
                prior = np.mean([y == c for y in ly])
                score, ties = [], 0.0
                for i, (x, y) in enumerate(zip(lx, ly)):
                    others = [ly[j] == c for j in range(len(lx)) if j != i and lx[j] == x]
                    score.append(sum(others) / len(others) if others else prior)
                    if y == c:
                        ties += 0.5 * sum(1 for j in range(len(lx)) if lx[j] == x and ly[j] != c)
                best.append(area([y == c for y in ly], score, ties))
        best = [b for b in best if b is not None]
        return max(best) if best else None

    def numbers(case):
        numeric, split = case["numeric"], "test" in case
        lx, ly = table(case, "train")
        jx, jy = table(case, "test") if split else (lx, ly)
        if numeric:
            lrows = [(x, y) for x, y in zip(lx, ly) if x is not None]
            jrows = [(x, y) for x, y in zip(jx, jy) if x is not None]
            if not lrows or not jrows:
                return None
            lx, ly = zip(*lrows)
            jx, jy = zip(*jrows)
            edges = np.unique(np.quantile(np.array(lx, float), [i / 32 for i in range(1, 32)]))
            lx = list(np.searchsorted(edges, np.array(lx, float), side="left"))
            jx = list(np.searchsorted(edges, np.array(jx, float), side="left"))
        mean = np.mean(ly)
        told = []
        for i, x in enumerate(jx):
            own = [y for j, (v, y) in enumerate(zip(lx, ly)) if v == x and (split or j != i)]
            told.append(np.mean(own) if own else mean)
        if len(set(jy)) < 2:
            return None
        return r2_score(jy, told)

    def answer(case):
        score = classes(case) if case["classes"] else numbers(case)
        return {"score": None if score is None else float(score)}
    """

  private struct Case {
    var json: JSONValue
    var tables: [String]
    var types: [String: ColumnType]
  }

  /// Columns that know the label well, somewhat or not; with few and many values, equal ones and missing ones.
  private static func make(_ number: Int) -> Case {
    var stream = RandomStream(seed: UInt64(number), purpose: "leak")
    let (isClass, isNumeric, isSplit) = (number % 2 == 0, number / 2 % 2 == 0, number / 4 % 2 == 0)
    let classes = number % 3 == 0 ? 2 : 2 + stream.integer(below: 4)
    let strength = [0, 0.3, 1, 20][stream.integer(below: 4)]
    let values = [2, 5, 30, 100_000][stream.integer(below: 4)]
    let size = number % 11 == 0 ? 2 + stream.integer(below: 4) : 20 + stream.integer(below: 150)
    var (tables, parts): ([String], [(String, JSONValue)]) = ([], [])
    for name in isSplit ? ["train", "test"] : ["train"] {
      var (xs, ys, text): ([JSONValue], [JSONValue], String) = ([], [], "x,y\n")
      for _ in 0..<size {
        let label = isClass ? Double(stream.integer(below: classes)) : stream.unit() * 40 - 7
        let isMissing = number % 5 == 1 && stream.unit() < 0.2
        // Rounded to a tenth, so that some are equal.
        let signal = ((label * strength + stream.unit() * 5) * 10).rounded() / 10
        let code = Int(abs(signal)) % values
        let value = isNumeric ? signal : Double(code)
        xs.append(isMissing ? .null : isNumeric ? .double(value) : .string("c\(code)"))
        ys.append(isClass ? .string("k\(Int(label))") : .double(label))
        text += isMissing ? "," : isNumeric ? "\(value)," : "c\(code),"
        text += isClass ? "k\(Int(label))\n" : "\(label)\n"
      }
      tables.append(text)
      parts.append((name, ["x": .array(xs), "y": .array(ys)]))
    }
    let kinds: [(String, JSONValue)] = [("classes", .bool(isClass)), ("numeric", .bool(isNumeric))]
    return Case(
      json: .object((kinds + parts).map { JSONValue.Member($0.0, $0.1) }), tables: tables,
      types: ["x": isNumeric ? .float : .category, "y": isClass ? .category : .float])
  }

  @Test("480 columns, in one table and in splits, to 1e-9") func all() throws {
    let cases = (0..<480).map(Self.make)
    var scored = 0
    for (example, told) in zip(cases, try Peer.ask(Self.answer, about: cases.map(\.json))) {
      try #require(told["error"] == nil, "\(told.text())")
      let folder = try TemporaryFolder()
      let known = try example.tables.enumerated().map { place, text in
        try folder.write(text, to: "\(place).csv")
        let stream = try TableStreams.open(folder.path.appending("\(place).csv"))
        return try TableScanner(stream, threads: 2).scan(
          Set(example.types.map { ScanRequest(.cells($0.key, as: $0.value)) }),
          types: example.types)
      }
      let scores = try LeakScores(
        of: ["x"], label: "y", learnt: { known[0].cells($0, as: example.types[$0], nil) },
        judged: known.count > 1 ? { known[1].cells($0, as: example.types[$0], nil) } : nil
      ).scores
      let wanted = told["score"]?.number
      scored += wanted == nil ? 0 : 1
      guard let own = scores.first?.value, let wanted else {
        #expect(scores.isEmpty && wanted == nil, "\(scores) \(told.text()) \(example.json.text())")
        continue
      }
      #expect(
        abs(own - wanted) <= 1e-9 * max(1, abs(wanted)), "\(own) \(wanted) \(example.json.text())")
    }
    #expect(scored > 400)
  }
}
