import Glibc
import Platform
import SystemPackage

/// What a kernel has from the process that it is forked from and could not change: two runs that differ in any of it get
/// different servers, so that a warm kernel is one that a cold start would have made.
struct ForkServerKey {
  /// The name of the server's folder.
  let name: String
  /// The variables that the server is started with. All others are a kernel's own.
  let variables: [String: String]

  /// Variables that an interpreter reads when it starts, and its libraries when they are loaded.
  private static let prefixes = [
    "COVERAGE_", "GLIBC_", "IPYTHON", "JUPYTER_", "LC_", "LD_", "MALLOC_", "OPENSSL_", "PYTHON",
  ]
  private static let names: Set<String> = ["HOME", "LANG", "LANGUAGE", "PATH", "TMPDIR", "TZ"]
  /// Lines of `/proc/self/status` that a child inherits.
  private static let inherited = [
    "Uid:", "Gid:", "Groups:", "CapInh:", "CapPrm:", "CapEff:", "CapBnd:", "NoNewPrivs:",
    "Seccomp:", "Seccomp_filters:", "Cpus_allowed:", "Mems_allowed:", "SigIgn:",
  ]

  /// - Parameter interpreter: its path and options.
  init(interpreter: [String], variables: [String: String]) {
    self.variables = variables.filter { name, _ in
      Self.names.contains(name) || Self.prefixes.contains { name.hasPrefix($0) }
    }
    var parts = [KernelLauncher.warm] + interpreter
    let program = FilePath(interpreter[0])
    let prefix = program.removingLastComponent().removingLastComponent()
    // A virtual environment is known by the path, not by the interpreter that it links to.
    parts += [
      FileSystem.realPath(program)?.string ?? "", FileSystem.realPath(prefix)?.string ?? "",
    ]
    parts += self.variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    parts += Self.packageFolders(prefix, variables).map { "\($0) \(Self.version($0))" }
    parts += Self.surroundings
    var hash = SHA256()
    for part in parts {
      hash.update(part.utf8)
      hash.update([0])
    }
    name = String(hash.finish().hex.prefix(24))
  }

  /// Folders that change when a package is installed or removed.
  private static func packageFolders(
    _ prefix: FilePath, _ variables: [String: String]
  ) -> [FilePath] {
    var found = [prefix.appending("pyvenv.cfg"), FilePath("/usr/lib/python3/dist-packages")]
    let home = UserFolders.home(variables)
    for base in [prefix, "/usr/local", home.appending(".local")] {
      let names = (try? FileSystem.names(in: base.appending("lib"))) ?? []
      for name in names.sorted() where name.hasPrefix("python") {
        for folder in ["site-packages", "dist-packages"] {
          found.append(base.appending("lib").appending(name).appending(folder))
        }
      }
    }
    found += (variables["PYTHONPATH"] ?? "").split(separator: ":").map { FilePath(String($0)) }
    return found
  }

  private static func version(_ path: FilePath) -> String {
    var status = stat()
    guard path.withPlatformString({ stat($0, &status) }) == 0 else { return "-" }
    return "\(status.st_ino) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }

  /// Limits, namespaces, control group and rights of this process.
  private static var surroundings: [String] {
    func text(_ path: FilePath) -> String {
      String(decoding: (try? FileSystem.read(path, limit: 1 << 20)) ?? [], as: UTF8.self)
    }
    let status = text("/proc/self/status").split(separator: "\n").map(String.init).filter { line in
      inherited.contains { line.hasPrefix($0) }
    }
    let spaces = ["cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"].map { name in
      (try? FileSystem.linkTarget(FilePath("/proc/self/ns/\(name)")).string) ?? ""
    }
    let nice = "\(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0))"
    return status + spaces + [text("/proc/self/cgroup"), text("/proc/self/limits"), nice]
  }
}
