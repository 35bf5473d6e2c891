import Platform

/// What a person typed to say which template they want.
enum TemplateAddress: Hashable {
  case zip(String, isURL: Bool)
  /// A repository to be cloned.
  case repository(String)
  case path(String)

  init(_ text: String) {
    let isURL = Self.isURL(text)
    if text.lowercased().hasSuffix(".zip") {
      self = .zip(text, isURL: isURL)
    } else {
      self = isURL ? .repository(text) : .path(text)
    }
  }

  /// The text with an abbreviation such as `gh:` written out.
  static func expanded(
    _ text: String, _ abbreviations: [(name: String, address: String)]
  ) -> String {
    let address = { (name: String) in
      abbreviations.last { $0.name.isSameText(as: name) }?.address
    }
    if let address = address(text) { return address }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let pattern = address(String(parts[0])) else { return text }
    return filled(pattern, with: parts.count == 2 ? String(parts[1]) : "")
  }

  /// Python's `pattern.format(rest)` with the fields that addresses have.
  private static func filled(_ pattern: String, with rest: String) -> String {
    var result = ""
    var left = pattern[...]
    while !left.isEmpty {
      if let field = ["{0}", "{}"].first(where: { left.hasPrefix($0) }) {
        result += rest
        left = left.dropFirst(field.count)
      } else if left.hasPrefix("{{") || left.hasPrefix("}}") {
        result.append(left.removeFirst())
        left.removeFirst()
      } else {
        result.append(left.removeFirst())
      }
    }
    return result
  }

  /// `git:`, `ssh://`, `file://`, `http://`, `https://`, each with `git+` or `hg+` in front, or `user@host`.
  static func isURL(_ text: String) -> Bool {
    var rest = text[...]
    for prefix in ["git+", "hg+"] where rest.hasPrefix(prefix) {
      rest = rest.dropFirst(prefix.count)
      break
    }
    if ["git:", "ssh:", "file:", "http:", "https:"].contains(where: { rest.hasPrefix($0) }) {
      return true
    }
    let isWord = { (character: Character) in
      character.isLetter || character.isNumber || character == "_"
    }
    let user = text.prefix(while: isWord)
    guard !user.isEmpty, text[user.endIndex...].first == "@" else { return false }
    return text[user.endIndex...].dropFirst().first.map { isWord($0) || $0 == "." } ?? false
  }

  /// The address that git is given.
  ///
  /// - Throws: ``Failure`` for Mercurial, and for what names neither.
  static func gitURL(_ text: String) throws -> String {
    if text.hasPrefix("git+") { return String(text.dropFirst(4)) }
    let isMercurial =
      text.hasPrefix("hg+") || (!text.contains("git") && text.contains("bitbucket"))
    if isMercurial {
      throw Failure(
        .unsupported, "`\(text)` is a Mercurial repository, which is not supported",
        hint: "clone it with `hg clone`, then give the folder")
    }
    guard text.contains("git") else {
      throw Failure(
        .invalid, "nothing in `\(text)` says what kind of repository it is",
        hint: "for git, write `git+\(text)`")
    }
    return text
  }

  /// The folder that a repository is cloned into.
  static func folderName(_ url: String) throws -> String {
    var rest = url[...]
    while rest.hasSuffix("/") { rest = rest.dropLast() }
    let last = rest.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    var name =
      last.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    // As Python's rsplit('.git')[0]: what stands before the first one.
    if let cut = name.firstRange(ofText: ".git") { name = String(name[..<cut]) }
    guard !name.isEmpty, name != ".", name != ".." else {
      throw Failure(.invalid, "`\(url)` has no name to clone it by")
    }
    return name
  }
}

extension String {
  /// Where a text first stands.
  func firstRange(ofText text: String) -> String.Index? {
    indices.first { self[$0...].hasPrefix(text) }
  }
}
