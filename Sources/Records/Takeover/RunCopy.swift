import Platform

/// A run that was recorded elsewhere, as it is to stand here: with its id, times, status and lifecycle.
package struct RunCopy: Sendable, Hashable {
  package var id: RunID
  package var name: String
  package var user: String
  package var status: RunStatus
  /// Milliseconds since 1970.
  package var startTime: Int64
  package var endTime: Int64?
  /// When it was deleted; nil while it is active.
  package var deletedTime: Int64?
  /// Where its artifacts are; nil when they are beside the database.
  package var artifactURI: String?
  package var entryPoint: String?
  package var sourceName: String?
  package var params: [Param]
  package var tags: [Tag]
  package var datasets: [DatasetInput]
  /// The ids of the logged models that were read.
  package var modelInputs: [String]
  /// The logged models that were made.
  package var modelOutputs: [ModelUse]
  /// The latest value of each metric, as far as the other side tells them.
  package var metrics: [Metric]

  package init(
    id: RunID, name: String, user: String, status: RunStatus, startTime: Int64,
    endTime: Int64? = nil, deletedTime: Int64? = nil, artifactURI: String? = nil,
    entryPoint: String? = nil, sourceName: String? = nil, params: [Param] = [], tags: [Tag] = [],
    datasets: [DatasetInput] = [], modelInputs: [String] = [], modelOutputs: [ModelUse] = [],
    metrics: [Metric] = []
  ) {
    self.id = id
    self.name = name
    self.user = user
    self.status = status
    self.startTime = startTime
    self.endTime = endTime
    self.deletedTime = deletedTime
    self.artifactURI = artifactURI
    self.entryPoint = entryPoint
    self.sourceName = sourceName
    self.params = params
    self.tags = tags
    self.datasets = datasets
    self.modelInputs = modelInputs
    self.modelOutputs = modelOutputs
    self.metrics = metrics
  }
}

extension RunCopy {
  /// Takes out what may not stand here, and says what that was.
  ///
  /// Long values stay whole: what another program kept is not cut on the way.
  package mutating func removeRefused() -> [String] {
    var refused: [String] = []
    params.removeAll { param in
      RunCopy.refuses("parameter", param.key, &refused) {
        try LogRules.check(
          key: param.key, of: "parameter", at: "", tooLongAs: "Param key")
        try LogRules.checkText(param.value, "parameter", param.key)
      }
    }
    tags.removeAll { tag in
      RunCopy.refuses("tag", tag.key, &refused) {
        try LogRules.check(key: tag.key, of: "tag", at: "", tooLongAs: "key")
        try LogRules.checkText(tag.value, "tag", tag.key)
      }
    }
    datasets.removeAll { dataset in
      RunCopy.refuses("dataset", dataset.name, &refused) { try LogRules.check(dataset) }
    }
    modelInputs.removeAll { model in
      RunCopy.refuses("model", model, &refused) { try LogRules.checkText(model, "model", model) }
    }
    modelOutputs.removeAll { use in
      RunCopy.refuses("model", use.model, &refused) {
        try LogRules.checkText(use.model, "model", use.model)
      }
    }
    for (what, text) in [("name", name), ("user", user), ("source", sourceName ?? "")]
    where text.utf8.contains(0) {
      refused.append("the run's \(what) holds a NUL character")
    }
    name = name.withoutNUL
    user = user.withoutNUL
    sourceName = sourceName?.withoutNUL
    return refused
  }

  private static func refuses(
    _ what: String, _ key: String, _ refused: inout [String], _ check: () throws -> Void
  ) -> Bool {
    do {
      try check()
      return false
    } catch {
      let failure = (error as? RecordFailure)?.failure ?? error as? Failure
      refused.append(failure?.message ?? "the \(what) `\(key)` may not stand here")
      return true
    }
  }
}

extension String {
  fileprivate var withoutNUL: String {
    utf8.contains(0) ? String(unicodeScalars.filter { $0.value != 0 }.map(Character.init)) : self
  }
}
