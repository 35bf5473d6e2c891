/// First and second derivatives of the loss by the margins, for a block of rows.
///
/// Formulas as in XGBoost's src/objective/*.cu and LightGBM's src/objective/*.hpp.
struct GradientKernel {
  let objective: Objective
  let flavour: TreeFlavour
  let rowCount: Int
  let labels: UnsafePointer<Float>
  let weights: UnsafePointer<Float>?
  /// Multiplies the weights of rows of class 1.
  let positiveWeight: Float
  /// A margin for each row of output 0, then of output 1, ….
  let margins: UnsafePointer<Double>
  /// In the same order.
  let pairs: UnsafeMutablePointer<SIMD2<Float>>

  func fill(_ rows: Range<Int>) {
    switch objective {
    case .squaredError:
      each(rows) { margin, label in SIMD2(Float(margin - label), 1) }
    case .absoluteError:
      each(rows) { margin, label in SIMD2(margin > label ? 1 : margin < label ? -1 : 0, 1) }
    case .quantile(let alpha):
      each(rows) { margin, label in SIMD2(Float(margin >= label ? 1 - alpha : -alpha), 1) }
    case .huber(let delta):
      each(rows) { margin, label in SIMD2(Float(max(-delta, min(delta, margin - label))), 1) }
    case .pseudoHuber(let slope):
      each(rows) { margin, label in
        let error = margin - label
        let root = (1 + error * error / (slope * slope)).squareRoot()
        let below = (slope * slope + error * error) * root
        return SIMD2(Float(error / root), Float(slope * slope / below))
      }
    case .poisson(let step): fillPoisson(rows, step)
    case .logistic: fillLogistic(rows)
    case .softmax(let classes): fillSoftmax(rows, classes)
    case .rankNDCG: break
    }
  }

  @inline(__always)
  private func each(_ rows: Range<Int>, _ derivatives: (Double, Double) -> SIMD2<Float>) {
    for row in rows {
      let pair = derivatives(margins[row], Double(labels[row]))
      pairs[row] = weights.map { pair * $0[row] } ?? pair
    }
  }

  @inline(__always)
  private func load(_ row: Int, _ count: Int, output: Int = 0) -> SIMD8<Float> {
    var values = SIMD8<Float>.zero
    let base = margins + (output &* rowCount &+ row)
    if count == 8 {
      let wide = UnsafeRawPointer(base).loadUnaligned(as: SIMD8<Double>.self)
      return SIMD8<Float>(wide)
    }
    for lane in 0..<count { values[lane] = Float(base[lane]) }
    return values
  }

  private func weight(_ row: Int, isPositive: Bool) -> Float {
    (weights?[row] ?? 1) * (isPositive ? positiveWeight : 1)
  }

  private func fillLogistic(_ rows: Range<Int>) {
    let isWeighted = weights != nil || positiveWeight != 1
    for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 8) {
      let count = min(8, rows.upperBound - row)
      let one = SIMD8<Float>(repeating: 1)
      let p = one / (one + FloatExponential.exponential(-load(row, count)))
      var hessian = p * (one - p)
      hessian.replace(with: 1e-16, where: hessian .< 1e-16)
      for lane in 0..<count {
        var pair = SIMD2(p[lane] - labels[row + lane], hessian[lane])
        if isWeighted { pair *= weight(row + lane, isPositive: labels[row + lane] > 0) }
        pairs[row + lane] = pair
      }
    }
  }

  private func fillPoisson(_ rows: Range<Int>, _ step: Double) {
    let raise = Float(Elementary8.exponential(step))
    for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 8) {
      let count = min(8, rows.upperBound - row)
      let mean = FloatExponential.exponential(load(row, count))
      for lane in 0..<count {
        let pair = SIMD2(mean[lane] - labels[row + lane], mean[lane] * raise)
        pairs[row + lane] = weights.map { pair * $0[row + lane] } ?? pair
      }
    }
  }

  private func fillSoftmax(_ rows: Range<Int>, _ classes: Int) {
    let factor =
      flavour == .xgboost ? Float(2) : Float(classes) / Float(max(1, classes - 1))
    for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 8) {
      let count = min(8, rows.upperBound - row)
      var largest = load(row, count)
      for output in 1..<max(1, classes) {
        let margin = load(row, count, output: output)
        largest.replace(with: margin, where: margin .> largest)
      }
      var sum = SIMD8<Float>.zero
      for output in 0..<classes {
        sum += FloatExponential.exponential(load(row, count, output: output) - largest)
      }
      for output in 0..<classes {
        let p = FloatExponential.exponential(load(row, count, output: output) - largest) / sum
        var hessian = factor * p * (SIMD8(repeating: 1) - p)
        hessian.replace(with: 1e-16, where: hessian .< 1e-16)
        for lane in 0..<count {
          let isLabel = labels[row + lane] == Float(output)
          var pair = SIMD2(p[lane] - (isLabel ? 1 : 0), hessian[lane])
          if let weights { pair *= weights[row + lane] }
          pairs[output &* rowCount &+ row &+ lane] = pair
        }
      }
    }
  }
}
