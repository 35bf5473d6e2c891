import Platform
import Python

/// N801 to N818: names as PEP 8 wants them.
///
/// The option `ml-names` lists what machine learning writes otherwise: `X`, `X_*`.
struct Naming: PythonCheck {
  private let allowed: [NamePattern]

  init(_ options: RuleOptions) throws(ParseFailure) {
    allowed = try options.texts("ml-names").map { NamePattern($0) }
  }

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    checkClasses(source, report)
    checkFunctions(source, report)
    checkParameters(source, report)
    checkVariables(source, report)
    checkImports(source, report)
  }

  private func isAllowed(_ name: String) -> Bool {
    Self.known.contains(name) || allowed.contains { $0.matches(name) }
  }

  /// What `unittest` and Django spell otherwise.
  private static let known: Set<String> = [
    "setUp", "tearDown", "setUpClass", "tearDownClass", "setUpModule", "tearDownModule",
    "asyncSetUp", "asyncTearDown", "setUpTestData", "failureException", "longMessage", "maxDiff",
  ]

  // MARK: Classes

  private func checkClasses(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for node in source.nodes(.classDef) {
      let range = source.nameRange(of: node)
      let name = source.text(range)
      let plain = name.drop { $0 == "_" }
      if plain.unicodeScalars.first?.properties.isUppercase != true || plain.contains("_"),
        !isAllowed(name)
      {
        report(PythonFinding("N801", range, ["name": name]))
      }
      if !name.hasSuffix("Error"), !isAllowed(name),
        tree.bases(of: node).contains(where: { base in
          tree.kind(base) == .name
            && (source.spells(base, "Exception") || tree.text(base).hasSuffix("Error"))
        })
      {
        report(PythonFinding("N818", range, ["name": name]))
      }
    }
  }

  // MARK: Functions

  private func checkFunctions(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    var metaclasses: [NodeID: Bool?] = [:]
    for node in source.nodes(.functionDef) {
      let range = source.nameRange(of: node)
      let bytes = source.bytes[range]
      if Definition.isMagic(bytes) { checkMagic(node, range, source, report) }
      if !NameForm.isLowercase(bytes), case let name = source.text(range), !isAllowed(name),
        !source.isOverride(node), !source.isOverload(node), !isHandler(name, node, source)
      {
        report(PythonFinding("N802", range, ["name": name]))
      }
      checkFirstParameter(node, source, &metaclasses, report)
    }
  }

  /// `__name__` is Python's to give.
  private func checkMagic(
    _ node: NodeID, _ range: Range<Int>, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let scope = source.tree.kind(source.scopeNode(around: node))
    let name = source.text(range)
    guard scope != .classDef,
      scope != .module || name != "__getattr__" && name != "__dir__", !isAllowed(name)
    else { return }
    report(PythonFinding("N807", range, ["name": name]))
  }

  /// `visit_Name` and `do_GET`, whose names others give.
  private func isHandler(_ name: String, _ node: NodeID, _ source: PythonSource) -> Bool {
    let tree = source.tree
    guard name.hasPrefix("visit_") || name.hasPrefix("do_"),
      let suite = tree.parent(of: node), let owner = tree.parent(of: suite),
      tree.kind(owner) == .classDef
    else { return false }
    let bases =
      name.hasPrefix("visit_")
      ? ["ast.NodeVisitor", "ast.NodeTransformer"]
      : [
        "http.server.BaseHTTPRequestHandler", "http.server.CGIHTTPRequestHandler",
        "http.server.SimpleHTTPRequestHandler",
      ]
    return source.hasBase(owner) { base in
      source.qualifiedName(base).map(bases.contains) ?? false
    }
  }

  /// N804 and N805: `self` and `cls`.
  private func checkFirstParameter(
    _ node: NodeID, _ source: PythonSource, _ metaclasses: inout [NodeID: Bool?],
    _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    let owner = source.scopeNode(around: node)
    guard tree.kind(owner) == .classDef,
      let first = tree.parameterList(of: node).flatMap({ tree.child(0, of: $0) }),
      tree.parameterKind(of: first) == .positional
        || tree.parameterKind(of: first) == .positionalOnly,
      case let range = source.nameRange(of: first), case let name = source.text(range),
      name != "self" || !tree.decorators(of: node).isEmpty
        || source.bytes[source.nameRange(of: node)].starts(with: "__".utf8)
        || tree.child(0, of: owner).map({ tree.kind($0) != .suite }) == true,
      !isAllowed(name)
    else { return }
    switch source.methodKind(of: node) {
    case .function, .staticMethod, .new: return
    case .classMethod: if name != "cls" { report(PythonFinding("N804", range, ["name": name])) }
    case .method:
      let isMetaclass = metaclasses[owner] ?? source.isMetaclass(owner)
      metaclasses[owner] = .some(isMetaclass)
      switch isMetaclass {
      case true?: if name != "cls" { report(PythonFinding("N804", range, ["name": name])) }
      case false?: if name != "self" { report(PythonFinding("N805", range, ["name": name])) }
      case nil: return
      }
    }
  }

  // MARK: Parameters and variables

  private func checkParameters(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for node in tree.withCapitals(source.nodes(.parameter)) {
      let range = source.nameRange(of: node)
      guard !NameForm.isLowercase(source.bytes[range]) else { continue }
      let name = source.text(range)
      guard !isAllowed(name), let function = tree.parent(of: node).flatMap({ tree.parent(of: $0) })
      else { continue }
      if tree.kind(function) == .functionDef, source.isOverride(function),
        tree.kind(source.scopeNode(around: function)) == .classDef
      {
        continue
      }
      report(PythonFinding("N803", range, ["name": name]))
    }
  }

  private func checkVariables(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for node in tree.withCapitals(source.nodes(.name)) {
      let range = tree.tokens[tree.tokenRange(of: node).lowerBound].range
      guard !NameForm.isLowercase(source.bytes[range]), source.isStored(node) else { continue }
      checkVariable(node, range, source, report)
    }
    for kind in [NodeKind.matchAs, .matchStar, .matchMapping] {
      for node in source.nodes(kind) {
        guard let token = tree.nameToken(of: node) else { continue }
        let range = tree.tokens[token].range
        guard !NameForm.isLowercase(source.bytes[range]),
          tree.kind(source.scopeNode(around: node)) == .functionDef
        else { continue }
        checkVariable(node, range, source, report)
      }
    }
  }

  private func checkVariable(
    _ node: NodeID, _ range: Range<Int>, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let name = source.text(range)
    guard !isAllowed(name) else { return }
    let tree = source.tree
    let scope = source.scopeNode(around: node)
    switch tree.kind(scope) {
    case .functionDef:
      guard !source.isGlobal(name, in: scope), !source.makesType(node, name, inFunction: true)
      else { return }
      report(PythonFinding("N806", range, ["name": name]))
    case .classDef:
      guard NameForm.isMixedCase(name), !source.makesType(node, name, inFunction: false),
        !source.isTypedDict(scope)
      else { return }
      report(PythonFinding("N815", range, ["name": name]))
    case .module:
      guard NameForm.isMixedCase(name), !source.makesType(node, name, inFunction: false) else {
        return
      }
      report(PythonFinding("N816", range, ["name": name]))
    default: break
    }
  }

  // MARK: Imports

  private func checkImports(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for alias in source.nodes(.alias) {
      guard let short = tree.asName(of: alias) else { continue }
      let full = tree.importedName(of: alias)
      let name = full.split(separator: ".").last.map(String.init) ?? full
      guard !isAllowed(name), !isAllowed(short),
        let code = Self.code(name, short, source.qualifiedImport(alias))
      else { continue }
      report(PythonFinding(code, tree.range(of: alias), ["name": name, "alias": short]))
    }
  }

  private static func code(_ name: String, _ short: String, _ full: String) -> String? {
    if NameForm.isCasedUppercase(name) {
      if NameForm.isCasedUppercase(short) { return nil }
      return name.count == 1 && NameForm.isCamelCase(short) ? nil : "N811"
    }
    if NameForm.isCasedLowercase(name) {
      return NameForm.isLowercase(Array(short.utf8)[...]) ? nil : "N812"
    }
    guard NameForm.isCamelCase(name) else { return nil }
    if NameForm.isCasedLowercase(short) { return "N813" }
    guard NameForm.isCasedUppercase(short) else { return nil }
    if NameForm.isAcronym(short, of: name) {
      // Everybody writes it so.
      return full == "xml.etree.ElementTree" && short == "ET" ? nil : "N817"
    }
    return short.count > 1 ? "N814" : nil
  }
}
