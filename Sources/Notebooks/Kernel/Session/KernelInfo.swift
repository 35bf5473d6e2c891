/// What a kernel says of itself.
package struct KernelInfo: Sendable, Equatable {
  /// The `language_info` that belongs into a notebook it has run.
  package var language: NotebookJSON
  package var protocolVersion: String
  package var implementation: String

  init(_ content: NotebookJSON) {
    language = content["language_info"] ?? [:]
    protocolVersion = content["protocol_version"]?.string ?? ""
    implementation = content["implementation"]?.string ?? ""
  }
}
