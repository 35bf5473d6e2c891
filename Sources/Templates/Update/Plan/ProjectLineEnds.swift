import Git

/// Line ends of a whole file: a project that was checked out on Windows has other ones than its template, and that is no
/// change of every line.
enum ProjectLineEnds {
  enum Kind { case lf, crlf, mixed, none }

  static func kind(of content: [UInt8]) -> Kind {
    var plain = 0
    var windows = 0
    for place in content.indices where content[place] == 0x0A {
      if place > 0, content[place - 1] == 0x0D { windows += 1 } else { plain += 1 }
    }
    if plain == 0, windows == 0 { return .none }
    if windows == 0 { return .lf }
    return plain == 0 ? .crlf : .mixed
  }

  /// The content of a version of the template with the line ends of the project's file, where both are of one kind each and
  /// not the same.
  ///
  /// - Parameter base: the version that the project's file came from: when its ends are those of the project, a change of
  ///   ends is the template's own, and stays.
  static func adapted(
    _ version: RenderedFile, to file: RenderedFile, like base: RenderedFile? = nil
  ) -> [UInt8] {
    guard version.kind != .link, file.kind != .link, !FileMerge.isBinary(version.content),
      !FileMerge.isBinary(file.content)
    else { return version.content }
    let wanted = kind(of: file.content)
    if let base, kind(of: base.content) == wanted { return version.content }
    switch (kind(of: version.content), wanted) {
    case (.lf, .crlf): return withCarriageReturns(version.content)
    case (.crlf, .lf): return withoutCarriageReturns(version.content)
    default: return version.content
    }
  }

  private static func withCarriageReturns(_ content: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(content.count + content.count / 16)
    for byte in content {
      if byte == 0x0A { result.append(0x0D) }
      result.append(byte)
    }
    return result
  }

  private static func withoutCarriageReturns(_ content: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(content.count)
    for byte in content {
      if byte == 0x0A, result.last == 0x0D { result.removeLast() }
      result.append(byte)
    }
    return result
  }

  /// The content with all its line ends of each kind, as far as that changes it.
  static func variants(of content: [UInt8]) -> [[UInt8]] {
    switch kind(of: content) {
    case .lf: [withCarriageReturns(content)]
    case .crlf: [withoutCarriageReturns(content)]
    case .mixed, .none: []
    }
  }
}
