import Compute
import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Learning

@Suite("Model files that are broken anyhow") struct HostileModelFileTests {
  private let pool = WorkerPool(threads: 1)

  /// Small files of every format.
  private static func files() throws -> [(name: String, bytes: [UInt8])] {
    let xgboost = try ModelFileSamples.parse(ModelFileSamples.oldXGBoost)
    let lightgbm = try ModelFileSamples.parse(ModelFileSamples.lightGBM)
    return [
      ("json", try xgboost.encoded(as: .xgboostJSON)),
      ("ubj", try xgboost.encoded(as: .xgboostUBJSON)),
      ("txt", try lightgbm.encoded(as: .lightgbmText)),
    ]
  }

  /// Reads, and uses what can be read; anything but an error of ours fails the test.
  private func reads(_ bytes: [UInt8], _ name: String) throws -> Bool {
    do {
      let model = try BoostedModel(parsing: bytes)
      guard model.features.count < 1000 else { return true }
      let cells = (0..<(2 * model.features.count)).map { $0 % 3 == 0 ? Float.nan : Float($0) }
      _ = try BatchPredictor(model).predictions(
        FeatureMatrix(rows: cells, features: model.features), on: pool)
      for format in ModelFormat.ofTrees { _ = try model.encoded(as: format) }
      return true
    } catch is ParseFailure {
    } catch is Failure {
    } catch {
      Issue.record("\(name): \(error)")
    }
    return false
  }

  @Test("a file that is cut off anywhere is refused") func truncation() throws {
    for (name, bytes) in try Self.files() {
      // Behind the trees LightGBM's files hold nothing that matters.
      let text = Array("end of trees".utf8)
      let needed =
        name == "txt" ? try #require(bytes.firstRange(of: text)).upperBound : bytes.count
      for end in 0..<needed {
        #expect(try !reads(Array(bytes[..<end]), name), "\(name) of \(end) bytes")
      }
      #expect(try reads(bytes, name))
    }
  }

  @Test("600 changed files are read or refused") func mutations() throws {
    var random = SeededRandom(seed: 77)
    for (name, bytes) in try Self.files() {
      for _ in 0..<200 {
        var changed = bytes
        for _ in 0...random.pick([0, 1, 2]) {
          let place = Int(random.next() % UInt64(changed.count))
          switch random.pick([0, 1, 2, 3]) {
          case 0: changed[place] = UInt8(truncatingIfNeeded: random.next())
          case 1: changed[place] = random.pick(changed)
          case 2: changed.remove(at: place)
          default: changed[place] ^= 1 << UInt8(random.next() % 8)
          }
        }
        _ = try reads(changed, name)
      }
    }
  }

  @Test("a failure names the file") func place() throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("model.json")
    for (text, code) in [
      ("{\"learner\": [}", Failure.Code.parse), ("{\"learner\": 3}", .corrupt),
      ("{\"format\": \"reprise.model/1\"}", .unsupported), ("PK..", .unsupported),
      ("", .unsupported), ("tree\nversion=v4\n", .parse), ("{L", .parse),
    ] {
      try folder.write(text, to: "model.json")
      let failure = try #require(throws: Failure.self) { try BoostedModel(reading: path) }
      #expect(failure.code == code, "\(text)")
      #expect(failure.location?.file == path.string, "\(text)")
    }
  }

  @Test("categories of huge numbers do not take the memory") func hugeCategories() throws {
    // A list of categories that thousands of nodes share.
    let splits = 3000
    let numbers = Array(repeating: "0", count: splits).joined(separator: " ")
    let words = Array(repeating: "0", count: 30000).joined(separator: " ") + " 1"
    let left = (1..<splits).map { "\($0)" }.joined(separator: " ") + " -1"
    let right = (0..<splits).map { "\(-2 - $0)" }.joined(separator: " ")
    let types = Array(repeating: "9", count: splits).joined(separator: " ")
    let text = """
      tree
      version=v4
      num_tree_per_iteration=1
      max_feature_idx=0
      feature_names=x

      Tree=0
      num_leaves=\(splits + 1)
      num_cat=1
      split_feature=\(numbers)
      threshold=\(numbers)
      decision_type=\(types)
      left_child=\(left)
      right_child=\(right)
      leaf_value=\(numbers) 0
      cat_boundaries=0 30001
      cat_threshold=\(words)

      end of trees
      """
    let failure = try #require(throws: Failure.self) { try ModelFileSamples.parse(text) }
    #expect(failure.message.contains("numbers that are too large"))
  }
}
