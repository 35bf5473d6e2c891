import Platform

/// The language `pygrep`: a regular expression of Python's over the bytes of files, where every match is a fault.
struct PygrepSearch {
  private let expression: HookExpression
  private var isMultiline = false
  private var isNegated = false

  /// - Parameters:
  ///   - entry: the expression.
  ///   - arguments: `-i`, `--ignore-case`, `--multiline`, `--negate`; long ones may be cut short.
  init(
    entry: String, arguments: [String], _ expressions: PythonExpressions
  ) throws(ParseFailure) {
    var flags = PythonExpressions.Flags.ascii
    for argument in arguments {
      let name = argument.count > 2 ? Self.options.first { $0.hasPrefix(argument) } : argument
      switch name {
      case "-i", "--ignore-case": flags.insert(.ignoresCase)
      case "--multiline":
        isMultiline = true
        flags.formUnion([.multiline, .dotMatchesAll])
      case "--negate": isNegated = true
      default: throw ParseFailure("pygrep has no option `\(argument)`")
      }
    }
    do {
      expression = try HookExpression(entry, flags: flags, expressions)
    } catch {
      throw ParseFailure("`entry` is no regular expression: \(error.message)")
    }
  }

  private static let options = ["--ignore-case", "--multiline", "--negate"]

  /// What is to be said of a file; nil when it has no fault.
  func fault(in bytes: [UInt8], named name: String) throws -> [UInt8]? {
    let isFault = try isMultiline ? wholeFault(bytes, name) : lineFault(bytes, name)
    guard isNegated else { return isFault }
    return isFault == nil ? Array(name.utf8) + [0x0A] : nil
  }

  private func lineFault(_ bytes: [UInt8], _ name: String) throws -> [UInt8]? {
    var said: [UInt8] = []
    var number = 0
    var rest = bytes[...]
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
      let line = rest[..<end]
      rest = rest[end...]
      guard try expression.matches(line: line) else { continue }
      said += "\(name):\(number):".utf8
      said += line[..<Self.textEnd(line)]
      said.append(0x0A)
      if isNegated { return said }
    }
    return said.isEmpty ? nil : said
  }

  private func wholeFault(_ bytes: [UInt8], _ name: String) throws -> [UInt8]? {
    guard let match = try expression.firstRange(in: bytes[...]) else { return nil }
    let start = (bytes[..<match.lowerBound].lastIndex(of: 0x0A) ?? -1) + 1
    let number = bytes[..<match.lowerBound].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    // The first line is told whole, the last as far as the match goes.
    let firstEnd = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
    var said = Array("\(name):\(number):".utf8) + bytes[start..<firstEnd]
    if match.upperBound > firstEnd { said += bytes[firstEnd..<match.upperBound] }
    said.append(0x0A)
    return said
  }

  private static func textEnd(_ line: ArraySlice<UInt8>) -> Int {
    line.lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? line.startIndex
  }
}
