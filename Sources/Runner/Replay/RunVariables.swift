import Projects

/// The variables that make the chance and the clock of an entry point repeatable.
///
/// `REPRISE_SEED` is the parameter `seed` when the entry point has one that is a whole number, else drawn;
/// `PYTHONHASHSEED`, from which Python takes the order of sets of texts, is the same; `SOURCE_DATE_EPOCH` (seconds since
/// 1970), which programs write into files in place of the time, is that of the commit. What the caller or the entry point
/// has set stays. All are recorded, and a replay gives them again.
struct RunVariables {
  static let seed = "REPRISE_SEED"
  static let hashSeed = "PYTHONHASHSEED"
  static let time = "SOURCE_DATE_EPOCH"

  /// With what was there before.
  private(set) var values: [String: String]
  /// The names that got their value here, without one of the person's behind it.
  private(set) var drawn: [String] = []

  /// - Parameters:
  ///   - commitTime: of the code, in seconds since 1970; nil when it is not in a repository.
  ///   - draw: a number for a seed; 32 bits, which NumPy, PyTorch and Python all take.
  init(
    _ variables: [String: String], parameters: [ResolvedParameter], commitTime: Int64?,
    draw: () -> UInt32 = { .random(in: .min ... .max) }
  ) {
    values = variables
    if isFree(RunVariables.seed) {
      let given = parameters.first { $0.name == "seed" }.flatMap { UInt64($0.value) }
      if let given {
        values[RunVariables.seed] = "\(given)"
      } else {
        set(RunVariables.seed, "\(draw())")
      }
    }
    // Python takes 32 bits and nothing else.
    if isFree(RunVariables.hashSeed), let seed = UInt64(values[RunVariables.seed] ?? "") {
      set(RunVariables.hashSeed, "\(UInt32(truncatingIfNeeded: seed))")
    }
    if isFree(RunVariables.time), let commitTime, commitTime >= 0 {
      set(RunVariables.time, "\(commitTime)")
    }
  }

  private func isFree(_ name: String) -> Bool { values[name]?.isEmpty ?? true }

  private mutating func set(_ name: String, _ value: String) {
    values[name] = value
    drawn.append(name)
  }
}
