import Projects

extension RunKey {
  /// Variables that change results, when the person or the entry point has set them.
  private static let common: Set<String> = [
    "CUDA_VISIBLE_DEVICES", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH",
    "PYTHONHASHSEED", "PYTHONPATH", "REPRISE_SEED", "SOURCE_DATE_EPOCH", "TZ",
  ]

  /// The number of threads changes the last digits of what most libraries compute; never of our own trainers.
  private static let threads: Set<String> = [
    "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
  ]

  /// The variables of a plan that its key is of. A trainer reads none of the person's but the seed.
  ///
  /// - Parameter drawn: those that an enclosing run has drawn: nobody chose their values.
  static func variables(_ plan: RunPlan, drawn: Set<String>) -> [String: String] {
    var variables = plan.variables.filter { !$0.value.isEmpty && !drawn.contains($0.key) }
    switch plan.action {
    case .command, .notebook, .program:
      variables = variables.filter { (common.union(threads)).contains($0.key) }
    case .trainer: variables = variables.filter { $0.key == "REPRISE_SEED" }
    }
    for variable in plan.entryPoint.environment {
      if case .trainer = plan.action, threads.contains(variable.name) { continue }
      variables[variable.name] = variable.value
    }
    return variables
  }
}
