import Compute
import Platform

/// Boosting, round by round.
///
///     let booster = try Booster(training, options: options, evaluation: sets, on: pool)
///     while !booster.isFinished { print(try booster.step()) }
///     let model = booster.model()
///
/// ``step()`` does one round; between rounds the caller may look, report, or stop: ``model()`` is
/// the best so far at any time. The same data, options and seed give the same model, bit by bit,
/// for any number of threads and on every machine.
package final class Booster {
  package let options: BoostingOptions
  /// Seconds that binning took.
  package private(set) var constructionSeconds = 0.0
  /// Seconds that rounds took up to now.
  package private(set) var trainingSeconds = 0.0
  package internal(set) var isFinished = false
  package var roundCount: Int { built.roundCount }
  /// Whether each round is scored on the rows that are learnt from, too, by the metrics that need no sorting.
  package var scoresTraining = false

  /// Without cells, as the evaluation sets are: they take more memory than all else, and are in bins.
  let training: TrainingSet
  let evaluation: [EvaluationSet]
  let pool: WorkerPool
  let board: MarginBoard
  let evaluationBoards: [MarginBoard]
  let grower: TreeGrower
  let pairs: Memory<SIMD2<Float>>
  let sampler: RowSampler
  /// Every round up to now.
  var built: BoostedModel
  /// The trees as bins, for dropout only.
  var grownTrees: [(tree: GrownTree, output: Int)] = []
  var sample: RowSampler.Sample?
  var watch: StoppingWatch?

  /// Checks everything and puts the cells into bins.
  ///
  /// - Throws: ``Failure`` for data that cannot be learnt from and options that contradict.
  package init(
    _ training: TrainingSet, options: BoostingOptions, evaluation: [EvaluationSet] = [],
    on pool: WorkerPool
  ) throws {
    try options.check(features: training.matrix.features.map(\.name))
    try training.check(options.objective, name: "training")
    let start = Stopwatch()
    self.options = options
    self.training = training.withoutCells
    self.evaluation = evaluation.map { EvaluationSet($0.name, $0.data.withoutCells) }
    self.pool = pool
    let matrix = try BinnedMatrix(
      training.matrix, weights: training.weights, options: options.binning, on: pool)
    let bases = try Self.bases(options, training)
    board = MarginBoard(matrix, bases: bases)
    evaluationBoards = try evaluation.map { set in
      try set.data.check(options.objective, name: "`\(set.name)`")
      guard set.data.matrix.featureCount == training.matrix.featureCount else {
        throw Failure(
          .invalid,
          "the `\(set.name)` set has \(set.data.matrix.featureCount) features, the training set \(training.matrix.featureCount)"
        )
      }
      return MarginBoard(
        try BinnedMatrix(set.data.matrix, like: matrix, options: options.binning, on: pool),
        bases: bases)
    }
    grower = TreeGrower(
      matrix, rules: options.rules, shape: options.shape, columns: options.columns, on: pool)
    pairs = Memory(uninitialized: matrix.rowCount * bases.count)
    sampler = RowSampler(
      options: options.sampling, flavour: options.flavour, seed: options.seed,
      lightGBMSeed: options.lightGBMSeeds.bagging,
      learningRate: options.learningRate)
    built = Self.emptyModel(options, training, matrix, bases)
    if let stopping = options.stopping {
      watch = try StoppingWatch(
        stopping, metrics: options.effectiveMetrics, sets: evaluation.map(\.name))
    }
    isFinished = options.rounds == 0
    constructionSeconds = start.seconds
  }

  private static func bases(_ options: BoostingOptions, _ training: TrainingSet) throws -> [Double]
  {
    let outputs = options.objective.outputs
    if let score = options.baseScore {
      let margin = try BaseScore.margin(score, options.objective)
      return [Double](repeating: margin, count: outputs)
    }
    guard options.estimatesBase else { return [Double](repeating: 0, count: outputs) }
    let margins = BaseMargin(
      objective: options.objective, flavour: options.flavour, labels: training.labels,
      weights: training.weights, positiveWeight: Float(options.positiveWeight)
    ).estimate()
    // XGBoost keeps them as floats.
    return options.flavour == .xgboost ? margins.map { Double(Float($0)) } : margins
  }

  private static func emptyModel(
    _ options: BoostingOptions, _ training: TrainingSet, _ matrix: BinnedMatrix, _ bases: [Double]
  ) -> BoostedModel {
    var features = training.matrix.features
    for index in features.indices {
      features[index].range = matrix.ranges[index]
      features[index].missing = matrix.bins[index].missing
    }
    var model = BoostedModel(
      flavour: options.flavour, objective: options.objective.name(options.flavour),
      outputs: bases.count, features: features)
    model.transform = options.objective.transform
    model.baseMargins = bases
    if options.positiveWeight != 1 {
      model.objectiveParameters["scale_pos_weight"] = "\(options.positiveWeight)"
    }
    return model
  }

  /// Grows the trees of one round and scores the evaluation sets.
  ///
  /// - Throws: ``Failure`` when margins leave the range of numbers.
  package func step() throws -> RoundReport {
    guard !isFinished else {
      return RoundReport(round: built.roundCount, scores: [], isLast: true)
    }
    let start = Stopwatch()
    defer { trainingSeconds += start.seconds }
    let round = built.roundCount
    guard try addRound(round) else {
      isFinished = true
      return RoundReport(round: round, scores: [], isLast: true)
    }
    let scores = self.scores()
    if watch?.sees(scores, round: round) == true || round + 1 >= options.rounds {
      isFinished = true
    }
    return RoundReport(round: round, scores: trainingScores() + scores, isLast: isFinished)
  }

  private func scores() -> [RoundReport.Score] {
    zip(evaluation, evaluationBoards).flatMap { set, board in
      scores(set.name, set.data, board, options.effectiveMetrics)
    }
  }

  private func trainingScores() -> [RoundReport.Score] {
    guard scoresTraining else { return [] }
    return scores("train", training, board, options.effectiveMetrics.filter { !$0.sorts })
  }

  private func scores(
    _ name: String, _ data: TrainingSet, _ board: MarginBoard, _ metrics: [TreeMetric]
  ) -> [RoundReport.Score] {
    let evaluator = MetricEvaluator(
      flavour: options.flavour, labels: data.labels, weights: data.weights,
      queries: data.queryStarts, outputs: board.outputs)
    return metrics.map {
      .init(
        set: name, metric: $0, value: evaluator.score($0, board.margins.base, on: pool))
    }
  }

  /// The model of the rounds up to now, or up to the best one when early stopping says so.
  package func model() -> BoostedModel {
    var model = built
    if let watch, let best = watch.bestRound {
      model.bestRound = best
      model.bestScore = watch.bestScore
      if watch.options.keepsBestOnly { model.keepRounds(best + 1) }
    }
    if options.dropout != nil, options.flavour == .lightgbm { model.foldTreeWeights() }
    return model
  }
}
