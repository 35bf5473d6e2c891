/// How a notebook is written as a text; what its metadata says under `jupytext` counts where nothing is said here.
package struct TextOptions: Sendable {
  /// Which metadata of the notebook goes into the header; `-all` writes no header.
  package var notebookFilter: String?
  package var cellFilter: String?
  /// Whether magics become comments; nil as the format has it.
  package var commentsMagics: Bool?

  package init() {}
}

/// The options of one conversion: those that are asked for, then the notebook's.
struct TextSettings {
  var notebookFilter: NotebookJSON?
  var cellFilter: NotebookJSON?
  var commentsMagics: Bool?
  var cellMarkers: String?
  var writesJSON = false
  var splitsAtHeadings = false
  var hidesHeader = false
  var keepsRootAsRawCell = true

  /// - Parameter jupytext: the notebook's metadata of that name; gets the options that were asked for.
  init(_ options: TextOptions, _ jupytext: inout NotebookObject) {
    if let filter = options.notebookFilter {
      jupytext["notebook_metadata_filter"] = .string(filter)
    }
    if let filter = options.cellFilter { jupytext["cell_metadata_filter"] = .string(filter) }
    if let comments = options.commentsMagics { jupytext["comment_magics"] = .bool(comments) }
    notebookFilter = jupytext["notebook_metadata_filter"]
    cellFilter = jupytext["cell_metadata_filter"]
    commentsMagics = jupytext["comment_magics"]?.bool
    cellMarkers = jupytext["cell_markers"]?.string
    writesJSON = jupytext["cell_metadata_json"]?.bool ?? false
    splitsAtHeadings = jupytext["split_at_heading"]?.bool ?? false
    hidesHeader = jupytext["hide_notebook_metadata"]?.bool ?? false
    keepsRootAsRawCell = jupytext["root_level_metadata_as_raw_cell"]?.bool ?? true
  }
}
