import HummingbirdCore
import NIOCore
import NIOPosix

/// Gives the requests of those who connect to a socket that listens already to a responder.
struct SocketListener: Sendable {
  private let responder: ServerResponder
  private let channel: HTTP1Channel

  init(_ responder: ServerResponder, limits: ServerLimits = ServerLimits()) {
    self.responder = responder
    channel = HTTP1Channel(
      responder: { request, writer, channel in
        try await responder.respond(to: request, writer, on: channel)
      }, configuration: HTTP1Channel.Configuration(limits))
  }

  /// Serves until told that it is over; then what was begun gets some time to come to its end.
  ///
  /// - Parameter descriptor: the socket; it is closed in the end.
  func serve(
    _ descriptor: Int32, until closed: @escaping @Sendable () async -> Void, patience: Duration
  ) async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    defer { group.shutdownGracefully { _ in } }
    let (channel, logger) = (channel, responder.logger)
    let server = try await ServerBootstrap(group: group).bind(descriptor) { connection in
      channel.setup(channel: connection, logger: logger)
    }
    await withTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        await withDiscardingTaskGroup { connections in
          // A socket that ends takes no more connections; there is nobody to tell.
          try? await server.executeThenClose { inbound in
            for try await connection in inbound {
              connections.addTask { await channel.handle(value: connection, logger: logger) }
            }
          }
        }
      }
      tasks.addTask {
        await closed()
        server.channel.close(promise: nil)
        // Cut short when all was answered before.
        try? await Task.sleep(for: patience)
      }
      await tasks.next()
      tasks.cancelAll()
    }
  }
}
