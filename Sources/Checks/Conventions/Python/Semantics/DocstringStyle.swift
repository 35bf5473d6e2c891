import Platform
import Python

/// D200 to D420: how docstrings are written.
struct DocstringStyle: PythonCheck {
  private let convention: Convention

  /// Whose sections are known, and which codes make no sense with them.
  enum Convention: String {
    case auto, google, numpy, pep257

    /// The codes that are off.
    var ignored: Set<String> {
      switch self {
      case .auto: ["D203", "D213"]
      case .google:
        [
          "D203", "D204", "D213", "D215", "D400", "D401", "D404", "D406", "D407", "D408", "D409",
          "D413",
        ]
      case .numpy: ["D203", "D212", "D213", "D402", "D413", "D415", "D416", "D417"]
      case .pep257:
        [
          "D203", "D212", "D213", "D214", "D215", "D404", "D405", "D406", "D407", "D408", "D409",
          "D410", "D411", "D413", "D415", "D416", "D417", "D420",
        ]
      }
    }
  }

  init(_ options: RuleOptions) throws(ParseFailure) {
    convention = Convention(rawValue: try options.text("convention", "auto")) ?? .auto
  }

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let ignored = convention.ignored
    func tell(_ code: String, _ range: Range<Int>, _ values: [String: String], _ edit: Fix?) {
      guard !ignored.contains(code) else { return }
      report(PythonFinding(code, range, values, fix: edit))
    }
    for definition in source.documented {
      guard let node = source.tree.docstring(of: definition.node),
        let docstring = Docstring(node, of: definition, in: source)
      else { continue }
      if docstring.isBlank(docstring.body) {
        tell("D419", docstring.range, [:], nil)
        continue
      }
      let fixed = { (code: String, fix: Fix?) in tell(code, docstring.range, [:], fix) }
      docstring.checkSurroundings(fixed)
      docstring.checkLines(fixed)
      docstring.checkIndentation { code, place, fix in
        tell(code, place.map { $0..<$0 } ?? docstring.range, [:], fix)
      }
      docstring.checkQuotes(fixed)
      docstring.checkSummary(fixed)
      if let function = docstring.function, source.isOverload(function) {
        tell("D418", source.nameRange(of: function), [:], nil)
      }
      let sections = docstring.sections(convention)
      docstring.check(sections) { code, range, values, fix in tell(code, range, values, fix) }
    }
  }
}
