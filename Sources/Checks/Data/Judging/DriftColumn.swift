/// What is needed of a column to compare its distribution with that of the reference.
struct DriftColumn {
  let name: String
  let isNumber: Bool

  init(_ name: String, _ type: ColumnType?) {
    self.name = name
    isNumber = type?.isNumber == true
  }

  var requests: [ScanRequest.Kind] { [isNumber ? .values(name) : .counts(name)] }
}
