import ArgumentParser
import Platform

/// Where a new password comes from.
struct PasswordOptions: ParsableArguments {
  @Flag(
    name: .customLong("password-stdin"),
    help: "Read the password from the first line of standard input instead of making one.")
  var readsStandardInput = false

  /// The password, and whether it was made just now and must be told.
  func word() throws -> (text: String, isNew: Bool) {
    guard readsStandardInput else { return (try Secret.text(20), true) }
    var input = StandardInput()
    guard var line = try input.line() else {
      throw Failure(.usage, "standard input holds no password")
    }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    guard let text = String(validating: line, as: UTF8.self) else {
      throw Failure(.invalid, "the password is not UTF-8 text")
    }
    return (text, false)
  }
}
