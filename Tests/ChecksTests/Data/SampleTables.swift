import Compute
import Foundation
import Platform
import Support
import SystemPackage

/// Tables that suites are inferred from, each with its label.
enum SampleTables {
  static func all() throws -> [(name: String, table: FaultyTable, label: String)] {
    let penguins = try FileSystem.readText(
      Program.repository.appending("project-examples/penguins/data/penguins.csv"))
    return [("penguins", FaultyTable(csv: penguins), "species")]
      + (1...3).map { ("generated \($0)", generated($0), "label") }
  }

  /// A key, normal, skewed and whole numbers, truths, categories, texts, days, and a label that depends on some of them.
  static func generated(_ number: Int) -> FaultyTable {
    var stream = RandomStream(seed: UInt64(number), purpose: "sample table")
    let cities = ["Seoul", "Busan", "Jeju", "Daegu", "Ulsan"].prefix(2 + number)
    let rows = (0..<(300 + 200 * number)).map { row -> [String] in
      let height = 170 + 9 * normal(&stream)
      let income = exp(8 + 0.7 * normal(&stream))
      let city = cities[min(cities.count - 1, Int(-log(stream.unit() + 1e-12)))]
      let score = (height - 170) / 9 + normal(&stream)
      let label = score > 0.7 ? "high" : score < -0.9 ? "low" : "middle"
      return [
        "\(1000 + row * 3)", text(height, 1), stream.unit() < 0.04 ? "" : text(income, 2),
        "\(stream.integer(below: 4 + number * 10))", stream.unit() < 0.3 ? "true" : "false", city,
        "note \(stream.integer(below: 100_000))",
        "20\(10 + stream.integer(below: 14))-03-1\(row % 9)",
        label,
      ]
    }
    return FaultyTable(
      names: ["id", "height", "income", "visits", "member", "city", "note", "day", "label"],
      rows: rows)
  }

  private static func normal(_ stream: inout RandomStream) -> Double {
    (-2 * log(1 - stream.unit())).squareRoot() * cos(2 * .pi * stream.unit())
  }

  private static func text(_ number: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", number)
  }
}
