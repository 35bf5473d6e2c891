import Compute
import Formats
import Learning
import Support
import Testing

@Suite("Random forests against scikit-learn") struct ForestInterop {
  private let pool = WorkerPool(threads: 1)

  /// Labels and weights are drawn from so many numbers that no two splits are equally good, unless they divide the rows
  /// alike: which feature of those is taken is chance, and rows that were not learnt from are compared where
  /// scikit-learn's own answer does not depend on it.
  @Test("without chance a tree is scikit-learn's") func singleTrees() throws {
    let cases = try #require(try Peer.run(Self.trees, in: TemporaryFolder()).array)
    #expect(cases.count == 300)
    var compared = (known: 0, new: 0, differing: 0, covers: 0, otherCovers: 0)
    for (index, expected) in cases.enumerated() {
      let set = try Self.set(expected)
      let given = try #require(expected["parameters"]?.members).map { member in
        (name: member.key, value: member.value.string ?? "")
      }
      let options = try ForestOptions(parameters: given, classes: set.classCount > 0)
      let builder = try ForestBuilder(set, options: options, on: pool)
      while !builder.isFinished { builder.step() }
      let known = try #require(expected["known"]?.array).compactMap(\.number)
      let ours = builder.trainingPredictions()
      #expect(Self.difference(ours, known) < 1e-5, "case \(index): \(given)")
      compared.known += known.count
      let tree = try #require(builder.model().trees.first)
      for (row, weight) in try #require(expected["covers"]?.array).enumerated() {
        guard let weight = weight.number else { continue }
        let own = tree.leafWeights[Self.leaf(of: tree, in: set.matrix, row)]
        compared.covers += 1
        if abs(own - weight) > 1e-9 * weight { compared.otherCovers += 1 }
      }
      let new = try builder.model().predictions(Self.matrix(expected, "new_rows"), on: pool)
      let theirs = try #require(expected["new"]?.array)
      #expect(theirs.count == new.count)
      for (own, other) in zip(new, theirs) {
        guard let other = other.number else { continue }
        compared.new += 1
        if abs(own - other) > 1e-5 * max(1, abs(other)) { compared.differing += 1 }
      }
    }
    #expect(compared.known > 15_000 && compared.new > 8_000 && compared.covers > 8_000)
    // Eight seeds may agree by chance.
    #expect(compared.differing * 1000 <= compared.new, "\(compared)")
    #expect(compared.otherCovers * 1000 <= compared.covers, "\(compared)")
  }

  /// Both are averaged over seeds, and differ by chance: the bounds are some three times what scikit-learn differs by
  /// between other seeds of its own.
  @Test("forests are as good as scikit-learn's") func quality() throws {
    let tables = try #require(try Peer.run(Self.forests, in: TemporaryFolder()).array)
    #expect(tables.count == 12)
    for table in tables {
      let name = try #require(table["name"]?.string)
      let set = try Self.set(table)
      let test = try Self.matrix(table, "new_rows")
      let labels = try #require(table["new_labels"]?.array).compactMap(\.number)
      var (error, outOfBag) = (0.0, 0.0)
      let seeds = 3
      for seed in 0..<seeds {
        var options = ForestOptions(classes: set.classCount > 0)
        options.trees = 40
        options.seed = UInt64(seed)
        let builder = try ForestBuilder(set, options: options, on: pool)
        while !builder.isFinished { builder.step() }
        let answers = try builder.model().predictions(test, on: pool)
        error += Self.error(answers, labels, set.classCount) / Double(seeds)
        outOfBag +=
          Self.error(try #require(builder.outOfBagPredictions()), set.labels, set.classCount)
          / Double(seeds)
      }
      let theirs = try #require(table["error"]?.number)
      let theirOutOfBag = try #require(table["oob"]?.number)
      let bound = try #require(table["bound"]?.number)
      #expect(abs(error - theirs) < bound, "\(name): \(error), scikit-learn \(theirs)")
      #expect(
        abs(outOfBag - theirOutOfBag) < bound,
        "\(name), out of bag: \(outOfBag), scikit-learn \(theirOutOfBag)")
    }
  }

  /// Brier's score over all classes, or the mean squared error as a share of the labels' variance.
  private static func error(_ answers: [Double], _ labels: [Double], _ classes: Int) -> Double {
    let outputs = max(1, classes)
    let rows = labels.indices.filter { !answers[$0 * outputs].isNaN }
    let count = Double(rows.count)
    guard classes > 0 else {
      let mean = rows.reduce(0) { $0 + labels[$1] } / count
      let spread = rows.reduce(0) { $0 + (labels[$1] - mean) * (labels[$1] - mean) }
      return rows.reduce(0) { $0 + (answers[$1] - labels[$1]) * (answers[$1] - labels[$1]) }
        / spread
    }
    return rows.reduce(0) { sum, row in
      sum
        + (0..<classes).reduce(0) {
          let distance = answers[row * classes + $1] - (labels[row] == Double($1) ? 1 : 0)
          return $0 + distance * distance
        } / count
    }
  }

  private static func matrix(_ json: JSONValue, _ key: String) throws -> FeatureMatrix {
    let rows = try #require(json[key]?.array)
    let width = try #require(rows.first?.array).count
    let columns = (0..<width).map { column in rows.map { $0.array?[column].number ?? .nan } }
    return try FeatureMatrix(
      columns: columns, features: (0..<width).map { ModelFeature(name: "f\($0)") })
  }

  private static func set(_ json: JSONValue) throws -> ForestSet {
    ForestSet(
      try matrix(json, "rows"), labels: try #require(json["labels"]?.array).compactMap(\.number),
      classCount: Int(try #require(json["classes"]?.int)),
      weights: json["weights"]?.array?.compactMap(\.number))
  }

  /// The leaf that a row without categories ends in.
  private static func leaf(of tree: ForestTree, in matrix: FeatureMatrix, _ row: Int) -> Int {
    var place = 0
    while !tree.nodes[place].isLeaf {
      let node = tree.nodes[place]
      let cell = matrix[row, node.feature]
      let goesLeft = cell.isNaN ? node.missingLeft : cell <= node.threshold
      place = goesLeft ? place + 1 : Int(node.right)
    }
    return Int(tree.nodes[place].right)
  }

  private static func difference(_ ours: [Double], _ theirs: [Double]) -> Double {
    guard ours.count == theirs.count else { return .infinity }
    return zip(ours, theirs).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
  }

  private static let trees = #"""
    import json
    import numpy as np
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    out = []
    plain = lambda X: [[None if v != v else float(v) for v in row] for row in X]
    for seed in range(300):
        rng = np.random.default_rng(seed)
        n, width = int(rng.integers(2, 90)), int(rng.integers(1, 6))
        def rows(n):
            X = rng.integers(0, int(rng.integers(2, 12)), size=(n, width)).astype("f4")
            X[:, ::2] += (rng.random((n, X[:, ::2].shape[1])) * (seed % 2)).astype("f4")
            if seed % 3 == 0: X[rng.random(X.shape) < .2] = np.nan
            return X
        X, T = rows(n), rows(40)
        classes = [0, 2, 3, 5][seed % 4]
        w = rng.uniform(.5, 1.5, n) if classes or seed % 8 == 0 else None
        y = rng.integers(0, classes, n) if classes else rng.exponential(size=n)
        if classes: y[:classes] = np.arange(min(n, classes)); classes = len(set(y)); y = np.unique(y, return_inverse=True)[1]
        if seed % 4 and classes < 2: y[0], y[1], classes = 0, 1, 2
        P = {"max_depth": rng.choice([None, 1, 2, 3, 5]), "min_samples_leaf": rng.choice([1, 1, 3, .1]),
             "min_samples_split": rng.choice([2, 2, 7, .3]), "max_leaf_nodes": rng.choice([None, None, 3, 6]),
             "min_impurity_decrease": rng.choice([0, 0, .01]), "min_weight_fraction_leaf": rng.choice([0, 0, .05])}
        P = {k: v if v is None else int(v) if v >= 1 or v == 0 else float(v) for k, v in P.items()}
        if P["min_samples_leaf"] == 0: P["min_samples_leaf"] = 1
        P["criterion"] = str(rng.choice(["gini", "entropy"] if classes else ["squared_error", "squared_error", "poisson"]))
        known, new, covers = [], [], []
        for s in range(8):
            model = (RandomForestClassifier if classes else RandomForestRegressor)(
                1, bootstrap=False, max_features=None, random_state=s, **P).fit(X, y, w)
            tell = model.predict_proba if classes else model.predict
            # Missing values where there were none are an error there.
            Z = T if seed % 3 == 0 and np.isnan(X).any() else np.nan_to_num(T)
            known.append(np.ravel(tell(X))); new.append(np.ravel(tell(Z)))
            covers.append(model.estimators_[0].tree_.weighted_n_node_samples[model.apply(X)[:, 0]])
        agreed = np.ptp(np.array(new), axis=0) < 1e-9
        alike = np.ptp(np.array(covers), axis=0) < 1e-9
        assert np.ptp(np.array(known), axis=0).max() < 1e-9
        P = {k: "none" if v is None else str(v) for k, v in P.items()}
        out.append({"rows": plain(X), "labels": y.tolist(), "classes": classes, "weights": None if w is None else w.tolist(),
                    "parameters": {**P, "n_estimators": "1", "bootstrap": "false", "max_features": "none"},
                    "covers": [float(v) if fine else None for v, fine in zip(covers[0], alike)],
                    "known": known[0].tolist(), "new_rows": plain(Z),
                    "new": [float(v) if fine else None for v, fine in zip(new[0], agreed)]})
    json.dump(out, open(folder + "/result.json", "w"))
    """#

  private static let forests = #"""
    import json
    import numpy as np
    from sklearn import datasets as D
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    def holes(table, seed=0):
        X, y = table
        X = X.copy(); X[np.random.default_rng(seed).random(X.shape) < .15] = np.nan
        return X, y
    def some(table, n=700):
        order = np.random.default_rng(1).permutation(len(table[1]))[:n]
        return table[0][order], table[1][order]
    load = lambda name: getattr(D, "load_" + name)(return_X_y=True)
    tables = [
        ("iris", load("iris"), .03), ("wine", load("wine"), .03), ("breast cancer", load("breast_cancer"), .02),
        ("breast cancer with holes", holes(load("breast_cancer")), .02), ("digits", some(load("digits")), .03),
        ("moons", D.make_moons(600, noise=.3, random_state=0), .02),
        ("classification", D.make_classification(600, 12, n_informative=6, random_state=0), .02),
        ("four classes with holes", holes(D.make_classification(600, 12, n_informative=6, n_classes=4, random_state=0)), .03),
        ("diabetes", load("diabetes"), .06), ("friedman 1", D.make_friedman1(500, noise=1, random_state=0), .03),
        ("friedman 2 with holes", holes(D.make_friedman2(400, noise=1, random_state=0)), .05),
        ("friedman 3", D.make_friedman3(400, noise=.1, random_state=0), .06)]
    out = []
    plain = lambda X: [[None if v != v else float(v) for v in row] for row in X]
    def error(p, y, classes):
        if classes: return float(((p - np.eye(classes)[y]) ** 2).sum(1).mean())
        return float(((p - y) ** 2).mean() / y.var())
    for name, (X, y), bound in tables:
        X = X.astype("f4").astype("f8")
        classes = 0 if y.dtype.kind == "f" else int(y.max()) + 1
        order = np.random.default_rng(0).permutation(len(y))
        train, test = order[len(y) // 3:], order[:len(y) // 3]
        errors, oobs = [], []
        for s in range(3):
            model = (RandomForestClassifier if classes else RandomForestRegressor)(40, oob_score=True, random_state=s)
            model.fit(X[train], y[train])
            p = model.predict_proba(X[test]) if classes else model.predict(X[test])
            o = model.oob_decision_function_ if classes else model.oob_prediction_
            errors.append(error(p, y[test], classes)); oobs.append(error(o, y[train], classes))
        out.append({"name": name, "rows": plain(X[train]), "labels": y[train].tolist(), "classes": classes, "bound": bound,
                    "new_rows": plain(X[test]), "new_labels": y[test].tolist(),
                    "error": float(np.mean(errors)), "oob": float(np.mean(oobs))})
    json.dump(out, open(folder + "/result.json", "w"))
    """#
}
