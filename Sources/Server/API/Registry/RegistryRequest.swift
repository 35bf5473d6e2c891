import Formats
import Records

extension RequestShape {
  static let modelName: RequestShape = ["name": .text]
  static let versionName: RequestShape = ["name": .text, "version": .text]

  static let registrySearch: RequestShape = [
    "filter": .text, "max_results": .int64, "order_by": .list(.text), "page_token": .text,
  ]
}

extension [FieldRule] {
  static let modelName = [FieldRule("name", .string, .required)]
  static let versionName = [
    FieldRule("name", .string, .required), FieldRule("version", .string, .required),
  ]

  /// - Parameter most: items of a page.
  static func registrySearch(most: Int64) -> [FieldRule] {
    [
      FieldRule("filter", .string), FieldRule("max_results", .int, .atMost(most)),
      FieldRule("order_by", .array, .stringItems), FieldRule("page_token", .string),
    ]
  }
}

extension APIRequest {
  /// - Parameter limit: items of a page when the request does not say.
  func registrySearch(limit: Int64) throws(APIError) -> RegistrySearch {
    RegistrySearch(
      filter: plainText("filter"), order: texts("order_by"),
      limit: Int(int("max_results") ?? limit), offset: try PageToken.offset(text("page_token")))
  }
}
