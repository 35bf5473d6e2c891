/// One value of a tree as comparisons see it, whatever format it stood in.
enum TreeNode<Value: TreeValue> {
  /// Nothing, a truth value, a date, a number with too many digits: what it shows as, compared as it is.
  case plain(String)
  case whole(Int64)
  case number(Double)
  case text(String)
  case list([Value])
  /// A list of nothing but numbers, as binary formats keep it.
  case wholes([Int64])
  case numbers([Double])
  case map([(key: String, value: Value)])

  /// How many items a list has; nil for what is none.
  var count: Int? {
    switch self {
    case .list(let items): items.count
    case .wholes(let items): items.count
    case .numbers(let items): items.count
    case .plain, .whole, .number, .text, .map: nil
    }
  }

  /// An item of a list.
  func item(_ index: Int) -> TreeNode {
    switch self {
    case .list(let items): items[index].node
    case .wholes(let items): .whole(items[index])
    case .numbers(let items): .number(items[index])
    case .plain, .whole, .number, .text, .map: self
    }
  }

  /// In a message.
  var shown: String {
    switch self {
    case .plain(let text): OneLine.text(text, limit: 60)
    case .whole(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let text): OneLine.quoted(text)
    case .list, .wholes, .numbers: count == 1 ? "a list of 1 item" : "a list of \(count ?? 0) items"
    case .map(let members):
      members.count == 1 ? "an object of 1 key" : "an object of \(members.count) keys"
    }
  }
}

/// A value of a format that is a tree.
protocol TreeValue {
  var node: TreeNode<Self> { get }
}
