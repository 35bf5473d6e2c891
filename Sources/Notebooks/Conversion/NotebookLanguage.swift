/// The language of a notebook's code, as far as texts have to know it.
enum NotebookLanguage {
  /// What its kernel says, else the extension of the text; nil when neither does.
  static func kernel(_ metadata: NotebookObject, _ format: TextFormat) -> String? {
    metadata["kernelspec"]?["language"]?.string ?? format.language?.name
  }

  /// In lower case but for `R`; nil when nothing says it.
  static func main(_ metadata: NotebookObject, _ format: TextFormat) -> String? {
    guard
      let name = metadata["jupytext"]?["main_language"]?.string ?? kernel(metadata, format),
      !name.isEmpty
    else { return nil }
    if name == "R" || name == "sas" { return name }
    if name.begins(with: "C++") { return "c++" }
    return name.lowercased().split(separator: "#", omittingEmptySubsequences: false)
      .joined(separator: "sharp")
  }

  static func code(_ metadata: NotebookObject, _ format: TextFormat) -> String {
    main(metadata, format) ?? "python"
  }
}

/// Which texts a notebook is paired with: `ipynb,py:percent`.
enum PairedFormats {
  /// The list with the entry of this extension named as it is written now.
  static func updated(_ text: String, to format: TextFormat) -> String {
    var isDone = false
    let entries = text.split(separator: ",").map { entry -> String in
      var entry = String(entry)
      if entry.begins(with: ".") { entry = entry.dropping(1) }
      let kind = entry.prefix { $0 != ":" }
      guard !isDone, kind == format.kind[...] else { return entry }
      isDone = true
      return format == .markdown ? format.kind : format.kind + ":" + format.name
    }
    return entries.joined(separator: ",")
  }
}
