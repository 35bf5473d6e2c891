import Compute
import Platform
import Testing

@testable import Learning

@Suite("Boosting") struct BoostingTests {
  private let pool = WorkerPool(threads: 1)

  /// Everything that draws, drops or weighs.
  private static func variants(_ flavour: TreeFlavour) -> [(String, BoostingOptions)] {
    var list: [(String, BoostingOptions)] = []
    func add(_ name: String, _ change: (inout BoostingOptions) -> Void) {
      var options = TreeSamples.options(flavour, .logistic, rounds: 8)
      change(&options)
      list.append((name, options))
    }
    add("plain") { _ in }
    add("rows") { $0.sampling.share = 0.5 }
    add("one side") {
      $0.sampling.oneSide = .init()
      $0.learningRate = 0.5
    }
    add("columns") { ($0.columnsPerTree, $0.columnsPerLevel, $0.columnsPerNode) = (0.8, 0.8, 0.8) }
    add("dart") {
      $0.dropout = Dropout(flavour)
      $0.dropout?.rate = 0.5
      $0.dropout?.skip = 0
    }
    add("parallel") {
      $0.parallelTrees = 3
      $0.sampling.share = 0.6
    }
    add("penalties") { ($0.alpha, $0.lambda, $0.maximumStep) = (0.5, 2, 0.7) }
    add("leaf by leaf") { ($0.growth, $0.maximumLeaves, $0.maximumDepth) = (.leafWise, 7, 0) }
    return list
  }

  @Test("scores while training are those of the finished model", arguments: flavours)
  func consistency(flavour: TreeFlavour) throws {
    let training = try TreeSamples.binary(rows: 300, missing: 0.1)
    let held = try TreeSamples.binary(rows: 100, seed: 2, missing: 0.1)
    for (name, options) in Self.variants(flavour) {
      let booster = try Booster(
        training, options: options,
        evaluation: [.init("train", training), .init("held", held)], on: pool)
      var first: [RoundReport.Score] = []
      var last: [RoundReport.Score] = []
      while !booster.isFinished {
        last = try booster.step().scores
        if first.isEmpty { first = last }
      }
      #expect(last[0].value < first[0].value, "\(name) does not learn")
      let predictor = try BatchPredictor(booster.model())
      for (score, set) in zip(last, [training, held]) {
        let again = try predictor.score(.logLoss, set, on: pool)
        #expect(abs(again - score.value) < 1e-9, "\(name) on \(score.set)")
      }
    }
  }

  @Test(
    "every objective makes its metric better", arguments: flavours,
    [
      Objective.squaredError, .absoluteError, .quantile(0.8), .huber(1), .pseudoHuber(1),
      .poisson(step: 0.7), .softmax(classes: 3), .logistic,
    ])
  func objectives(flavour: TreeFlavour, objective: Objective) throws {
    var set = try TreeSamples.regression(rows: 300)
    switch objective {
    case .logistic: set = try TreeSamples.binary(rows: 300)
    case .softmax: set = try TreeSamples.classes(rows: 300)
    case .poisson: set.labels = set.labels.map { max(0, ($0 + 4).rounded()) }
    default: break
    }
    let options = TreeSamples.options(flavour, objective, rounds: 15)
    let booster = try Booster(set, options: options, evaluation: [.init("train", set)], on: pool)
    var scores: [Double] = []
    while !booster.isFinished { scores.append(try booster.step().scores[0].value) }
    let (first, last) = (try #require(scores.first), try #require(scores.last))
    #expect(last < first * 0.9)
    #expect(booster.model().outputs == objective.outputs)
  }

  @Test("ranking puts relevant rows first", arguments: flavours)
  func ranking(flavour: TreeFlavour) throws {
    var set = try TreeSamples.regression(rows: 400)
    set.labels = set.labels.map { $0 < -1.5 ? 0 : $0 < 0.5 ? 1 : 2 }
    set.queries = [Int](repeating: 20, count: 20)
    let options = TreeSamples.options(flavour, .rankNDCG(RankOptions()), rounds: 15)
    let booster = try Booster(set, options: options, evaluation: [.init("train", set)], on: pool)
    var score = 0.0
    while !booster.isFinished { score = try booster.step().scores[0].value }
    #expect(score > 0.9)
  }

  @Test("early stopping cuts the model back to the best round", arguments: flavours)
  func stopping(flavour: TreeFlavour) throws {
    let training = try TreeSamples.binary(rows: 150)
    var held = try TreeSamples.binary(rows: 150, seed: 9)
    // Half of the labels are noise: later rounds can only get worse.
    for row in stride(from: 0, to: 150, by: 2) { held.labels[row] = Float(row / 2 % 2) }
    var options = TreeSamples.options(flavour, .logistic, rounds: 200)
    options.learningRate = 0.5
    options.stopping = EarlyStopping(rounds: 4)
    let booster = try Booster(
      training, options: options, evaluation: [.init("held", held)], on: pool)
    var scores: [Double] = []
    while !booster.isFinished { scores.append(try booster.step().scores[0].value) }
    let model = booster.model()
    let best = try #require(scores.indices.min { scores[$0] < scores[$1] })
    #expect(model.bestRound == best)
    #expect(model.roundCount == best + 1)
    #expect(scores.count == best + 5)
    #expect(model.bestScore == scores[best])
    // Stopped between rounds, the best so far is there, too.
    #expect(booster.roundCount == scores.count)
  }

  @Test("whoever watches may stop, and keeps the rounds up to then")
  func watching() async throws {
    let set = try TreeSamples.binary(rows: 100)
    let options = TreeSamples.options(.xgboost, .logistic, rounds: 50)
    let booster = try Booster(set, options: options, on: pool)
    let model = try await booster.run { $0.round == 2 ? .stop : .goOn }
    #expect(model.roundCount == 3)

    struct Cancelled: Error {}
    await #expect(throws: Cancelled.self) {
      _ = try await booster.run {
        if $0.round == 5 { throw Cancelled() }
        return .goOn
      }
    }
    #expect(booster.model().roundCount == 6)
  }

  @Test("a constant target, and a single row, are predicted", arguments: flavours)
  func constants(flavour: TreeFlavour) throws {
    var set = try TreeSamples.regression(rows: 50)
    set.labels = [Float](repeating: 2.5, count: 50)
    let model = try TreeSamples.train(set, TreeSamples.options(flavour))
    #expect(try BatchPredictor(model).margins(set.matrix, on: pool).allSatisfy { $0 == 2.5 })

    let one = TrainingSet(
      try FeatureMatrix(columns: [[1]], features: [ModelFeature(name: "x")]), labels: [7])
    let lone = try TreeSamples.train(one, TreeSamples.options(flavour))
    #expect(try BatchPredictor(lone).margins(one.matrix, on: pool) == [7])

    set.labels = [Float](repeating: 1, count: 50)
    let sure = try TreeSamples.train(set, TreeSamples.options(flavour, .logistic))
    #expect(try BatchPredictor(sure).predictions(set.matrix, on: pool).allSatisfy { $0 > 0.99 })
  }

  @Test(
    "what cannot be learnt from is refused in words",
    arguments: [
      ("the label of row 3 of the training set is nan", Objective.squaredError, Float.nan),
      ("the label of row 3 of the training set is inf", .squaredError, .infinity),
      ("the label of row 3 of the training set is 2.0", .logistic, 2),
      ("the label of row 3 of the training set is 3.0", .softmax(classes: 3), 3),
      ("the label of row 3 of the training set is -1.0", .poisson(step: 0.7), -1),
    ])
  func labels(message: String, objective: Objective, label: Float) throws {
    var set = try TreeSamples.binary(rows: 10)
    set.labels[2] = label
    let failure = #expect(throws: Failure.self) {
      try Booster(set, options: TreeSamples.options(.xgboost, objective), on: pool)
    }
    #expect(failure?.message == message)
    #expect(failure?.hint != nil)
  }

  @Test("absurd options are refused by name")
  func options() throws {
    let set = try TreeSamples.binary(rows: 10)
    func message(_ change: (inout BoostingOptions) -> Void) -> String? {
      var options = TreeSamples.options(.xgboost)
      change(&options)
      do {
        _ = try Booster(set, options: options, on: pool)
        return nil
      } catch {
        return (error as? Failure)?.message
      }
    }
    #expect(message { $0.learningRate = .nan } == "`learning_rate` is nan")
    #expect(message { $0.sampling.share = 0 } == "`subsample` is 0.0")
    #expect(message { $0.maximumBins = 1000 } == "`max_bin` is 1000")
    #expect(message { $0.maximumLeaves = 1 } == "`max_leaves` is 1")
    #expect(message { $0.monotone = [1] } == "1 monotone constraints for 5 features")
    #expect(
      message { $0.stopping = EarlyStopping(rounds: 3) } == "early stopping needs an evaluation set"
    )
  }
}
