/// Memory that tokens are written to: an array would ask at every token whether it is shared.
struct TokenBuffer {
  private var memory: UnsafeMutablePointer<Token>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    memory = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  @inline(__always)
  mutating func append(_ token: Token) {
    if count == capacity { grow() }
    (memory + count).initialize(to: token)
    count += 1
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Token>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: memory, count: count)
    memory.deallocate()
    memory = larger
    capacity *= 2
  }

  /// The kind of the last token.
  var last: TokenKind? { count > 0 ? memory[count - 1].kind : nil }

  /// The kind of the last token but one.
  var beforeLast: TokenKind? { count > 1 ? memory[count - 2].kind : nil }

  mutating func removeLast() { count -= 1 }

  func array() -> [Token] { Array(UnsafeBufferPointer(start: memory, count: count)) }

  mutating func free() { memory.deallocate() }
}
