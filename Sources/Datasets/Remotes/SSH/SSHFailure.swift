import Platform

/// What `ssh` writes when it cannot connect, told for people.
enum SSHFailure {
  static func failure(_ lost: SSHProcess.Lost, _ address: SSHAddress) -> Failure {
    let said = lost.said
    let place = address.shown
    let port = address.port.map { "-p \($0) " } ?? ""
    func has(_ text: String) -> Bool { said.contains(text) }
    if lost.isSilent {
      return Failure(
        .unreachable, "`\(place)` says nothing any more",
        hint: "check the network, then run the command again")
    }
    if has("IDENTIFICATION HAS CHANGED") {
      return Failure(
        .permission, "the host key of `\(place)` is not the one that is known",
        hint:
          "if it was changed on purpose: `ssh-keygen -R \(address.knownName)`; if not, somebody else answers",
        cause: said)
    }
    if has("Host key verification failed") || has("host key is known") {
      return Failure(
        .permission, "the host key of `\(place)` is not known",
        hint: "type `ssh \(port)\(address.login)` once and compare it", cause: said)
    }
    if has("Permission denied (") || has("Too many authentication failures") {
      return Failure(
        .permission, "`\(place)` does not let us in",
        hint:
          "does `ssh \(port)\(address.login)` work without a question? set `keyfile` and `user` of the "
          + "remote, or `ssh-add` the key", cause: said)
    }
    if has("UNPROTECTED PRIVATE KEY") || has("bad permissions") {
      return Failure(
        .permission, "ssh does not use a key that others can read",
        hint: "chmod 600 the key", cause: said)
    }
    if has("subsystem request failed") || has("does not speak") {
      return Failure(
        .unsupported, "`\(place)` has no SFTP",
        hint: "its sshd needs a line `Subsystem sftp internal-sftp`", cause: said)
    }
    if has("Could not resolve hostname") {
      return Failure(
        .unreachable, "there is no host `\(address.host)`", hint: "check the url of the remote",
        cause: said)
    }
    if has("Connection refused") {
      return Failure(
        .unreachable, "nobody answers at `\(place)`",
        hint: "does sshd run there? check the `port` of the remote", cause: said)
    }
    if has("command-line line") || has("Bad configuration option") || has("terminating,") {
      return Failure(.invalid, "ssh does not take its configuration", cause: said)
    }
    return Failure(
      .unreachable, "the connection to `\(place)` is lost",
      hint: "check the network, then run the command again", cause: said.isEmpty ? nil : said)
  }
}

extension SSHAddress {
  /// For messages.
  package var shown: String {
    let host = self.host.contains(":") ? "[\(self.host)]" : self.host
    return "ssh://" + (user.map { "\($0)@" } ?? "") + host + (port.map { ":\($0)" } ?? "")
      + folder
  }

  /// As `ssh` is given it by hand.
  var login: String { (user.map { "\($0)@" } ?? "") + host }

  /// As the file of known hosts has it.
  var knownName: String { port.map { $0 == 22 ? host : "'[\(host)]:\($0)'" } ?? host }
}
