extension RowExpression {
  /// The columns that it reads, each once, in the order of the text.
  package var columns: [String] {
    var found: [String] = []
    visit { name in
      if !found.contains(name) { found.append(name) }
    }
    return found
  }

  private func visit(_ body: (String) -> Void) {
    switch self {
    case .column(let name): body(name)
    case .number, .great, .text, .truth: break
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
      .and(let left, let right), .or(let left, let right):
      left.visit(body)
      right.visit(body)
    case .among(let value, let others, _):
      value.visit(body)
      for other in others { other.visit(body) }
    case .isMissing(let value, _), .not(let value): value.visit(body)
    }
  }
}
