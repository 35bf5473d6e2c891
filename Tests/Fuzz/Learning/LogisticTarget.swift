import Compute
import Formats
import Platform
import SystemPackage

@testable import Learning

extension FuzzTarget {
  /// Model files of our own, of every kind, there and back, as ONNX, and the predictions of what reads, explained.
  static let logistic = FuzzTarget(
    name: "logistic",
    seeds: [
      """
      {"format": "reprise.model/1", "kind": "logistic", "target": "y", "classes": ["a", "b", "c"],
       "features": [{"name": "x", "encoding": "standardized", "mean": 1.5, "scale": 2},
                    {"name": "c", "encoding": "one-hot", "categories": ["r", "g"], "missing": true}],
       "coefficients": [[1, 2, 3, 4], [0, 0, 0, 0], [-1, -2, -3.5, -4e0]], "intercepts": [0, 1, 2]}
      """,
      """
      {"format":"reprise.model/1","kind":"logistic","target":"y","classes":["a","b"],"features":
      [{"name":"x","encoding":"standardized","mean":0,"scale":1}],"coefficients":[[1e308]],"intercepts":[0]}
      """,
      """
      {"format": "reprise.model/1", "kind": "linear", "target": "y",
       "features": [{"name": "x", "encoding": "standardized", "mean": 1.5, "scale": 2},
                    {"name": "c", "encoding": "one-hot", "categories": ["r", "g"], "missing": false}],
       "coefficients": [1, 2, -3.5], "intercept": 4}
      """,
      """
      {"format": "reprise.model/1", "kind": "forest", "target": "y", "classes": ["a", "b"],
       "features": [{"name": "x", "kind": "float", "importance": 0.75},
                    {"name": "c", "kind": "c", "categories": ["r", "g"], "importance": 0.25}],
       "trees": ["BAAAAAAAAOA/CwEBAAMBAACsAgIAAAAAAAAA4D8BAAAAAAAA4D8AAQEB"]}
      """,
      """
      {"format": "reprise.model/1", "kind": "forest", "target": "y", "classes": [],
       "features": [{"name": "x", "kind": "float", "importance": 1}],
       "trees": ["BgAAAAAAAOA/AAIAAAAAAAAEQAAAAAAAAAAA6D8AAAAAAADwvw=="]}
      """,
    ],
    words: [
      "\"classes\"", "\"features\"", "\"categories\"", "\"missing\"", "\"coefficients\"",
      "\"intercepts\"",
      "\"one-hot\"", "\"standardized\"", "\"mean\"", "\"scale\"", "[]", "{}", "1e308", "5e-324",
      "null", "true", "\"forest\"", "\"linear\"", "\"trees\"", "\"importance\"", "\"intercept\"",
    ]
  ) { bytes in
    let file = workFolder.appending("model.json")
    try FileSystem.write(bytes, to: file, durable: false)
    let model = try ModelFile.read(file)
    guard let json = ownFile(model) else { return }
    let table = try TableFile.table(Array("x,c\n1,r\n1e300,q\n,\n".utf8), asText: model.textColumns)
    _ = try? model.predict(table, on: pool).csv
    _ = try? model.explain(table, rows: nil, on: pool).csv
    let copy = workFolder.appending("copy.json")
    try FileSystem.write(json.text(), to: copy)
    let again = try? ModelFile.read(copy)
    require(again.flatMap(ownFile)?.text() == json.text(), "does not read back the same")
    guard let own = model as? any ONNXConvertible else { return }
    _ = try ONNXFile.model(own.onnx(layout: .matrix))
  }

  /// nil for models of others.
  private static func ownFile(_ model: any Model) -> JSONValue? {
    switch model {
    case let model as LogisticModel: model.json
    case let model as LinearModel: model.json
    case let model as ForestModel: model.json
    default: nil
    }
  }

  private static let pool = WorkerPool(threads: 1)
}
