import Formats
import Platform
import SystemPackage

/// A program that a profile names to be asked for credentials ("Process credential provider", AWS SDKs and Tools
/// Reference Guide).
struct CredentialProcess {
  let command: String
  let profile: String

  init(_ command: String, profile: String) {
    self.command = command
    self.profile = profile
  }

  /// - Throws: ``Failure`` with code `.permission`; what the program says is not shown, because secrets may be in it.
  func run(_ variables: [String: String]) throws -> S3Credentials {
    let child = ChildCommand("/bin/sh", ["-c", command], environment: variables)
    let (end, output) = try ChildProcess.captureBlocking(
      child, timeout: .seconds(60), limit: 1 << 20)
    guard end.exitCode == 0 else {
      throw failure("ended with \(end.exitCode)")
    }
    guard let text = String(validating: output, as: UTF8.self),
      let answer = try? JSONValue(parsing: text),
      case .string(let id) = answer["AccessKeyId"],
      case .string(let secret) = answer["SecretAccessKey"]
    else { throw failure("did not answer with AccessKeyId and SecretAccessKey as JSON") }
    guard case .string(let token) = answer["SessionToken"] else {
      return S3Credentials(id: id, secret: secret)
    }
    return S3Credentials(id: id, secret: secret, token: token)
  }

  private func failure(_ what: String) -> Failure {
    Failure(
      .permission, "the `credential_process` of the profile `\(profile)` \(what)",
      hint: "run the command of that line in ~/.aws/config to see why")
  }
}
