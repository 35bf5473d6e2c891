import Formats
import Platform

extension SuiteReader {
  static let keys = [
    "name", "description", "data", "reference", "label", "severity", "where", "columns", "table",
    "drift", "splits",
  ]

  /// Reads the whole file; nil when there is not even data to test.
  mutating func suite(_ root: YAMLNode) throws(SuiteProblem) -> DataSuite? {
    let mapping = try mapping(root, "a suite")
    refuseUnknown(mapping, known: Self.keys, "a suite")
    let parts = mapping["splits"].map { readParts($0) } ?? []
    guard let data = readData(mapping, parts) else { return nil }
    var suite = DataSuite(file: source.file, data: data)
    suite.name = readText(mapping, "name")
    suite.description = readText(mapping, "description")
    suite.reference = readReference(mapping, "reference")
    suite.splits = parts
    let declared = readDeclarations(mapping["columns"])
    suite.columns = declared.map { DataSuite.ColumnDeclaration($0.name.text, types[$0.name.text]) }
    columns = suite.columns.map(\.name)
    readLabel(mapping)
    suite.label = label
    readDriftSettings(mapping["drift"])
    suite.drift = drift
    var scope = TestScope(.column)
    readDefaults(mapping, into: &scope)
    for field in mapping.fields {
      section = field.offset
      var scope = scope
      switch field.key {
      case "columns": for column in declared where !isFull { readColumn(column, scope) }
      case "table":
        scope.place = .table
        readTests(field.value, scope)
      case "drift": readDrift(field.value, scope)
      case "splits":
        scope.place = .split
        scope.filter = nil
        readChecks(field.value, scope)
      default: break
      }
    }
    addSchema(mapping)
    checkNames()
    checkRepeats()
    if mapping["reference"] == nil { checkReference() }
    suite.tests = tests.map(\.test)
    guard !suite.tests.isEmpty || !problems.isEmpty else {
      throw SuiteProblem(
        "a suite without tests", at: mapping.offset,
        hint: "add `columns:` with lines such as `age: int, 18..90`, or `table:`")
    }
    return suite
  }

  /// A suite that declares columns tests that the table has these; whether it may have others says `schema`.
  private mutating func addSchema(_ mapping: SuiteMapping) {
    let isSaid = tests.contains { if case .schema = $0.test.kind { true } else { false } }
    guard !columns.isEmpty, !isSaid,
      let field = mapping.fields.first(where: { $0.key == "columns" })
    else { return }
    var test = DataTest(
      .schema(columns: columns, isOrdered: false, allowsOthers: true),
      location: source.location(field.offset))
    test.text = test.shortForm(declared: columns)
    // In front of those of the columns.
    insert(test, at: field.offset)
  }

  // MARK: Single keys

  private mutating func readData(
    _ mapping: SuiteMapping, _ parts: [DataSuite.SplitPart]
  ) -> TableReference? {
    if mapping["data"] != nil {
      let data = readReference(mapping, "data")
      dataPlace = data?.place
      return data
    }
    if let train = parts.first(where: { $0.name == "train" }) { return train.table }
    note(
      SuiteProblem(
        "a suite needs `data`, the table that it tests", at: mapping.offset,
        hint: "add `data: data/train.csv`"))
    return nil
  }

  mutating func readReference(_ mapping: SuiteMapping, _ key: String) -> TableReference? {
    guard let node = mapping[key] else { return nil }
    do throws(SuiteProblem) { return try reference(try text(node, "`\(key)`")) } catch {
      note(error)
      return nil
    }
  }

  private mutating func readText(_ mapping: SuiteMapping, _ key: String) -> String? {
    guard let node = mapping[key] else { return nil }
    do throws(SuiteProblem) { return try text(node, "`\(key)`").trimmed.string } catch {
      note(error)
      return nil
    }
  }

  /// The column that is to be predicted: as it is said, or the one that is called so.
  private mutating func readLabel(_ mapping: SuiteMapping) {
    guard let node = mapping["label"] else {
      if columns.contains("label") { label = "label" }
      return
    }
    do throws(SuiteProblem) {
      let text = try text(node, "`label`").trimmed
      label = text.string
      name([SuiteName(text: text.string, offset: text.offset(0))])
    } catch { note(error) }
  }

  /// `severity` and `where` of the suite or of a column.
  mutating func readDefaults(_ mapping: SuiteMapping, into scope: inout TestScope) {
    do throws(SuiteProblem) {
      if let node = mapping["severity"] { scope.severity = try severity(node) }
    } catch { note(error) }
    do throws(SuiteProblem) {
      if let node = mapping["where"] { scope.narrow(try condition(node, "`where`")) }
    } catch { note(error) }
  }
}
