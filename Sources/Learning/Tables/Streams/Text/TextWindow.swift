import Compute

/// The piece of a text that is at hand: it moves from the text's beginning to its end.
final class TextWindow {
  /// Valid until the window is moved.
  private(set) var bytes: UnsafeBufferPointer<UInt8>
  /// Behind the last newline of `bytes`; 0 when there is none.
  private(set) var lineEnd: Int
  /// Where in the text its first byte stands.
  private(set) var start = 0
  /// Whether the text ends where `bytes` ends.
  private(set) var isAtEnd: Bool
  /// The first place in `bytes` that has ``TablePart/PlainText/margin`` bytes in front of it, whatever they are.
  let safeStart: Int

  private let feed: (any ByteFeed)?
  private var memory: UnsafeMutableRawBufferPointer

  /// A text in memory, which must stay there as long as the window is used.
  init(whole bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    lineEnd = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
    isAtEnd = true
    safeStart = TablePart.PlainText.margin
    feed = nil
    memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  }

  init(_ feed: any ByteFeed) {
    self.feed = feed
    lineEnd = 0
    isAtEnd = false
    safeStart = 0
    memory = .allocate(byteCount: TablePart.PlainText.margin + 1, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    bytes = UnsafeBufferPointer(start: nil, count: 0)
  }

  deinit { memory.deallocate() }

  /// Where the piece ends in the text.
  var end: Int { start + bytes.count }

  /// Moves on so that the piece begins at a place of it, and goes as far as another place, or the text's end.
  func hold(from place: Int, to end: Int) throws {
    guard let feed, !isAtEnd else { return }
    precondition(place >= start && place <= self.end, "text that is gone")
    let margin = TablePart.PlainText.margin
    let kept = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[(place - start)...])
    let wanted = max(end - place, kept.count)
    var target = memory
    if wanted + margin > memory.count {
      target = .allocate(byteCount: wanted + margin, alignment: 64)
      target.initializeMemory(as: UInt8.self, repeating: 0)
    }
    let room = UnsafeMutableRawBufferPointer(rebasing: target[margin...])
    if !kept.isEmpty { room.copyMemory(from: kept) }
    if target.baseAddress != memory.baseAddress {
      memory.deallocate()
      memory = target
    }
    // Known to be whole text even when reading fails.
    set(room, kept.count, place)
    let got = try feed.read(
      into: UnsafeMutableRawBufferPointer(rebasing: room[kept.count..<wanted]))
    isAtEnd = got < wanted - kept.count
    set(room, kept.count + got, place)
  }

  private func set(_ room: UnsafeMutableRawBufferPointer, _ count: Int, _ place: Int) {
    bytes = UnsafeBufferPointer(
      start: room.baseAddress.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) },
      count: count)
    lineEnd = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
    start = place
  }
}
