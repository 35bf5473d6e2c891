import SystemPackage

/// What there is to know of the data that a model was trained on.
package struct DatasetFacts: Sendable, Hashable {
  package var file: FilePath?
  /// Rows of the file.
  package var rows: Int
  /// Rows that were trained on, and rows that were held out.
  package var trainRows: Int
  package var testRows: Int
  /// The columns that were used.
  package var features: [String]
  package var target: String?
  /// Empty unless the target is one of classes.
  package var classes: [String]

  package init(
    file: FilePath?, rows: Int, trainRows: Int, testRows: Int, features: [String], target: String?,
    classes: [String] = []
  ) {
    self.file = file
    self.rows = rows
    self.trainRows = trainRows
    self.testRows = testRows
    self.features = features
    self.target = target
    self.classes = classes
  }
}
