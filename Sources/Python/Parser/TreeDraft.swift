/// Nodes as the parser makes them, children first, linked to each other; `finish` puts them in source order.
struct TreeDraft: ~Copyable {
  struct Draft {
    var kind: NodeKind
    var flags: NodeFlags
    var detail: UInt8
    var firstToken: UInt32
    var endToken: UInt32
    var data: UInt32
    var firstChild: UInt32
    var next: UInt32
  }

  /// The first and the last of nodes that are becoming children of one.
  struct Children {
    var first: UInt32 = 0
    var last: UInt32 = 0
    var count = 0
  }

  private var memory: UnsafeMutablePointer<Draft>
  private var capacity: Int
  /// Node 0 is none.
  private(set) var count = 1

  init(capacity: Int) {
    self.capacity = capacity + 2
    memory = .allocate(capacity: self.capacity)
    memory.initialize(
      to: Draft(
        kind: .invalid, flags: [], detail: 0, firstToken: 0, endToken: 0, data: 0, firstChild: 0,
        next: 0))
  }

  deinit { memory.deallocate() }

  subscript(_ node: UInt32) -> Draft {
    @inline(__always) get { memory[Int(node)] }
    @inline(__always) set { memory[Int(node)] = newValue }
  }

  @inline(__always)
  mutating func add(_ draft: Draft) -> UInt32 {
    if count == capacity { grow() }
    (memory + count).initialize(to: draft)
    count += 1
    return UInt32(truncatingIfNeeded: count - 1)
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Draft>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: memory, count: count)
    memory.deallocate()
    memory = larger
    capacity *= 2
  }

  /// Forgets the nodes from a place on, when an attempt has failed.
  mutating func truncate(to count: Int) { self.count = count }

  @inline(__always)
  mutating func append(_ node: UInt32, to children: inout Children) {
    if children.last == 0 { children.first = node } else { memory[Int(children.last)].next = node }
    children.last = node
    children.count += 1
  }

  mutating func insert(_ flags: NodeFlags, in node: UInt32) {
    memory[Int(node)].flags.formUnion(flags)
  }

  mutating func set(detail: UInt8, of node: UInt32) { memory[Int(node)].detail = detail }

  /// Makes a node cover nothing.
  mutating func empty(_ node: UInt32) { memory[Int(node)].endToken = memory[Int(node)].firstToken }

  /// Makes a node reach up to a token.
  mutating func extend(_ node: UInt32, to token: Int) {
    memory[Int(node)].endToken = UInt32(truncatingIfNeeded: token)
  }

  /// The nodes under `root` in source order, a node before its children.
  consuming func finish(root: UInt32) -> [Node] {
    [Node](unsafeUninitializedCapacity: count) { nodes, filled in
      // The drafts whose children are being written: where each is in `nodes`, and its next sibling.
      var open: [(place: UInt32, next: UInt32)] = []
      var place: UInt32 = 0
      var current = root
      var parent: UInt32 = 0
      while true {
        let draft = memory[Int(current)]
        nodes.initializeElement(
          at: Int(place),
          to: Node(
            kind: draft.kind, flags: draft.flags, detail: draft.detail,
            firstToken: draft.firstToken, endToken: draft.endToken, parent: parent, end: place + 1,
            data: draft.data))
        if draft.firstChild != 0 {
          open.append((place, current == root ? 0 : draft.next))
          parent = place
          current = draft.firstChild
          place += 1
          continue
        }
        place += 1
        current = current == root ? 0 : draft.next
        while current == 0, let last = open.popLast() {
          nodes[Int(last.place)].end = place
          current = last.next
          parent = nodes[Int(last.place)].parent
        }
        if current == 0 { break }
      }
      filled = Int(place)
    }
  }
}
