import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Sees the target of a request as it was sent, before the codec behind it leaves out the host that an absolute target
/// (`GET http://host/path`) names.
///
/// A target that names the host of the head is taken for its path; any other that is no path becomes `*`, which
/// ``HostRule`` refuses.
final class TargetReader: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  /// Stands behind the codec, where handlers can be added, and puts a reader before it.
  final class Placement: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart

    func handlerAdded(context: ChannelHandlerContext) {
      let pipeline = context.pipeline.syncOperations
      do {
        let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
        try pipeline.addHandler(TargetReader(), position: .before(codec))
      } catch {
        // Without a reader another site's name might be served: rather nothing is.
        context.close(promise: nil)
      }
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data), !head.uri.hasPrefix("/") else {
      return context.fireChannelRead(data)
    }
    head.uri = HostRule.path(of: head.uri, on: head.headers.first(name: "Host")) ?? "*"
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }
}
