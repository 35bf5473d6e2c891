import Formats
import Runner
import Support
import SystemPackage
import Testing

@Suite("Verdicts on outputs against NumPy, pandas, Pillow and those who write models")
struct OutputComparisonInterop {
  @Test("what the libraries call equal is equal, and what they call different is different")
  func differential() throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(OutputComparisonPeer.script, in: folder).array)
    let comparison = OutputComparison(isCancelled: { false })
    var counts: [String: Int] = [:]
    for (number, expected) in cases.enumerated() {
      let name = try #require(expected["name"]?.string)
      let family = try #require(expected["family"]?.string)
      let verdict = try comparison.compare(
        folder.path.appending("\(number).old"), folder.path.appending("\(number).new"), name: name)
      #expect(
        verdict.kind.rawValue == expected["kind"]?.string, "\(family) \(number): \(verdict)")
      #expect(verdict.reader == expected["reader"]?.string, "\(family) \(number): \(verdict)")
      #expect(OutputVerdict(verdict.json) == verdict)
      #expect(verdict.kind == .identical || verdict.detail != nil)
      counts["\(family) \(verdict.kind.rawValue)", default: 0] += 1
    }
    // The generator must not drift into one kind.
    #expect(cases.count > 1000, "\(cases.count)")
    for family in [
      "npy", "npz", "csv", "gz", "parquet", "json", "yaml", "lines", "png", "notebook",
    ]
      + ["xgboost", "lightgbm", "onnx"]
    {
      #expect(counts["\(family) equal", default: 0] > 2, "\(family): \(counts)")
      #expect(counts["\(family) different", default: 0] > 2, "\(family): \(counts)")
    }
  }
}
