import Projects

/// What every trainer that learns from a table takes.
enum TableParameters {
  static let all: [Parameter] = [
    Parameter(
      "data", .path, isRequired: false,
      description:
        "table: CSV with a header, JSON Lines, Parquet, FILE#TABLE of SQLite, NumPy's arrays; the first of `inputs` if not given"
    ),
    Parameter("target", description: "column to predict"),
    Parameter(
      "features", isRequired: false,
      description: "columns to learn from, between commas; all others when not given"),
    Parameter("drop", isRequired: false, description: "columns to leave out, between commas"),
    Parameter(
      "categorical", isRequired: false,
      description: "columns that are categories although they hold numbers, between commas"),
    Parameter(
      "delimiter", default: "auto",
      description: "character between fields; auto: what the first lines look like"),
    Parameter(
      "test_fraction", .float, isRequired: false, minimum: 0, maximum: 0.9,
      description:
        "share of the rows to hold out, of each class alike; 0.2, or 0 with `cv`, when not given"),
  ]
}
