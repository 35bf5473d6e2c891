import Formats
import Platform

/// Which values of a file a rule is about: `$.jobs.*.steps[*].uses`.
///
/// `$` is the whole document, `.name` and `["a name"]` what stands below a key, `.*` below any, `[0]` an item of a list, `[*]`
/// every item, and `..name` what stands below that key anywhere inside. What is not there is not judged.
struct DataPath: Sendable {
  private enum Step: Sendable, Hashable {
    case key(String), anyKey, item(Int), anyItem
    /// The value itself and everything inside of it.
    case anywhere
  }

  /// A value that a path leads to.
  struct Target {
    var node: DataNode
    /// How it is reached: `jobs.test.steps[0]`; empty for the document.
    var path: String
    /// The last key on the way.
    var key: String
    /// Where that key stands; nil for the document and items of lists.
    var keyRange: Range<Int>?
  }

  private var steps: [Step] = []

  /// - Throws: ``ParseFailure`` at the node, for what is no path.
  init(_ text: String, at node: YAMLNode) throws(ParseFailure) {
    var rest = text[...]
    func failure(_ message: String) -> ParseFailure {
      node.failure("the path `\(text)`: \(message)", hint: "write it as `$.jobs.*.steps[*].uses`")
    }
    guard rest.popFirst() == "$" else { throw failure("it begins with `$`, the document") }
    while let sign = rest.popFirst() {
      switch sign {
      case ".":
        if rest.first == "." {
          rest.removeFirst()
          steps.append(.anywhere)
          if rest.first == "[" { continue }
        }
        let name = rest.prefix { $0 != "." && $0 != "[" }
        guard !name.isEmpty else { throw failure("a name is missing behind `.`") }
        rest = rest.dropFirst(name.count)
        steps.append(name == "*" ? .anyKey : .key(String(name)))
      case "[":
        guard let end = rest.firstIndex(of: "]") else { throw failure("`]` is missing") }
        var inner = rest[..<end]
        rest = rest[rest.index(after: end)...]
        if inner == "*" {
          steps.append(.anyItem)
        } else if let place = Int(inner), place >= 0 {
          steps.append(.item(place))
        } else if let quote = inner.popFirst(), quote == "\"" || quote == "'",
          inner.popLast() == quote
        {
          steps.append(.key(String(inner)))
        } else {
          throw failure("in brackets stands `*`, a number, or a name in quotes")
        }
      default: throw failure("`\(sign)` is unexpected")
      }
    }
  }

  /// The values in a document that the path leads to, in the order of the text.
  func targets(in root: DataNode) -> [Target] {
    var found = [Target(node: root, path: "", key: "", keyRange: nil)]
    for step in steps { found = found.flatMap { Self.next($0, step) } }
    return found
  }

  private static func next(_ target: Target, _ step: Step) -> [Target] {
    switch step {
    case .key(let name):
      // Of a key that repeats the last one counts, as readers have it.
      return target.node.members?.last { $0.key == name }.map { [below(target, $0)] } ?? []
    case .anyKey: return target.node.members?.map { below(target, $0) } ?? []
    case .item(let place):
      guard let items = target.node.items, place < items.count else { return [] }
      return [item(target, place, items[place])]
    case .anyItem:
      return target.node.items?.enumerated().map { item(target, $0.offset, $0.element) } ?? []
    case .anywhere:
      var found: [Target] = []
      collect(target, into: &found)
      return found
    }
  }

  private static func collect(_ target: Target, into found: inout [Target]) {
    found.append(target)
    // What an alias stands for is looked at where it is written.
    guard !target.node.isAlias else { return }
    for member in target.node.members ?? [] { collect(below(target, member), into: &found) }
    for (place, node) in (target.node.items ?? []).enumerated() {
      collect(item(target, place, node), into: &found)
    }
  }

  private static func below(_ target: Target, _ member: DataNode.Member) -> Target {
    Target(
      node: member.value, path: target.path.isEmpty ? member.key : target.path + "." + member.key,
      key: member.key, keyRange: member.keyRange)
  }

  private static func item(_ target: Target, _ place: Int, _ node: DataNode) -> Target {
    Target(node: node, path: "\(target.path)[\(place)]", key: target.key, keyRange: nil)
  }
}
