import Glibc

/// How deep calls of a template may go: down to where the running thread's stack ends, and some room.
struct StackRoom {
  /// What a thread may use before anybody asks how large its stack is.
  private static let unasked: UInt = 192 << 10
  /// What must be left: a level's expressions may be deep as well.
  private static let margin: UInt = 1 << 20
  /// The most that is used of a stack however large it is.
  private static let most: UInt = 64 << 20

  private let base: UInt
  private var lowest: UInt?

  init() { base = Self.place() }

  /// About where the stack is.
  @inline(never)
  private static func place() -> UInt {
    var marker = 0
    return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
  }

  /// Whether there is room for another level. The stack grows down; what a level needs depends on the expressions around it.
  mutating func hasRoom() -> Bool {
    let place = Self.place()
    guard place < base, base - place > Self.unasked else { return true }
    if lowest == nil { lowest = Self.lowestPlace(base) }
    return place > lowest ?? 0
  }

  private typealias Reading =
    @convention(c) (pthread_t, UnsafeMutablePointer<pthread_attr_t>) -> CInt

  private static func lowestPlace(_ base: UInt) -> UInt {
    let small = base - min(base, 3 << 20)
    // Swift does not see what is not in POSIX.
    guard let symbol = dlsym(nil, "pthread_getattr_np") else { return small }
    let read = unsafeBitCast(symbol, to: Reading.self)
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    defer { attributes.deallocate() }
    guard read(pthread_self(), attributes) == 0 else { return small }
    defer { pthread_attr_destroy(attributes) }
    var start: UnsafeMutableRawPointer?
    var size = 0
    guard pthread_attr_getstack(attributes, &start, &size) == 0, let start, size > 0 else {
      return small
    }
    // Of a small stack less is kept free.
    let lowest = UInt(bitPattern: start) &+ min(margin, UInt(size) / 4)
    return base > most ? max(lowest, base - most) : lowest
  }
}
