import Compute
import Formats
import Learning
import Platform
import SystemPackage

extension FuzzTarget {
  /// Model files, there and back, and the predictions of what reads.
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
    ],
    words: [
      "\"classes\"", "\"features\"", "\"categories\"", "\"missing\"", "\"coefficients\"",
      "\"intercepts\"",
      "\"one-hot\"", "\"standardized\"", "\"mean\"", "\"scale\"", "[]", "{}", "1e308", "5e-324",
      "null", "true",
    ]
  ) { bytes in
    let file = workFolder.appending("model.json")
    try FileSystem.write(bytes, to: file, durable: false)
    let model = try LogisticModel(reading: file)
    let table = try TableFile.table(Array("x,c\n1,r\n1e300,q\n,\n".utf8), asText: model.textColumns)
    _ = try? model.predict(table, on: pool).csv
    let copy = workFolder.appending("copy.json")
    try FileSystem.write(model.json.text(), to: copy)
    require((try? LogisticModel(reading: copy)) == model, "does not read back the same")
  }

  private static let pool = WorkerPool(threads: 1)
}
