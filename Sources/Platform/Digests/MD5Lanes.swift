import CKernels

/// Where messages for ``MD5Lanes`` come from, each in pieces.
package protocol MD5Source {
  /// Begins the next message in a lane; false when there is none.
  mutating func begin(_ lane: Int) -> Bool
  /// The next bytes of a lane's message, valid until the lane is read again; empty at its end. Every piece but the last
  /// is a multiple of 64 bytes long.
  mutating func read(_ lane: Int) -> UnsafeRawBufferPointer
  /// The message of a lane is done.
  mutating func end(_ lane: Int, _ digest: MD5Digest)
}

/// MD5 of many messages, side by side in the lanes of the processor's vector registers: as many times faster for files
/// in a folder, though not for one large file.
package struct MD5Lanes: ~Copyable {
  /// How many messages are worked on at once. More lanes than the processor has would wait.
  package static let width = max(1, min(16, hasRightKernel ? Int(ck_md5_width()) : 1))

  private struct Lane {
    var isBusy = false
    /// Blocks that wait in the tail; nil until the message's end was seen.
    var tail: Int?
    var length: UInt64 = 0
    var next: UnsafePointer<UInt8>?
    var blocks = 0
  }

  private var lanes = [Lane](repeating: Lane(), count: width)
  private let states: UnsafeMutablePointer<ck_md5_state>
  /// The last bytes of each message and its length, at most two blocks.
  private let tails: UnsafeMutablePointer<UInt8>

  package init() {
    states = .allocate(capacity: Self.width)
    states.initialize(repeating: MD5.initial, count: Self.width)
    tails = .allocate(capacity: 128 * Self.width)
    tails.initialize(repeating: 0, count: 128 * Self.width)
  }

  deinit {
    states.deallocate()
    tails.deallocate()
  }

  /// Hashes all messages of a source.
  package mutating func run(_ source: inout some MD5Source) {
    while fill(&source) {
      var order = [Int]()
      for lane in lanes.indices where lanes[lane].blocks > 0 { order.append(lane) }
      let blocks = order.map { lanes[$0].blocks }.min() ?? 0
      guard blocks > 0 else { continue }
      var chosen: [UnsafeMutablePointer<ck_md5_state>?] = order.map { states + $0 }
      var data = order.map { lanes[$0].next }
      ck_md5_lanes(&chosen, &data, blocks, Int32(order.count))
      for lane in order {
        lanes[lane].blocks -= blocks
        lanes[lane].next = lanes[lane].next.map { $0 + 64 * blocks }
      }
    }
  }

  /// Gives every lane without bytes its next ones; false when no lane has any.
  private mutating func fill(_ source: inout some MD5Source) -> Bool {
    var isBusy = false
    for lane in lanes.indices {
      while lanes[lane].blocks == 0 {
        if let tail = lanes[lane].tail {
          guard tail == 0 else {
            lanes[lane].next = UnsafePointer(tails + 128 * lane)
            lanes[lane].blocks = tail
            lanes[lane].tail = 0
            break
          }
          source.end(lane, MD5Digest(states[lane]))
          lanes[lane] = Lane()
        }
        if !lanes[lane].isBusy {
          guard source.begin(lane) else { break }
          lanes[lane].isBusy = true
          states[lane] = MD5.initial
        }
        take(source.read(lane), lane)
      }
      isBusy = isBusy || lanes[lane].blocks > 0
    }
    return isBusy
  }

  private mutating func take(_ bytes: UnsafeRawBufferPointer, _ lane: Int) {
    lanes[lane].length &+= UInt64(bytes.count)
    lanes[lane].next = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    lanes[lane].blocks = bytes.count / 64
    let rest = bytes.count % 64
    guard rest > 0 || bytes.isEmpty else { return }
    // The end.
    let tail = tails + 128 * lane
    for index in 0..<rest { tail[index] = bytes[bytes.count - rest + index] }
    tail[rest] = 0x80
    let size = rest < 56 ? 64 : 128
    for index in (rest + 1)..<size { tail[index] = 0 }
    let bits = lanes[lane].length << 3
    for index in 0..<8 {
      tail[size - 8 + index] = UInt8(truncatingIfNeeded: bits >> UInt64(8 * index))
    }
    lanes[lane].tail = size / 64
  }

  /// Whether the vector kernel makes what the plain one makes: a processor or emulator that gets it wrong must not
  /// name data wrongly.
  private static let hasRightKernel: Bool = {
    let width = Int(ck_md5_width())
    let message = (0..<(16 * 64)).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 >> 5) }
    var vector = [ck_md5_state](repeating: MD5.initial, count: width)
    var plain = vector
    message.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      vector.withUnsafeMutableBufferPointer { states in
        guard let first = states.baseAddress else { return }
        var pointers: [UnsafeMutablePointer<ck_md5_state>?] = (0..<width).map { first + $0 }
        var data: [UnsafePointer<UInt8>?] = (0..<width).map { base + 64 * ($0 % 15) }
        ck_md5_lanes(&pointers, &data, 1, Int32(width))
      }
      for lane in 0..<width { ck_md5_blocks(&plain[lane], base + 64 * (lane % 15), 1) }
    }
    return zip(vector, plain).allSatisfy { MD5Digest($0) == MD5Digest($1) }
  }()
}
