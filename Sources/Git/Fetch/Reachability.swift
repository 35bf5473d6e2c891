import Glibc
import Platform

/// Whether a remote's port answers, asked before libgit2 connects: 1.5 would wait two minutes for a host that is silent.
struct Reachability {
  let host: String
  let port: String

  /// Nil for a local address, and when a proxy stands between: then the proxy is what answers.
  init?(_ address: GitAddress) {
    guard !address.isLocal else { return nil }
    var rest = address.url[...]
    var port = "22"
    var isURL = false
    if let scheme = address.url.range(of: "://") {
      let name = address.url[..<scheme.lowerBound].lowercased()
      rest = address.url[scheme.upperBound...]
      isURL = true
      switch name {
      case "http": port = "80"
      case "https": port = "443"
      case "git": port = "9418"
      default: break
      }
      let variables = [
        "http_proxy", "https_proxy", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "ALL_PROXY",
      ]
      if name.hasPrefix("http"), variables.contains(where: { getenv($0) != nil }) { return nil }
    }
    rest = isURL ? rest.prefix { $0 != "/" } : rest.prefix { $0 != ":" }
    if let at = rest.lastIndex(of: "@") {
      rest = rest[rest.index(after: at)...]
    }
    if rest.hasPrefix("["), let close = rest.firstIndex(of: "]") {
      host = String(rest[rest.index(after: rest.startIndex)..<close])
      rest = rest[rest.index(after: close)...]
    } else {
      let end = rest.firstIndex(of: ":") ?? rest.endIndex
      host = String(rest[..<end])
      rest = rest[end...]
    }
    // Behind the colon of `host:path` stands no port.
    if isURL, rest.hasPrefix(":"), rest.count > 1 { port = String(rest.dropFirst()) }
    self.port = port
  }

  /// Why nobody answers within a time; nil when somebody does.
  func problem(seconds: Int = 10) -> String? {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, port, &hints, &list)
    guard code == 0 else {
      return "the name `\(host)` was not found: \(String(cString: gai_strerror(code)).lowercased())"
    }
    defer { freeaddrinfo(list) }
    var last = "no address"
    var next = list
    while let candidate = next {
      guard let problem = connect(candidate.pointee, seconds) else { return nil }
      last = problem
      next = candidate.pointee.ai_next
    }
    return "`\(host)` port \(port): \(last)"
  }

  private func connect(_ address: addrinfo, _ seconds: Int) -> String? {
    let kind = address.ai_socktype | Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.ai_family, kind, address.ai_protocol)
    guard descriptor >= 0 else { return reason(errno) }
    defer { close(descriptor) }
    if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return nil }
    guard errno == EINPROGRESS else { return reason(errno) }
    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    var left = seconds * 10
    // In short steps, so that a cancelled task does not wait for the whole time.
    while poll(&wait, 1, 100) <= 0 {
      left -= 1
      guard left > 0 else { return "no answer within \(seconds) s" }
      guard !Task.isCancelled else { return "interrupted" }
    }
    var number: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size) == 0 else {
      return reason(errno)
    }
    return number == 0 ? nil : reason(number)
  }

  private func reason(_ number: Int32) -> String { String(cString: strerror(number)).lowercased() }
}
