/// Where a value stands in a tree: `$.metrics.auc`, `$.list[2]`, `$["two words"]`.
struct TreePath {
  enum Step {
    case key(String)
    case index(Int)
  }

  var steps: [Step] = []

  var text: String {
    steps.reduce(into: "$") { text, step in
      switch step {
      case .index(let index): text += "[\(index)]"
      case .key(let key):
        let isName =
          !key.isEmpty
          && key.utf8.allSatisfy {
            $0 == 0x5F || $0 == 0x2D || (0x30...0x39).contains($0)
              || (0x41...0x5A).contains($0 & 0xDF) || $0 >= 0x80
          }
        text += isName ? ".\(key)" : "[\(OneLine.quoted(key))]"
      }
    }
  }
}
