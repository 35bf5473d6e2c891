import Platform

extension LogRules {
  /// Throws when a part of a dataset is longer than MLflow takes.
  static func check(_ dataset: DatasetInput) throws(RecordFailure) {
    let parts = [
      ("name", dataset.name, 500), ("digest", dataset.digest, 36),
      ("source", dataset.source, 65_535), ("source_type", dataset.sourceType, 65_535),
      ("schema", dataset.schema ?? "", 1_048_575), ("profile", dataset.profile ?? "", 16_777_215),
    ]
    for (part, text, limit) in parts {
      let shown = part == "source_type" ? "source type" : part
      try check(text, part, shown, dataset.name, limit)
    }
    for tag in dataset.tags {
      try check(tag.key, "key", "tag's name", dataset.name, 255)
      try check(tag.value, "value", "tag `\(tag.key)`", dataset.name, 500)
    }
    guard !dataset.name.isEmpty, !dataset.digest.isEmpty else {
      throw RecordFailure(
        .invalidParameterValue,
        "Dataset \(dataset.name.isEmpty ? "name" : "digest") cannot be empty",
        failure: Failure(.invalid, "a dataset needs a name and a digest"))
    }
  }

  private static func check(
    _ text: String, _ part: String, _ shown: String, _ dataset: String, _ limit: Int
  ) throws(RecordFailure) {
    try checkText(text, "dataset", dataset)
    guard text.utf8.count <= limit || text.unicodeScalars.count <= limit else {
      throw .tooLong(
        part, limit,
        failure: Failure(
          .invalid,
          """
          the \(shown) of a dataset exceeds the maximum length of \(limit) characters: \
          `\(dataset.prefix(40))`
          """))
    }
  }
}
