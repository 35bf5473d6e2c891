import Glibc
import SystemPackage

/// The processes that the kernel shows under `/proc`.
package enum ProcessTable {
  /// The numbers of all processes, in the order of the kernel.
  package static func numbers() -> [Int32] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var numbers: [Int32] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { $0.prefix { $0 != 0 } }
      if let number = number(name) { numbers.append(number) }
    }
    return numbers
  }

  /// The processes to whose environment a variable was given; what we may not look into is not among them.
  ///
  /// - Parameter others: processes that need not be looked at.
  package static func carrying(
    _ variable: String, _ value: String, except others: Set<Int32> = []
  ) -> [Int32] {
    let entry = Array("\(variable)=\(value)".utf8)
    return numbers().filter { !others.contains($0) && carries($0, entry) }
  }

  /// Whether `NAME=value` stands in the environment that a process was started with.
  static func carries(_ pid: Int32, _ entry: [UInt8]) -> Bool {
    guard let bytes = try? FileSystem.read(FilePath("/proc/\(pid)/environ"), limit: 1 << 22) else {
      return false
    }
    return bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
        let end = memchr(start, 0, rest.count).map { UnsafeRawPointer($0) - start } ?? rest.count
        if end == entry.count, memcmp(start, entry, end) == 0 { return true }
        rest = rest.dropFirst(end + 1)
      }
      return false
    }
  }

  private static func number(_ digits: some Sequence<UInt8>) -> Int32? {
    var number: Int32 = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflows) = tens.addingReportingOverflow(Int32(digit - 0x30))
      if isTooLarge || overflows { return nil }
      number = sum
    }
    return number > 0 ? number : nil
  }
}
