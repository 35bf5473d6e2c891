extension RunCopy {
  /// What this run, which is there already, says that another of its id does not; nil when they agree.
  ///
  /// What only this one has is no contradiction, nor is a status, an end, a name or a tag while this one was still going
  /// on.
  package func contradiction(to other: RunCopy) -> String? {
    if startTime != other.startTime {
      return "it was started at \(startTime), and would be at \(other.startTime)"
    }
    let values = Dictionary(params.map { ($0.key, $0.value) }) { $1 }
    for param in other.params {
      if let here = values[param.key], here != param.value {
        return "param `\(param.key)` is \(shown(here)), and would be \(shown(param.value))"
      }
    }
    guard !status.isOpen else { return nil }
    if status != other.status || endTime != other.endTime {
      return "it ended as \(status.rawValue), and would as \(other.status.rawValue)"
        + (status == other.status ? " at another time" : "")
    }
    let notes = Dictionary(tags.map { ($0.key, $0.value) }) { $1 }
    for tag in other.tags {
      if let here = notes[tag.key], here != tag.value {
        return "tag `\(tag.key)` is \(shown(here)), and would be \(shown(tag.value))"
      }
    }
    return name == other.name
      ? nil : "its name is \(shown(name)), and would be \(shown(other.name))"
  }

  /// Whether this run has all that another of its id has, as far as that was read: its points are not.
  package func covers(_ other: RunCopy) -> Bool {
    func names(_ datasets: [DatasetInput]) -> Set<[String]> {
      Set(datasets.map { [$0.name, $0.digest] })
    }
    let latest = Dictionary(metrics.map { ($0.key, $0) }) { $1 }
    return status == other.status && endTime == other.endTime
      && Set(other.params.map(\.key)).isSubset(of: params.map(\.key))
      && Set(other.tags).isSubset(of: tags)
      && names(other.datasets).isSubset(of: names(datasets))
      && Set(other.modelInputs).isSubset(of: modelInputs)
      && Set(other.modelOutputs.map(\.model)).isSubset(of: modelOutputs.map(\.model))
      && other.metrics.allSatisfy { metric in
        guard let here = latest[metric.key] else { return false }
        let isSame = here.value == metric.value || (here.value.isNaN && metric.value.isNaN)
        return isSame && here.step == metric.step && here.timestamp == metric.timestamp
      }
  }

  private func shown(_ text: String) -> String {
    "`\(text.count > 40 ? text.prefix(40) + "…" : text)`"
  }
}
