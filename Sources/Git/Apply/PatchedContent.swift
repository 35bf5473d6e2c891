import CGit2
import Platform

/// Makes the new content of a file of its old one and what a patch says.
enum PatchedContent {
  /// - Throws: ``Failure`` with `.conflict` when the patch was made for another content, `.corrupt` when it does not make
  ///   the content that it names.
  static func make(_ patch: FilePatch, from old: [UInt8]) throws -> [UInt8] {
    let object = try ObjectID(ofContent: old)
    if let named = patch.oldObject, patch.oldPath != nil, !object.hex.hasPrefix(named) {
      throw Failure(
        .conflict,
        "the patch does not fit `\(patch.shown)`: it was made for the content \(named.prefix(12)), and \(object.hex.prefix(12)) is there"
      )
    }
    let new: [UInt8]
    switch patch.change {
    case .none: new = patch.newObject.map { $0.allSatisfy { $0 == "0" } } ?? false ? [] : old
    case .hunks(let hunks): new = try apply(hunks, to: old, patch)
    case .binary(.literal(let content)): new = content
    case .binary(.delta(let delta)):
      guard let content = Delta.apply(delta, to: old, limit: PatchReader.limit) else {
        throw Failure(
          .corrupt, "the patch of `\(patch.shown)` is damaged: its binary change cannot be applied")
      }
      new = content
    }
    // A name cut short by `git diff` says too little to accuse the patch.
    if let named = patch.newObject, named.utf8.count == 40, patch.newPath != nil {
      let made = try ObjectID(ofContent: new)
      guard made.hex == named else {
        throw Failure(
          .corrupt,
          "the patch of `\(patch.shown)` is damaged: it makes the content \(made.hex.prefix(12)) where it names \(named.prefix(12))"
        )
      }
    }
    return new
  }

  private static func apply(
    _ hunks: [FilePatch.Hunk], to old: [UInt8], _ patch: FilePatch
  ) throws -> [UInt8] {
    let lines = lines(of: old)
    var new: [UInt8] = []
    new.reserveCapacity(old.count)
    var done = 0
    var shift = 0
    for hunk in hunks {
      let start = hunk.oldStart - (hunk.old.isEmpty ? 0 : 1)
      guard let place = place(of: hunk.old, in: lines, near: start + shift, from: done) else {
        throw Failure(
          .conflict,
          "the patch does not fit `\(patch.shown)`: the lines to change at line \(hunk.oldStart) are not there (line \(hunk.line) of the patch)"
        )
      }
      for line in lines[done..<place] { new += line }
      for line in hunk.new { new += line }
      done = place + hunk.old.count
      shift = place - start
    }
    for line in lines[done...] { new += line }
    return new
  }

  /// Where some lines stand, the nearest place to the one that is named; nil when nowhere.
  private static func place(
    of wanted: [ArraySlice<UInt8>], in lines: [ArraySlice<UInt8>], near start: Int, from first: Int
  ) -> Int? {
    let last = lines.count - wanted.count
    guard first <= last else { return nil }
    func fits(_ place: Int) -> Bool {
      guard (first...last).contains(place) else { return false }
      return zip(wanted, lines[place...]).allSatisfy { $0.elementsEqual($1) }
    }
    let near = min(max(start, first), last)
    for distance in 0...(last - first) {
      if fits(near + distance) { return near + distance }
      if fits(near - distance) { return near - distance }
    }
    return nil
  }

  /// The lines with their line feeds.
  private static func lines(of content: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < content.count {
      let end = content[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? content.count
      lines.append(content[start..<end])
      start = end
    }
    return lines
  }
}

extension ObjectID {
  /// The name of some bytes of a file.
  init(ofContent bytes: [UInt8]) throws {
    var id = git_oid()
    try LibGit2.check(
      git_odb_hash(&id, bytes, bytes.count, GIT_OBJECT_BLOB), "name a content")
    self.init(id)
  }
}
