/// How files hold the texts of outputs and attachments: as arrays of lines, or whole.
enum NotebookMimeBundle {
  /// Whether the value of a MIME type is JSON, and never joined or split.
  static func isJSON(_ type: String) -> Bool {
    type == "application/json" || type.hasPrefix("application/") && type.hasSuffix("+json")
  }

  /// Whether a text of this type is written as an array of lines.
  static func isSplit(_ type: String) -> Bool {
    type.hasPrefix("text/") || type == "application/javascript" || type == "image/svg+xml"
  }

  /// The bundle with every array of strings as one string, those of JSON types left as they are.
  static func joined(_ bundle: NotebookJSON) -> NotebookJSON {
    guard let object = bundle.object else { return bundle }
    return .object(
      NotebookObject(
        object.members.map { member in
          guard case .array = member.value, !isJSON(member.key),
            let text = member.value.joinedText
          else { return (member.key, member.value) }
          return (member.key, .string(text))
        }))
  }

  /// Joins the texts of an output.
  static func join(output: inout NotebookObject) {
    let type = output["output_type"]?.string ?? ""
    switch type {
    case "": break
    case "execute_result", "display_data":
      if let data = output["data"] { output["data"] = joined(data) }
    default:
      if case .array? = output["text"], let text = output["text"]?.joinedText {
        output["text"] = .string(text)
      }
    }
  }
}
