import Formats

/// Scala, also for Spark.
struct ScalaTranslator: ParameterTranslator {
  var language: String { "Scala" }

  func text(wholeNumber digits: String) throws -> String { LongSuffix.text(digits) }

  func list(_ items: [YAMLValue]) throws -> String { "Seq(\(try joined(items)))" }

  func dictionary(_ entries: [YAMLValue.Entry]) throws -> String {
    "Map("
      + (try entries.map { "\(key($0.key)) -> \(try text($0.value))" }.joined(separator: ", "))
      + ")"
  }

  func comment(_ text: String) -> String { "// \(text)" }

  func assignment(of name: String, _ value: YAMLValue) throws -> String {
    "val \(name) = \(try text(value))"
  }
}

/// Languages whose whole numbers are of 32 bits unless they are marked.
enum LongSuffix {
  static func text(_ digits: String) -> String { Int32(digits) == nil ? digits + "L" : digits }
}
