import CGit2
import Glibc
import Platform
import SystemPackage

/// Finds what a remote wants to know, each way tried once: the ssh agent, the usual key files, git's credential helpers.
///
/// It never asks a person, so nothing waits on a terminal that nobody looks at.
final class Credentials {
  private var tried: Set<String> = []

  /// One answer to libgit2; its return code.
  func answer(
    _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>, url: String,
    user: String?, allowed: UInt32
  ) -> Int32 {
    if allowed & GIT_CREDENTIAL_USERNAME.rawValue != 0, tried.insert("user").inserted {
      return git_credential_username_new(out, user ?? "git")
    }
    if allowed & GIT_CREDENTIAL_SSH_KEY.rawValue != 0 {
      let name = user ?? "git"
      if getenv("SSH_AUTH_SOCK") != nil, tried.insert("agent").inserted {
        return git_credential_ssh_key_from_agent(out, name)
      }
      for key in keyFiles where tried.insert(key).inserted {
        return git_credential_ssh_key_new(out, name, nil, key, "")
      }
    }
    if allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT.rawValue != 0, tried.insert("helper").inserted,
      let (name, password) = fromHelper(url, user)
    {
      return git_credential_userpass_plaintext_new(out, name, password)
    }
    if allowed & GIT_CREDENTIAL_DEFAULT.rawValue != 0, tried.insert("default").inserted {
      return git_credential_default_new(out)
    }
    // What was said last was about something else.
    git_error_clear()
    return GIT_EAUTH.rawValue
  }

  private var keyFiles: [String] {
    guard let home = getenv("HOME") else { return [] }
    let folder = FilePath(platformString: home).appending(".ssh")
    return ["id_ed25519", "id_ecdsa", "id_rsa"].map { folder.appending($0) }
      .filter(FileSystem.isFile).map(\.string)
  }

  /// What `git credential fill` knows, when git is installed and a helper is configured.
  private func fromHelper(_ url: String, _ user: String?) -> (String, String)? {
    // A line feed in what is sent would be a field of its own.
    guard !url.utf8.contains(0x0A), !url.utf8.contains(0x0D) else { return nil }
    var request = "url=\(RemoteURL.withoutSecrets(url))\n"
    if let user, !user.utf8.contains(0x0A) { request += "username=\(user)\n" }
    let result = try? HelperProgram.run(
      ["git", "credential", "fill"], input: Array((request + "\n").utf8),
      environment: ["GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": ""], seconds: 30)
    guard let result, result.status == 0 else { return nil }
    var fields: [Substring: String] = [:]
    for line in String(decoding: result.output, as: UTF8.self).split(separator: "\n") {
      guard let equals = line.firstIndex(of: "=") else { continue }
      fields[line[..<equals]] = String(line[line.index(after: equals)...])
    }
    guard let name = fields["username"], let password = fields["password"] else { return nil }
    return (name, password)
  }
}
