/// What scans have found out about a table.
struct Knowledge: Sendable {
  private(set) var scans: [ScanRequest: any Scan] = [:]
  /// Rows of the table.
  var rows = 0
  /// The columns, in their order.
  var names: [String] = []
  /// Columns that were read as numbers.
  var numeric: Set<String> = []

  mutating func add(_ scan: any Scan, for request: ScanRequest) { scans[request] = scan }

  private func scan<Kind: Scan>(_ kind: ScanRequest.Kind, _ filter: RowExpression?) -> Kind {
    guard let scan = scans[ScanRequest(kind, where: filter)] as? Kind else {
      preconditionFailure("nobody asked for this scan")
    }
    return scan
  }

  func census(_ column: String, _ filter: RowExpression?) -> CensusScan {
    scan(.census(column), filter)
  }

  func moments(_ column: String, _ filter: RowExpression?) -> MomentsScan {
    scan(.moments(column), filter)
  }

  func values(_ column: String, _ filter: RowExpression?) -> ValuesScan {
    scan(.values(column), filter)
  }

  func counts(_ column: String, _ filter: RowExpression?) -> CountsScan {
    scan(.counts(column), filter)
  }

  func duplicates(_ columns: [String], _ filter: RowExpression?) -> DuplicatesScan {
    scan(.duplicates(columns), filter)
  }

  func labels(_ features: [String], _ label: String, _ filter: RowExpression?) -> LabelsScan {
    scan(.labels(features, label), filter)
  }

  func cells(_ column: String, as type: ColumnType?, _ filter: RowExpression?) -> CellsScan {
    scan(.cells(column, as: type), filter)
  }

  func rowTest(_ test: RowTest, _ filter: RowExpression?) -> RowTestScan {
    scan(.rows(test), filter)
  }

  func products(_ first: String, _ second: String, _ filter: RowExpression?) -> ProductsScan {
    scan(.products(first, second), filter)
  }

  func pairs(_ first: String, _ second: String, _ filter: RowExpression?) -> PairsScan {
    scan(.pairs(first, second), filter)
  }

  func order(_ kind: ScanRequest.Kind, _ filter: RowExpression?) -> OrderScan {
    scan(kind, filter)
  }

  func latest(_ column: String, _ format: String?, _ filter: RowExpression?) -> LatestScan {
    scan(.latest(column, format: format), filter)
  }

  func images(
    _ column: String, in folder: String, hashes: Bool, _ filter: RowExpression?
  ) -> ImageScan {
    scan(.images(column, folder: folder, hashes: hashes), filter)
  }

  func personal(_ column: String, _ filter: RowExpression?) -> PersonalScan {
    scan(.personal(column), filter)
  }
}
