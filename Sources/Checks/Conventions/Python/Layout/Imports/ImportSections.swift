/// Where imports belong.
enum ImportSection: Int, Comparable {
  case future, standardLibrary, thirdParty, firstParty, local

  static func < (left: ImportSection, right: ImportSection) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Tells which section a module belongs to.
struct ImportSections: Sendable {
  private var firstParty: Set<[UInt8]>
  private let thirdParty: Set<[UInt8]>
  private static let future = Array("__future__".utf8)
  private static let main = Array("__main__".utf8)
  /// Folders that hold packages and are none.
  private static let roots: Set<Substring> = ["src", "lib", "python"]

  init(firstParty: [String], thirdParty: [String]) {
    self.firstParty = Set(firstParty.map { Array($0.utf8) })
    self.thirdParty = Set(thirdParty.map { Array($0.utf8) })
  }

  /// Takes the package that a file is in for the project's own.
  func with(path: String) -> ImportSections {
    let folders = path.split(separator: "/").dropLast()
    guard let first = folders.first else { return self }
    var sections = self
    sections.firstParty.insert(Array(first.utf8))
    if Self.roots.contains(first), let second = folders.dropFirst().first {
      sections.firstParty.insert(Array(second.utf8))
    }
    return sections
  }

  func section(of module: [UInt8], level: Int) -> ImportSection {
    if level > 0 { return .local }
    let base = module.firstIndex(of: UInt8(ascii: ".")).map { Array(module[..<$0]) } ?? module
    if base == Self.future { return .future }
    if thirdParty.contains(base) { return .thirdParty }
    if StandardLibrary.contains(base) { return .standardLibrary }
    return firstParty.contains(base) || module == Self.main ? .firstParty : .thirdParty
  }
}
