import Platform

/// What nbformat 3 calls otherwise than nbformat 4.
enum NotebookVersion3 {
  /// In the order in which nbformat renames them.
  private static let types = [
    ("text", "text/plain"), ("html", "text/html"), ("svg", "image/svg+xml"), ("png", "image/png"),
    ("jpeg", "image/jpeg"), ("latex", "text/latex"), ("json", "application/json"),
    ("javascript", "application/javascript"),
  ]

  /// The members of an output that can be arrays of lines.
  private static let texts = ["text", "html", "svg", "latex", "javascript", "json"]

  /// An array of lines as one text. Lines that have lost their ends get `\n` between them.
  static func joined(_ value: NotebookJSON) -> NotebookJSON {
    guard let items = value.array else { return value }
    let lines = items.compactMap(\.string)
    guard lines.count == items.count else { return value }
    let hasEnds = lines.first?.utf8.last.map { $0 == 0x0A || $0 == 0x0D } ?? false
    return .string(lines.joined(separator: hasEnds ? "" : "\n"))
  }

  /// - Parameter cell: the cell's number, for failures.
  static func upgraded(
    _ old: NotebookObject, cell: Int
  ) throws(NotebookMisfit) -> NotebookObject {
    var output = old
    for name in texts { if let value = output[name] { output[name] = joined(value) } }
    switch output["output_type"]?.string {
    case "pyout"?, "display_data"?: return try bundled(output, cell: cell)
    case "pyerr"?: output["output_type"] = "error"
    case "stream"?: output["name"] = output.removeValue(forKey: "stream") ?? "stdout"
    case nil: throw NotebookMisfit("an output of cell \(cell) has no `output_type`")
    default: break
    }
    return output
  }

  /// An output whose members are a bundle of types in the new format.
  private static func bundled(
    _ old: NotebookObject, cell: Int
  ) throws(NotebookMisfit) -> NotebookObject {
    var data = old
    var output: NotebookObject = ["metadata": data.removeValue(forKey: "metadata") ?? [:]]
    if data.removeValue(forKey: "output_type")?.string == "pyout" {
      output["output_type"] = "execute_result"
      output["execution_count"] = data.removeValue(forKey: "prompt_number") ?? .null
      data.removeValue(forKey: "execution_count")
    } else {
      output["output_type"] = "display_data"
      if let count = data.removeValue(forKey: "execution_count") {
        output["execution_count"] = count
      }
    }
    rename(&data)
    if var metadata = output["metadata"]?.object {
      rename(&metadata)
      output["metadata"] = .object(metadata)
    }
    if let json = data["application/json"]?.string {
      do throws(ParseFailure) {
        data["application/json"] = try NotebookJSON(parsing: Array(json.utf8))
      } catch {
        throw NotebookMisfit(
          "a `json` output of cell \(cell) is no JSON: \(error.message)", at: .key("json"))
      }
    }
    output["data"] = .object(data)
    return output
  }

  private static func rename(_ members: inout NotebookObject) {
    for (old, new) in types {
      if let value = members.removeValue(forKey: old) { members[new] = value }
    }
  }
}
