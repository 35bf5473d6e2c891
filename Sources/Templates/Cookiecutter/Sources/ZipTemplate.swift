import Formats
import Platform
import SystemPackage

/// A template packed as a zip archive.
struct ZipTemplate {
  let path: FilePath
  /// As it was typed, for messages.
  let address: String

  /// Unpacks the archive into a new folder and gives the folder in it that is the template.
  ///
  /// - Throws: ``Failure`` in cookiecutter's words for an archive that is empty, has no folder at its top, is broken, or
  ///   whose password is wrong.
  func extract(
    into target: FilePath, password: String?, asksNothing: Bool, asker: inout some Asker
  ) throws -> FilePath {
    let archive: ZipArchive
    do { archive = try ZipArchive(path) } catch let failure as Failure { throw invalid(failure) }
    guard let first = archive.entries.first else {
      throw Failure(.invalid, "Zip repository \(address) is empty")
    }
    guard first.name.hasSuffix("/") else {
      throw Failure(
        .invalid, "Zip repository \(address) does not include a top-level directory",
        hint: "pack the folder, not what is in it: zip -r template.zip template")
    }
    if archive.entries.contains(where: \.isEncrypted) {
      try unlock(archive, into: target, password, asksNothing, &asker)
    } else {
      try unpack(archive, into: target)
    }
    return target.pushing(FilePath(String(first.name.dropLast()))).lexicallyNormalized()
  }

  private func unpack(_ archive: ZipArchive, into target: FilePath) throws {
    do { try archive.extract(to: target) } catch let failure as Failure {
      throw failure.code == .parse ? invalid(failure) : failure
    }
  }

  private func invalid(_ failure: Failure) -> Failure {
    guard failure.code == .parse else { return failure }
    return Failure(
      .invalid, "Zip repository \(address) is not a valid zip archive:", hint: failure.hint,
      at: failure.location, cause: failure.message)
  }

  private func unlock(
    _ archive: ZipArchive, into target: FilePath, _ password: String?, _ asksNothing: Bool,
    _ asker: inout some Asker
  ) throws {
    if password == nil, asksNothing {
      throw Failure(
        .permission, "Unable to unlock password protected repository",
        hint: "set COOKIECUTTER_REPO_PASSWORD")
    }
    for _ in 0..<(password == nil ? 3 : 1) {
      let word =
        try password
        ?? asker.answer(Question("Repo password", kind: .password)).string ?? ""
      archive.password = Array(word.utf8)
      // Everything is tried before anything is written: a wrong password is no broken archive.
      if isRight(archive) { return try unpack(archive, into: target) }
    }
    throw Failure(.permission, "Invalid password provided for protected repository")
  }

  private func isRight(_ archive: ZipArchive) -> Bool {
    archive.entries.filter { $0.isEncrypted && $0.kind != .directory }
      .allSatisfy { (try? archive.content(of: $0)) != nil }
  }
}
