import Platform

extension SuiteReader {
  /// Where tables are, besides paths.
  private static let places = ["dvc", "sqlite", "run", "file"]

  /// Reads what names a table: `data/train.csv`, `data/*.csv`, `store.db#orders`, `data/train.csv@v1.2`, `data@v1.2` (the
  /// suite's own data at a version), `run:ID/path`; `dvc:` and `sqlite:` may stand in front, and `file:` of a path with `@`.
  func reference(_ text: SuiteText) throws(SuiteProblem) -> TableReference {
    let text = text.trimmed
    guard !text.isEmpty else { throw SuiteProblem("an empty path", at: text.offset(0)) }
    return TableReference(try place(text), at: source.location(text.offset(0)))
  }

  private func place(_ text: SuiteText) throws(SuiteProblem) -> TableReference.Place {
    guard !text.scalars.contains("\0") else {
      throw SuiteProblem("a path with a NUL character", at: text.offset(0))
    }
    let letters = text.scalars.prefix { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
    guard letters.count > 1, letters.count < text.scalars.count, text.scalars[letters.count] == ":"
    else { return try path(text) }
    let scheme = SuiteText.string(letters)
    let rest = text[(letters.count + 1)..<text.scalars.count]
    guard Self.places.contains(scheme) else {
      let near = nearestName(to: scheme, among: Self.places)
      throw SuiteProblem(
        "there is no place `\(SuiteCursor.shortened(scheme)):` of tables", at: text.offset(0),
        hint: near.map { "did you mean `\($0):`?" }
          ?? (rest.string.hasPrefix("//")
            ? "tables are files here: get it first, and name the file"
            : "write `file:\(SuiteCursor.shortened(text.string))` for a file of this name"))
    }
    guard !rest.isEmpty else {
      throw SuiteProblem("nothing behind `\(scheme):`", at: text.offset(letters.count))
    }
    switch scheme {
    case "file": return .path(rest.string)
    case "sqlite":
      guard let mark = rest.scalars.lastIndex(of: "#"), mark > 0, mark + 1 < rest.scalars.count
      else {
        throw SuiteProblem(
          "which table of `\(SuiteCursor.shortened(rest.string))`?", at: rest.offset(0),
          hint: "write `sqlite:store.db#orders`")
      }
      return .path(rest.string)
    case "run":
      guard let slash = rest.scalars.firstIndex(of: "/"), slash > 0,
        slash + 1 < rest.scalars.count
      else {
        throw SuiteProblem(
          "which artifact of the run?", at: rest.offset(0), hint: "write `run:ID/data/train.csv`")
      }
      return .artifact(
        run: rest[0..<slash].string, path: rest[(slash + 1)..<rest.scalars.count].string)
    default:
      guard rest.scalars.contains("@") else {
        throw SuiteProblem(
          "which version of `\(SuiteCursor.shortened(rest.string))`?", at: rest.offset(0),
          hint: "write `dvc:\(SuiteCursor.shortened(rest.string))@v1.0`")
      }
      return try path(rest)
    }
  }

  /// A path, or a version of one behind `@`.
  private func path(_ text: SuiteText) throws(SuiteProblem) -> TableReference.Place {
    guard let mark = text.scalars.lastIndex(of: "@") else { return .path(text.string) }
    let (path, revision) = (text[0..<mark], text[(mark + 1)..<text.scalars.count])
    guard !path.isEmpty, !revision.isEmpty else {
      throw SuiteProblem(
        path.isEmpty ? "a version of nothing" : "no version behind `@`", at: text.offset(mark),
        hint: "write `data/train.csv@v1.0`")
    }
    // The suite's own data.
    if path.string == "data", case .path(let own)? = dataPlace {
      return .version(own, revision: revision.string)
    }
    return .version(path.string, revision: revision.string)
  }
}
