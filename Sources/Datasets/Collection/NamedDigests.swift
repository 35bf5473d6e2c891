import Glibc
import Platform

/// The digests that files name, whatever else they say.
///
/// Every run of 32 hexadecimal digits counts, and no more is understood: a pointer of a format to come, one with conflict
/// markers or one that cannot be parsed keeps its contents all the same.
struct NamedDigests {
  private(set) var digests: Set<MD5Digest> = []

  mutating func read(_ bytes: some Collection<UInt8>) {
    var run: [UInt8] = []
    func end(_ run: inout [UInt8], _ digests: inout Set<MD5Digest>) {
      // Two digests that stand together, or one inside of a longer word: all of its parts are taken.
      if run.count >= 32 {
        for start in 0...(run.count - 32) {
          if let digest = MD5Digest(hex: run[start..<start + 32]) { digests.insert(digest) }
        }
      }
      run.removeAll(keepingCapacity: true)
    }
    for byte in bytes {
      // A digest of more digits is none of ours, and costs a step a digit only.
      if isxdigit(Int32(byte)) != 0, run.count < 4096 {
        run.append(byte >= 0x41 && byte <= 0x46 ? byte + 0x20 : byte)
      } else {
        end(&run, &digests)
      }
    }
    end(&run, &digests)
  }
}
