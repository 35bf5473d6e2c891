import Compute
import Glibc

/// Scores margins against labels.
///
/// Sums are taken over blocks of 4096 rows and added in the order of the blocks: the same bits for
/// any number of threads.
struct MetricEvaluator {
  let flavour: TreeFlavour
  let labels: [Float]
  let weights: [Float]?
  /// The first row of each query, and at the end the number of rows; empty without queries.
  let queries: [Int]
  let outputs: Int

  /// - Parameter margins: a margin for each row of output 0, then of output 1, ….
  func score(_ metric: TreeMetric, _ margins: UnsafePointer<Double>, on pool: WorkerPool) -> Double
  {
    let rows = labels.count
    switch metric {
    case .areaUnderCurve: return AreaUnderCurve(labels: labels, weights: weights).value(margins)
    case .ndcg(let count):
      return RankScore(labels: labels, queries: queries.isEmpty ? [0, rows] : queries)
        .ndcg(margins, at: count)
    case .logLoss: return logLoss(margins, on: pool)
    case .error: return mean(on: pool) { (margins[$0] > 0) == (labels[$0] > 0) ? 0 : 1 }
    case .multiclassLogLoss:
      return mean(on: pool) { row in
        var largest = -Double.infinity
        for output in 0..<outputs { largest = max(largest, margins[output * rows + row]) }
        var sum = 0.0
        for output in 0..<outputs {
          sum += Elementary8.exponential(margins[output * rows + row] - largest)
        }
        let own = margins[Int(labels[row]) * rows + row] - largest
        return min(Elementary8.logarithm(sum) - own, 36.8)
      }
    case .multiclassError:
      return mean(on: pool) { row in
        var best = 0
        for output in 1..<max(1, outputs)
        where margins[output * rows + row] > margins[best * rows + row] { best = output }
        return best == Int(labels[row]) ? 0 : 1
      }
    case .rmse: return squares(margins, on: pool).squareRoot()
    case .mse: return squares(margins, on: pool)
    case .mae: return mean(on: pool) { abs(margins[$0] - Double(labels[$0])) }
    case .quantile(let alpha):
      return mean(on: pool) { row in
        let error = Double(labels[row]) - margins[row]
        return error >= 0 ? alpha * error : (alpha - 1) * error
      }
    case .huber(let delta):
      return mean(on: pool) { row in
        let error = abs(margins[row] - Double(labels[row]))
        if flavour == .xgboost {
          return delta * delta * ((1 + error * error / (delta * delta)).squareRoot() - 1)
        }
        return error <= delta ? error * error / 2 : delta * (error - delta / 2)
      }
    case .poissonNegativeLogLikelihood:
      return mean(on: pool) { row in
        let label = Double(labels[row])
        let loss = Elementary8.exponential(margins[row]) - label * margins[row]
        return flavour == .xgboost ? loss + lgamma(label + 1) : loss
      }
    }
  }

  /// Eight rows at a time, because it is what most models are watched by.
  private func logLoss(_ margins: UnsafePointer<Double>, on pool: WorkerPool) -> Double {
    let rows = labels.count
    let losses = Memory<Double>(uninitialized: (rows + 7) / 8 * 8)
    let block = 4096
    pool.parallelFor(blocks: (rows + block - 1) / block) { index in
      for row in stride(from: index * block, to: min(rows, (index + 1) * block), by: 8) {
        var signed = SIMD8<Double>.zero
        for lane in 0..<min(8, rows - row) {
          signed[lane] = labels[row + lane] > 0 ? -margins[row + lane] : margins[row + lane]
        }
        var chosen = 1 / (1 + Elementary.exponential(signed))
        chosen.replace(with: 1e-16, where: chosen .< 1e-16)
        let loss = -Elementary.logarithm(chosen)
        UnsafeMutableRawPointer(losses.base + row).storeBytes(of: loss, as: SIMD8<Double>.self)
      }
    }
    return mean(on: pool) { losses.base[$0] }
  }

  private func squares(_ margins: UnsafePointer<Double>, on pool: WorkerPool) -> Double {
    mean(on: pool) { row in
      let error = margins[row] - Double(labels[row])
      return error * error
    }
  }

  @inline(__always)
  private func mean(on pool: WorkerPool, _ loss: (Int) -> Double) -> Double {
    let rows = labels.count
    let block = 4096
    let blocks = (rows + block - 1) / block
    let sums = Memory<SIMD2<Double>>(count: blocks, filledWith: .zero)
    pool.parallelFor(blocks: blocks) { index in
      var sum = SIMD2<Double>.zero
      for row in (index * block)..<min(rows, (index + 1) * block) {
        let weight = Double(weights?[row] ?? 1)
        sum += SIMD2(loss(row) * weight, weight)
      }
      sums.base[index] = sum
    }
    var total = SIMD2<Double>.zero
    for index in 0..<blocks { total += sums.base[index] }
    return total.y > 0 ? total.x / total.y : .nan
  }
}
