import SystemPackage

/// One question to a server over http or https.
package struct HTTPRequest: Sendable {
  package var method: String
  package var url: String
  /// Lines of the header, in this order; see ``HTTPHeader``.
  package var headers: [HTTPHeader] = []
  package var body = Body.none
  /// Whether an answer that leads elsewhere is followed. A login goes only to the host that was asked first, but
  /// `headers` go to all.
  package var followsRedirects = false
  package var login: Login?
  package var trust = Trust.system
  /// How long a connection may take.
  package var connectTimeout = Duration.seconds(10)
  /// How long nothing may arrive or leave.
  package var stallTimeout = Duration.seconds(30)
  /// Bytes of an answer that are taken at the most.
  package var limit = Int.max

  package init(_ method: String, _ url: String) {
    self.method = method
    self.url = url
  }

  /// What is sent.
  package enum Body: Sendable {
    case none
    case bytes([UInt8])
    /// A part of a file, read while it is sent.
    case file(FilePath, offset: Int64, count: Int64)

    /// In bytes.
    package var count: Int64 {
      switch self {
      case .none: 0
      case .bytes(let bytes): Int64(bytes.count)
      case .file(_, _, let count): count
      }
    }
  }

  /// Who we say we are.
  package enum Login: Sendable {
    case basic(user: String, password: String)
    case digest(user: String, password: String)
  }

  /// By what a server of https has to prove who it is.
  package enum Trust: Sendable {
    case system
    /// A file of certificates, or a folder of them.
    case authorities(FilePath)
    /// It need not.
    case anybody
  }
}

/// A line of a request's header.
package struct HTTPHeader: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
