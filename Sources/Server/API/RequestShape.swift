/// The fields of a request, as MLflow's protocol buffers have them.
package struct RequestShape: Sendable, ExpressibleByDictionaryLiteral {
  package indirect enum Kind: Sendable {
    case text
    case int64
    case int32
    case double
    case bool
    /// One of some names; a number counts them from 1, or from the given number.
    case choice([String], from: Int = 1)
    case message(RequestShape)
    /// Any number of one kind.
    case list(Kind)
  }

  package var fields: [(name: String, kind: Kind)]

  package init(dictionaryLiteral elements: (String, Kind)...) {
    fields = elements.map { (name: $0.0, kind: $0.1) }
  }
}
