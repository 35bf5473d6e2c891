extension Unicode.Scalar {
  /// What Python's `\w` matches: letters and numbers of any script, and the underscore.
  var isWordScalar: Bool {
    if isASCII {
      return (0x30...0x39).contains(value) || (0x41...0x5A).contains(value)
        || (0x61...0x7A).contains(value) || value == 0x5F
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber:
      return true
    default: return properties.numericType != nil
    }
  }
}
