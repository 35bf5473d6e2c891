import Glibc
import Platform
import Records
import SystemPackage

/// Fills a records database and measures the store alone, without HTTP: `RecordsBench fill|search|write FOLDER …`.
@main enum RecordsBench {
  static func main() async throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.count >= 2 else {
      print("usage: RecordsBench fill FOLDER RUNS POINTS | search FOLDER | write FOLDER")
      exit(2)
    }
    let store = try RecordStore(in: FilePath(words[1]))
    switch words[0] {
    case "fill":
      try await Filling(store: store).fill(
        runs: Int(words[safe: 2] ?? "") ?? 10_000, points: Int(words[safe: 3] ?? "") ?? 1)
    case "search": try await Searching(store: store).measure()
    default: try await Writing(store: store).measure()
    }
    print(
      "resident \(ResidentSize.peakMegabytes()) MB at the most, \(ResidentSize.megabytes()) MB now")
    try await store.close()
  }
}

extension Array {
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

enum ResidentSize {
  static func megabytes() -> Int { field("VmRSS:") / 1024 }
  static func peakMegabytes() -> Int { field("VmHWM:") / 1024 }

  private static func field(_ name: String) -> Int {
    let text = (try? FileSystem.readText("/proc/self/status")) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    return line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
  }
}
