import Formats

extension Feature {
  /// As model files of ours have it; see ``LogisticModel/json``.
  var json: JSONValue {
    switch encoding {
    case .standardized(let mean, let scale):
      .object([
        .init("name", .string(name)), .init("encoding", "standardized"),
        .init("mean", .double(mean)), .init("scale", .double(scale)),
      ])
    case .oneHot(let categories, let missing):
      .object([
        .init("name", .string(name)), .init("encoding", "one-hot"),
        .init("categories", .array(categories.map { .string($0) })),
        .init("missing", .bool(missing)),
      ])
    }
  }
}
