extension DataTest {
  /// What a test looks at. Shares are fractions of one.
  package indirect enum Kind: Sendable, Hashable {
    // Of single rows.
    /// Each cell reads as the type.
    case type(ColumnType)
    case range(Bounds)
    /// The cell is one of the values, or none of them.
    case inSet(ValueSet, isNegated: Bool)
    /// The whole text matches a regular expression of Python's.
    case pattern(String)
    /// Characters (Unicode scalars) of the text.
    case length(Bounds)
    case dateFormat(String)
    /// Each value is at least the one before; per ``DataTest/group``.
    case monotonic(isStrict: Bool, isDescending: Bool)
    /// An expression of columns holds.
    case holds(RowExpression)
    /// The value stands in a column of another table.
    case foreignKey(TableReference, column: String)

    // Of columns.
    /// The share of missing cells.
    case nulls(max: Double)
    /// How many spellings of nothing there are.
    case mixedNulls(max: Int)
    /// The rarer of numbers and texts has a share outside of these.
    case mixedTypes(low: Double, high: Double)
    /// No value stands in two rows.
    case unique
    case statistic(Statistic, Bounds)
    /// The share of rows that have one of the values, of those that have any.
    case share(ValueSet, Bounds)
    /// There is more than one value.
    case varies
    /// The share of outliers.
    case outliers(OutlierRule, max: Double)
    /// The rarest value has at least this share of the most frequent one's rows.
    case classBalance(min: Double)
    /// The newest of the times is at most so many seconds old.
    case freshness(maxAge: Double)
    /// Nothing in it looks like data of a person, but for the allowed kinds.
    case personalData(allowed: Set<PersonalDataKind>)
    case images(ImageRule)
    /// The share of pictures that look like one before: of whose 64-bit hashes at most so many bits differ.
    case nearImages(distance: Int, max: Double)

    // Of the table.
    /// The columns that are declared are there.
    ///
    /// - columns: in their order.
    case schema(columns: [String], isOrdered: Bool, allowsOthers: Bool)
    /// No two rows are equal in these columns; empty: in all.
    case duplicates(columns: [String], max: Double)
    case rowCount(Bounds)
    /// The number of rows differs by at most this share from that of the reference.
    case rowChange(max: Double)
    case columnCount(Bounds)
    /// No more pairs of columns than `pairs` are correlated by `limit` or more.
    case correlation(CorrelationKind, limit: Double, pairs: Int, columns: [String])
    /// Of rows with equal features the labels differ in this share at most.
    case labelConflict(label: String, max: Double)
    /// The best that one feature by itself tells of the label stays below this.
    case leakScore(label: String, max: Double)

    // Against the reference.
    case drift(DriftMethod, limit: Double?)
    /// The share of columns that drift.
    case driftedShare(max: Double)

    // Between the parts of a split.
    case split(SplitTest)
  }

  /// Whether it judges each row by itself, so that ``DataTest/mostly`` counts.
  package var isOfRows: Bool { kind.isOfRows }
}

extension DataTest.Kind {
  /// Whether it judges each row by itself.
  package var isOfRows: Bool {
    switch self {
    case .type, .range, .inSet, .pattern, .length, .dateFormat, .monotonic, .holds, .foreignKey:
      true
    default: false
    }
  }
}
