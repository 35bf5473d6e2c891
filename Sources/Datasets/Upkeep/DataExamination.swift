import Git
import Glibc
import Platform
import SystemPackage

/// Looks at everything that versioned data needs, without changing any of it, and says what is wrong.
package struct DataExamination {
  package enum Severity: String, Sendable { case fine, warning, problem }

  package struct Finding: Sendable {
    package var severity: Severity
    package var subject: String
    package var text: String
    /// What to type.
    package var hint: String?
  }

  package private(set) var findings: [Finding] = []

  let repository: DataRepository

  package init(_ repository: DataRepository, variables: [String: String]) {
    self.repository = repository
    examineGit()
    examineCache()
    examineLinks()
    examineRemotes(variables)
    examinePointers()
    examineHashing()
  }

  package var isFine: Bool { findings.allSatisfy { $0.severity != .problem } }

  private mutating func note(
    _ severity: Severity, _ subject: String, _ text: String, hint: String? = nil
  ) {
    findings.append(Finding(severity: severity, subject: subject, text: text, hint: hint))
  }

  private mutating func examineGit() {
    guard let git = repository.git else {
      return note(
        .problem, "git", "the project is in no git repository, which versions are noted in",
        hint: "git init")
    }
    note(.fine, "git", "\(git.workTree.map { "\($0)" } ?? "\(git.gitDirectory)")")
    for name in ["tmp", "cache", "config.local"] {
      let path = repository.root.pushing(".dvc").appending(name)
      guard let top = git.workTree.flatMap(FileSystem.realPath), FileSystem.exists(path) else {
        continue
      }
      var below = path
      guard below.removePrefix(top) else { continue }
      if (try? git.isIgnored(Array(below.string.utf8))) == false {
        note(
          .problem, "git", "`.dvc/\(name)` is not ignored, and would be committed",
          hint: "echo /\(name) >> .dvc/.gitignore")
      }
    }
  }

  private mutating func examineCache() {
    let cache = repository.cache
    guard FileSystem.exists(cache.folder) else {
      return note(.fine, "cache", "\(cache.folder), empty")
    }
    guard cache.folder.withPlatformString({ access($0, R_OK | W_OK | X_OK) }) == 0 else {
      return note(.problem, "cache", "`\(cache.folder)` cannot be written to")
    }
    do {
      let count = try cache.names().count
      note(.fine, "cache", "\(cache.folder), \(count) contents")
    } catch {
      note(.problem, "cache", "`\(cache.folder)` cannot be read: \(Self.text(error))")
    }
    let damaged = cache.folder.pushing("reprise/damaged")
    if let names = try? FileSystem.names(in: damaged), !names.isEmpty {
      note(
        .warning, "cache", "\(names.count) damaged contents were set aside in `\(damaged)`",
        hint: "rm -r \(damaged)")
    }
    var room = statvfs()
    if cache.folder.withPlatformString({ statvfs($0, &room) }) == 0 {
      let (free, isTooMuch) = UInt64(room.f_bavail).multipliedReportingOverflow(
        by: UInt64(room.f_frsize))
      let bytes = isTooMuch ? Int64.max : Int64(clamping: free)
      note(bytes < 1 << 30 ? .warning : .fine, "disk", "\(ByteCount(bytes)) free for the cache")
    }
  }

  /// Tries each kind of link from the cache to the work tree.
  private mutating func examineLinks() {
    let state = repository.stateFolder
    guard FileSystem.isDirectory(repository.cache.folder),
      (try? FileSystem.createDirectory(state)) != nil,
      let work = try? repository.cache.temporary(),
      let here = try? TemporaryDirectory(prefix: "try-", in: state)
    else { return }
    let object = work.path.appending("object")
    guard (try? FileSystem.write("content", to: object, durable: false)) != nil else { return }
    var works: [String] = []
    let source = open(object.string, O_RDONLY | O_CLOEXEC)
    let copy = open(here.path.appending("r").string, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    if source >= 0, copy >= 0, ioctl(copy, 0x4004_9409, source) == 0 { works.append("reflink") }
    if source >= 0 { close(source) }
    if copy >= 0 { close(copy) }
    if link(object.string, here.path.appending("h").string) == 0 { works.append("hardlink") }
    if symlink(object.string, here.path.appending("s").string) == 0 { works.append("symlink") }
    works.append("copy")
    let wanted = repository.settings["cache", "type"]?.value ?? "reflink,copy"
    note(.fine, "links", "\(works.joined(separator: ", ")) work; cache.type is \(wanted)")
  }

  private mutating func examineRemotes(_ variables: [String: String]) {
    let settings = repository.settings
    let standard = settings["core", "remote"]?.value
    if settings.remotes.isEmpty {
      note(
        .warning, "remotes", "there is none: the contents are on this machine only",
        hint: "reprise data remote add --default NAME URL")
    } else if let standard, !settings.remotes.contains(standard) {
      note(
        .problem, "remotes", "the default remote `\(standard)` is not there",
        hint: "reprise data remote default \(settings.remotes[0])")
    } else if standard == nil {
      note(
        .warning, "remotes", "none is the default one",
        hint: "reprise data remote default \(settings.remotes[0])")
    }
    for name in settings.remotes {
      do {
        let (store, _, _) = try repository.store(name, variables: variables)
        // One question tells whether it can be reached at all.
        _ = try store.size(of: "files/md5/00/0")
        note(.fine, "remote \(name)", store.shown)
      } catch {
        let failure = error as? Failure
        note(
          .problem, "remote \(name)", failure?.message ?? "cannot be opened", hint: failure?.hint)
      }
    }
  }

  private mutating func examinePointers() {
    let paths: [TrackedPath]
    do { paths = try repository.trackedPaths() } catch {
      let failure = error as? Failure
      let place = failure?.location.map { " (\($0))" } ?? ""
      return note(
        .problem, "pointers", (failure?.message ?? "cannot be read") + place, hint: failure?.hint)
    }
    note(.fine, "pointers", "\(paths.count) tracked paths")
    var seen: [FilePath: FilePath] = [:]
    for tracked in paths {
      if let other = seen[tracked.path] {
        note(
          .problem, "pointers", "`\(tracked.path)` is named by `\(other)` and `\(tracked.pointer)`",
          hint: "keep one of the two")
      }
      seen[tracked.path] = tracked.pointer
      examineInGit(tracked)
    }
    for (first, second) in zip(paths, paths.dropFirst())
    where first.path != second.path && first.holds(second.path) {
      note(.problem, "pointers", "`\(second.path)` lies inside of `\(first.path)`")
    }
    let absent = paths.filter { tracked in
      guard let object = tracked.output.object, tracked.output.isCached else { return false }
      return !repository.cache.contains(object)
    }
    if !absent.isEmpty {
      note(
        .warning, "contents",
        "\(absent.count) paths are not in the cache, `\(absent[0].path)` first",
        hint: "reprise data fetch")
    }
  }

  private mutating func examineInGit(_ tracked: TrackedPath) {
    guard let git = repository.git, let top = git.workTree.flatMap(FileSystem.realPath) else {
      return
    }
    func below(_ path: FilePath) -> [UInt8]? {
      var full = repository.root.pushing(path)
      return full.removePrefix(top) ? Array(full.string.utf8) : nil
    }
    if tracked.output.isCached, let path = below(tracked.path),
      let found = try? git.firstTracked(path)
    {
      note(
        .problem, "git", "git tracks `\(String(decoding: found, as: UTF8.self))` as well",
        hint: "git rm -r --cached '\(tracked.path)'")
    }
    if let path = below(tracked.pointer), (try? git.isIgnored(path)) == true {
      note(
        .problem, "git", "`\(tracked.pointer)` is ignored, and would not be committed",
        hint: "git check-ignore -v \(tracked.pointer)")
    }
  }

  private mutating func examineHashing() {
    note(.fine, "hashing", "md5, \(MD5Lanes.width) files at once")
  }

  private static func text(_ error: any Error) -> String {
    (error as? Failure)?.message ?? "\(error)"
  }
}
