/// Pieces of a model suite as they are written.
enum ModelSuiteText {
  /// A value of a column: a word or a number as it is, anything else in quotes.
  static func value(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let isPlain =
      !scalars.isEmpty
      && scalars.allSatisfy {
        $0 == "_" || $0 == "." || $0 == "-" || $0.properties.isAlphabetic
          || $0.properties.numericType != nil
      }
    return isPlain ? text : SuiteQuotes.text(text, "\"")
  }
}
