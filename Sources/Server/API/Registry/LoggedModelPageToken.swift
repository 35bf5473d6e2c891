import Formats
import Platform

/// Where the next page of logged models begins; it is only good for the search that it came from, as MLflow's.
struct LoggedModelPageToken {
  /// What a search asks for, each with the words of a refusal.
  private let parts: [(key: String, words: String, requested: String, value: JSONValue)]

  init(_ request: APIRequest) {
    func part(_ key: String, _ words: String, _ requested: String, _ value: JSONValue)
      -> (key: String, words: String, requested: String, value: JSONValue)
    { (key, words, requested, value) }
    parts = [
      part(
        "experiment_ids", "Experiment IDs", "experiment IDs",
        .array(request.list("experiment_ids"))),
      part(
        "filter_string", "Filter string", "filter string",
        request.text("filter").map { .string($0) } ?? .null),
      part(
        "order_by", "Order by", "order by",
        request.list("order_by").isEmpty ? .null : .array(request.list("order_by"))),
    ]
  }

  func text(_ offset: Int) -> String {
    let members =
      parts.map { JSONValue.Member($0.key, $0.value) } + [.init("offset", .int(Int64(offset)))]
    return Base64.encode(Array(PythonText.json(.object(members)).utf8))
  }

  /// - Throws: ``APIError`` for what is no token, or one of another search.
  func offset(_ text: String?) throws(APIError) -> Int {
    guard let text else { return 0 }
    guard let bytes = Base64.decode(text), let json = try? JSONValue(parsing: bytes),
      json.members != nil
    else { throw .invalid("Invalid page token: \(text)") }
    for part in parts where json[part.key] ?? .null != part.value {
      throw .invalid(
        "\(part.words) in the page token do\(part.key == "experiment_ids" ? "" : "es") not match the "
          + "requested \(part.requested).")
    }
    guard let offset = json["offset"]?.int, offset >= 0, let offset = Int(exactly: offset) else {
      throw .invalid("Invalid page token: \(text)")
    }
    return offset
  }
}
