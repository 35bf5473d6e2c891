extension SFTPChannel {
  /// What is at a path, links followed; nil when nothing is.
  func look(at path: String) throws -> SFTPAttributes? {
    do {
      var answer = try ask(.status) { $0.append(path) }
      try answer.expect(.attributes)
      return try answer.reader.attributes()
    } catch let refusal as Refusal where refusal.code == Refusal.noSuchFile {
      return nil
    }
  }

  enum Opening: UInt32 {
    case reading = 0x01
    /// A new file; there must be none.
    case creating = 0x2A
  }

  /// A handle for a file.
  func openFile(_ path: String, _ opening: Opening) throws -> ArraySlice<UInt8> {
    var answer = try ask(.open) {
      $0.append(path)
      $0.append(opening.rawValue)
      $0.append(UInt32(0))
    }
    try answer.expect(.handle)
    return try answer.reader.data()
  }

  func close(_ handle: ArraySlice<UInt8>) throws {
    var answer = try ask(.close) { $0.append(handle) }
    try answer.expectSuccess()
  }

  func remove(_ path: String) throws {
    var answer = try ask(.remove) { $0.append(path) }
    try answer.expectSuccess()
  }

  /// Makes a folder and those above it; one that is there is no failure.
  func makeFolder(_ path: String) throws {
    var missing: [String] = []
    var place = path[...]
    while !place.isEmpty, place != "/", try look(at: String(place)) == nil {
      missing.append(String(place))
      let slash = place.lastIndex(of: "/") ?? place.startIndex
      place = place[..<slash]
    }
    for folder in missing.reversed() {
      var answer = try ask(.makeFolder) {
        $0.append(folder)
        $0.append(UInt32(0))
      }
      do {
        try answer.expectSuccess()
      } catch {
        // Somebody else may have made it just now.
        guard try look(at: folder)?.isFolder == true else { throw error }
      }
    }
  }

  /// Renames; what is there is replaced in one step where the server can.
  func rename(_ path: String, to target: String) throws {
    if extensions.contains("posix-rename@openssh.com") {
      var answer = try ask(.extended) {
        $0.append("posix-rename@openssh.com")
        $0.append(path)
        $0.append(target)
      }
      return try answer.expectSuccess()
    }
    func plain() throws {
      var answer = try ask(.rename) {
        $0.append(path)
        $0.append(target)
      }
      try answer.expectSuccess()
    }
    do { try plain() } catch let refusal as Refusal {
      guard try look(at: target) != nil else { throw refusal }
      try remove(target)
      try plain()
    }
  }

  /// What is in a folder, as the server gives it; links are not followed.
  func members(of path: String) throws -> [(name: String, attributes: SFTPAttributes)] {
    var opened = try ask(.openFolder) { $0.append(path) }
    try opened.expect(.handle)
    let handle = try opened.reader.data()
    var result: [(String, SFTPAttributes)] = []
    while true {
      do {
        var answer = try ask(.readFolder) { $0.append(handle) }
        try answer.expect(.names)
        for _ in 0..<(try answer.reader.word()) {
          let name = try answer.reader.data()
          _ = try answer.reader.data()
          let attributes = try answer.reader.attributes()
          // A name that is not UTF-8 is no key.
          if let name = String(validating: name, as: UTF8.self), name != ".", name != ".." {
            result.append((name, attributes))
          }
        }
      } catch let refusal as Refusal where refusal.code == Refusal.end {
        break
      }
    }
    try close(handle)
    return result
  }

  /// Bytes that are free where a path is; nil when the server does not tell.
  func room(at path: String) throws -> UInt64? {
    guard extensions.contains("statvfs@openssh.com") else { return nil }
    var answer = try ask(.extended) {
      $0.append("statvfs@openssh.com")
      $0.append(path)
    }
    try answer.expect(.extendedAnswer)
    _ = try answer.reader.long()
    let unit = try answer.reader.long()
    for _ in 0..<2 { _ = try answer.reader.long() }
    let free = try answer.reader.long()
    let (room, overflows) = unit.multipliedReportingOverflow(by: free)
    return overflows ? .max : room
  }
}
