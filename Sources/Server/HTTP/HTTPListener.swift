import Glibc
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Platform
import Synchronization

/// Listens on an address and gives each request to a responder.
package final class HTTPListener: Sendable {
  /// Where a server listens.
  package struct Address: Sendable, Hashable {
    package var host: String
    /// 0: any that is free.
    package var port: Int

    package init(host: String, port: Int) {
      self.host = host
      self.port = port
    }
  }

  private let server: Server<HTTP1Channel>
  /// The port, once; ended without one when the address cannot be had.
  private let bound: (ports: AsyncStream<Int>, end: AsyncStream<Int>.Continuation)
  private let address: Address
  /// Ended by ``stop()``, and how long it waits for those who do not end, in seconds.
  private let going: (on: AsyncStream<Never>, end: AsyncStream<Never>.Continuation)
  private let patience: Int64

  /// The threads of all listeners. They are never ended: the last that a connection leaves behind may still have to run there
  /// when a listener is done.
  private static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 2)

  package init(
    _ responder: ServerResponder, on address: Address, limits: ServerLimits = ServerLimits()
  ) {
    self.address = address
    let (ports, end) = AsyncStream.makeStream(of: Int.self)
    bound = (ports, end)
    let (on, stop) = AsyncStream.makeStream(of: Never.self)
    going = (on, stop)
    patience = limits.stopSeconds
    let channel = HTTP1Channel(
      responder: { request, writer, channel in
        try await responder.respond(to: request, writer, on: channel)
      },
      configuration: HTTP1Channel.Configuration(limits))
    server = Server(
      childChannelSetup: channel,
      configuration: ServerConfiguration(
        address: .hostname(address.host, port: address.port), backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
      onServerRunning: { channel in
        end.yield(channel.localAddress?.port ?? address.port)
        end.finish()
      },
      eventLoopGroup: Self.loops, logger: responder.logger)
  }

  /// Serves until ``stop()`` is called or the task is cancelled; what was begun is answered first.
  ///
  /// - Parameter whenBound: gets the port, when connections are taken.
  /// - Throws: ``Failure`` with code `.conflict` when the port is taken.
  package func run(whenBound: @escaping @Sendable (Int) async -> Void) async throws {
    let bound = bound
    do {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
          defer { bound.end.finish() }
          try await self.server.run()
        }
        tasks.addTask {
          for await _ in self.going.on {}
          try? await Task.sleep(for: .seconds(self.patience))
        }
        for await port in bound.ports { await whenBound(port) }
        // Whichever comes first: all was answered, or some connection does not come to its end.
        try await tasks.next()
        tasks.cancelAll()
      }
    } catch let error as IOError {
      throw failure(error.errnoCode)
    } catch is SocketAddressError.UnknownHost {
      throw Failure(
        .notFound, "there is no address `\(address.host)`",
        hint: "name one of this machine with `--host`: 127.0.0.1, or 0.0.0.0 for all")
    }
  }

  private func failure(_ number: Int32) -> Failure {
    let hint: String? =
      switch number {
      case EADDRINUSE:
        "another program listens there; choose a port with `--port`, 0 for any that is free"
      case EACCES: "ports below 1024 need more rights; choose another with `--port`"
      case EADDRNOTAVAIL:
        "name an address of this machine with `--host`: 127.0.0.1, or 0.0.0.0 for all"
      default: nil
      }
    return Failure(
      number == EADDRINUSE ? .conflict : Failure.Code(errno: number),
      "cannot listen on `\(address.host):\(address.port)`",
      hint: hint, cause: String(cString: strerror(number)))
  }

  /// Takes no more connections, lets what was begun come to its end, as long as ``ServerLimits/stopSeconds`` allow, and
  /// makes ``run(whenBound:)`` return.
  package func stop() async {
    going.end.finish()
    try? await server.shutdownGracefully()
  }
}

extension HTTP1Channel.Configuration {
  /// Connections that hold nothing for longer or with more than the limits allow.
  init(_ limits: ServerLimits) {
    self.init(
      additionalChannelHandlers: [
        TargetReader.Placement(), HeadDeadline(seconds: limits.headSeconds),
      ],
      idleTimeout: .seconds(limits.idleSeconds),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
        maxHeaderFieldCount: limits.headerCount))
  }
}
