import Platform

extension ZipArchive {
  /// The members of an archive that may hold files and nothing else, their names checked before anything is read.
  ///
  /// - Throws: ``Failure`` with `.parse`, naming the entry, for names that lead elsewhere or can be written in two ways,
  ///   for entries that stand twice, for folders and links, and for archives over the limits.
  package func files(limits: ZipLimits = ZipLimits()) throws -> [ZipEntry] {
    let plan: ZipExtraction
    do { plan = try ZipExtraction(self, limits) } catch { throw error.failure(in: name) }
    var names: Set<String> = []
    for entry in entries {
      guard entry.kind == .file else {
        throw ParseFailure("`\(entry.name)` in the archive is no file").failure(in: name)
      }
      names.insert(entry.name)
    }
    for file in plan.files where !names.contains(file.path.joined(separator: "/")) {
      throw ParseFailure("`\(file.entry.name)` in the archive is no plain name").failure(in: name)
    }
    return entries
  }
}
