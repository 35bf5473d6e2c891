extension FuzzTarget {
  /// What the program of this folder tries.
  static let all: [FuzzTarget] = [
    .python, .pattern, .keywords, .rules, .checks, .notebooks, .notebookDocuments,
    .notebookTexts, .notebookMerge, .wire, .dataSuites,
  ]
}
