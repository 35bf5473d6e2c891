// The entry points of libFuzzer (https://llvm.org/docs/LibFuzzer.html). `scripts/fuzz` builds and drives this.
//
// FUZZ_PREPARE: a folder that gets `TARGET/seeds` and `TARGET/words` of every target; then the program ends.
// FUZZ_TARGET: the target to run. FUZZ_WORK: a folder for the files that parsers read.

import Glibc
import Platform
import SystemPackage

/// What is decided once, before the first input.
private enum Session {
  static let target: FuzzTarget? = variable("FUZZ_TARGET").flatMap { name in
    FuzzTarget.all.first { $0.name == name }
  }
}

/// A folder for the files that parsers read.
let workFolder = FilePath(variable("FUZZ_WORK") ?? "/tmp")

private func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

@_cdecl("LLVMFuzzerInitialize")
func initialize(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> CInt {
  do {
    if let folder = variable("FUZZ_PREPARE") {
      for target in FuzzTarget.all { try prepare(target, in: FilePath(folder)) }
      exit(0)
    }
    guard Session.target != nil else {
      throw Failure(
        .usage, "FUZZ_TARGET names no target",
        hint: "there are: " + FuzzTarget.all.map(\.name).joined(separator: ", "))
    }
  } catch {
    try? FileSystem.writeAll(2, Array("\(error)\n".utf8), to: "-")
    exit(2)
  }
  return 0
}

private func prepare(_ target: FuzzTarget, in folder: FilePath) throws {
  let own = folder.appending(target.name)
  for name in ["seeds", "corpus", "found", "work"] {
    try FileSystem.createDirectory(own.appending(name))
  }
  let seeds = try target.seeds.map { Array($0.utf8) } + target.binarySeeds()
  for (index, seed) in seeds.enumerated() {
    try FileSystem.write(seed, to: own.appending("seeds/\(index)"))
  }
  let words = target.words.map { word in
    let hex = word.utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return "\"" + hex.joined() + "\"\n"
  }
  try FileSystem.write(words.joined(), to: own.appending("words"))
}

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // A failure is a fine answer; only a trap, or a property that does not hold, is not.
  try? Session.target?.check(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
