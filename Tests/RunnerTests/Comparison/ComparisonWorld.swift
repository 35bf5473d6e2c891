import Formats
import Platform
import Support
import SystemPackage

@testable import Runner

/// Two versions of an output in a folder of their own, compared.
func verdict(
  _ old: String, _ new: String, named name: String = "out.txt", rtol: Double = 1e-9,
  atol: Double = 0, folders: [(FilePath, String)] = []
) throws -> OutputVerdict {
  try verdict(
    Array(old.utf8), Array(new.utf8), named: name, rtol: rtol, atol: atol, folders: folders)
}

func verdict(
  _ old: [UInt8], _ new: [UInt8], named name: String = "out.bin", rtol: Double = 1e-9,
  atol: Double = 0, folders: [(FilePath, String)] = []
) throws -> OutputVerdict {
  let folder = try TemporaryFolder()
  let (a, b) = (folder.path.appending("a"), folder.path.appending("b"))
  try FileSystem.write(old, to: a, durable: false)
  try FileSystem.write(new, to: b, durable: false)
  return try OutputComparison(
    rtol: rtol, atol: atol, normaliser: TextNormaliser(folders: folders), isCancelled: { false }
  ).compare(a, b, name: name)
}

/// A comparison of contents in memory.
func contents(_ limits: ComparisonLimits = ComparisonLimits()) -> ContentComparison {
  ContentComparison(
    tolerance: Tolerance(), normaliser: TextNormaliser(), limits: limits, isCancelled: { false })
}
