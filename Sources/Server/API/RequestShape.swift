/// The fields of a request, as MLflow's protocol buffers have them (`mlflow/protos/service.proto`).
package struct RequestShape: Sendable, ExpressibleByDictionaryLiteral {
  package indirect enum Kind: Sendable {
    case text
    case int64
    case int32
    case double
    case bool
    /// One of some names; a number counts them from 1.
    case choice([String])
    case message(RequestShape)
    /// Any number of one kind.
    case list(Kind)
  }

  package struct Field: Sendable {
    package var name: String
    /// The other spelling that protocol buffers know: `runId` for `run_id`.
    package var camelName: String
    package var kind: Kind
  }

  package let fields: [Field]
  /// Whether a field has fields itself.
  let hasMessages: Bool

  package init(dictionaryLiteral elements: (String, Kind)...) {
    fields = elements.map { Field(name: $0.0, camelName: Self.camelCase($0.0), kind: $0.1) }
    hasMessages = fields.contains { $0.kind.message != nil }
  }

  func field(_ name: String) -> Field? {
    fields.first { $0.name == name || $0.camelName == name }
  }

  private static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return words.dropFirst().reduce(into: String(words.first ?? "")) {
      $0 += $1.prefix(1).uppercased() + $1.dropFirst()
    }
  }
}

extension RequestShape {
  /// `key` and `value`, of which many lists are made.
  package static let tag: RequestShape = ["key": .text, "value": .text]

  package static let metric: RequestShape = [
    "key": .text, "value": .double, "timestamp": .int64, "step": .int64, "dataset_name": .text,
    "dataset_digest": .text, "model_id": .text, "run_id": .text,
  ]

  /// Which lifecycles are wanted.
  package static let viewTypes = ["ACTIVE_ONLY", "DELETED_ONLY", "ALL"]
}
