/// What a Swift notebook finds in its program beside its own code: `Reprise.display(svg: picture)` puts something into the run's
/// document where it happened, `Reprise.log("loss", 0.1, step: 3)` records a metric.
///
/// It needs nothing beside the C library.
enum SwiftModule {
  static let text = #"""
    // What a program tells the run that it is a part of. Written by Reprise.

    #if canImport(Glibc)
      import Glibc
    #elseif canImport(Musl)
      import Musl
    #else
      import Darwin
    #endif

    enum Reprise {
      /// Shows something in the run's document, where it was shown. Outside of a run its text is printed.
      static func display(
        _ text: String? = nil, html: String? = nil, markdown: String? = nil, svg: String? = nil,
        png: [UInt8]? = nil, json: String? = nil
      ) {
        var members: [String] = []
        func add(_ type: String, _ value: String?) {
          if let value { members.append("\(quoted(type)): \(value)") }
        }
        add("text/plain", text.map(quoted))
        add("text/html", html.map(quoted))
        add("text/markdown", markdown.map(quoted))
        add("image/svg+xml", svg.map(quoted))
        add("image/png", png.map { quoted(base64($0)) })
        add("application/json", json)
        guard let path = variable("REPRISE_DISPLAY") else {
          print(text ?? markdown ?? json ?? html ?? svg ?? "")
          return
        }
        // What was printed before stands before.
        fflush(nil)
        append("{\"data\": {\(members.joined(separator: ", "))}, \"metadata\": {}}\n", to: path)
        mark("display")
      }

      /// Records a value of a metric.
      static func log(_ key: String, _ value: Double, step: Int = 0) {
        guard let path = variable("REPRISE_METRICS") else { return }
        let number = value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : "\(value)"
        append("{\"key\": \(quoted(key)), \"value\": \(number), \"step\": \(step)}\n", to: path)
      }

      /// Says that a cell begins.
      static func cell(_ number: Int) { mark("cell \(number)") }

      /// Says something about what comes, and waits until all that was written before has been read.
      static func mark(_ text: String) {
        guard let name = variable("REPRISE_MARKS") else { return }
        fflush(nil)
        #if os(Linux)
          let post = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
          guard post >= 0 else { return }
          defer { close(post) }
          var own = sockaddr_un()
          own.sun_family = sa_family_t(AF_UNIX)
          var address = own
          let bytes = Array(name.utf8.prefix(100))
          withUnsafeMutableBytes(of: &address.sun_path) { path in
            for (index, byte) in bytes.enumerated() { path[index + 1] = byte }
          }
          let family = socklen_t(MemoryLayout<sa_family_t>.size)
          let isBound = withUnsafePointer(to: &own) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(post, $0, family) == 0 }
          }
          let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
              connect(post, $0, family + 1 + socklen_t(bytes.count)) == 0
            }
          }
          guard isBound, isConnected else { return }
          var patience = timeval(tv_sec: 60, tv_usec: 0)
          setsockopt(post, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
          let message = Array(text.utf8.prefix(4096))
          guard send(post, message, message.count, 0) == message.count else { return }
          var answer: UInt8 = 0
          _ = recv(post, &answer, 1, 0)
        #endif
      }

      private static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
      }

      private static func append(_ line: String, to path: String) {
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o666)
        guard file >= 0 else { return }
        defer { close(file) }
        var bytes = Array(line.utf8)[...]
        while !bytes.isEmpty {
          let count = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
          guard count > 0 else { return }
          bytes = bytes.dropFirst(count)
        }
      }

      private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
          switch scalar {
          case "\"": result += "\\\""
          case "\\": result += "\\\\"
          case "\n": result += "\\n"
          case "\r": result += "\\r"
          case "\t": result += "\\t"
          default:
            if scalar.value < 0x20 {
              let digits = String(scalar.value, radix: 16)
              result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
              result.unicodeScalars.append(scalar)
            }
          }
        }
        return result + "\""
      }

      private static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
          let count = min(3, bytes.count - place)
          var group: UInt32 = 0
          for index in 0..<3 {
            group = group << 8 | (index < count ? UInt32(bytes[place + index]) : 0)
          }
          for index in 0..<4 {
            let letter = letters[Int(group >> UInt32(18 - 6 * index) & 63)]
            result.append(index <= count ? letter : UInt8(ascii: "="))
          }
          place += 3
        }
        return String(decoding: result, as: UTF8.self)
      }
    }

    """#
}
