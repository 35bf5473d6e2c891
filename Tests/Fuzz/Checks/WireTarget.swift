@testable import Notebooks

extension FuzzTarget {
  /// What a kernel sends: frames, one a line, and the outputs that are made of them.
  static let wire = FuzzTarget(
    name: "wire",
    seeds: [
      message("stream", #"{"name":"stdout","text":"a\r\u0008b"}"#),
      message(
        "display_data", #"{"data":{"text/plain":"1"},"metadata":{},"transient":{"display_id":"x"}}"#
      ),
      message(
        "update_display_data", #"{"data":{"text/plain":"2"},"transient":{"display_id":"x"}}"#),
      message("clear_output", #"{"wait":true}"#),
      message("error", #"{"ename":"E","evalue":"","traceback":["a","b"]}"#),
      message("status", #"{"execution_state":"idle"}"#),
      message("execute_reply", #"{"status":"error","execution_count":3,"ename":"E"}"#),
      message(
        "comm_open",
        #"{"comm_id":"w","target_name":"jupyter.widget","data":{"buffer_paths":[["a",0]],"state":{"_model_name":"OutputModel","_model_module":"@jupyter-widgets/output"}}}"#
      ) + "\nbuffer",
      message("comm_msg", #"{"comm_id":"w","data":{"state":{"msg_id":"p"}}}"#),
    ],
    words: [
      "<IDS|MSG>", "\n", "msg_id", "msg_type", "stream", "display_data", "clear_output", "comm_msg",
      "\"wait\":true", "transient", "display_id", "text", "\\ud83d", "NaN", "null", "{}", "[]",
    ]
  ) { bytes in
    let key = WireKey(text: "")
    let limit = 64
    var outputs = OutputAssembler(limit: limit)
    var execution = CellExecution()
    var frames: [[UInt8]] = []
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init) {
      // Every prefix, so that one input is many messages.
      frames.append(line)
      guard let message = try? WireFrames.decode(frames, key: key), let kind = message.kind,
        let content = try? message.parsedContent()
      else { continue }
      execution.receive(kind, content, date: message.date)
      execution.receiveReply(content, date: message.date)
      _ = outputs.receive(
        kind, content, size: message.content.count, buffers: message.buffers,
        request: message.parent, cell: 0)
      _ = outputs.takeWidgetUpdates()
      _ = outputs.widgets.metadata
      if frames.count > 12 { frames = [] }
    }
    for output in outputs.outputs(of: 0, foldsLines: true) {
      guard output["name"]?.string != "stderr", let text = output["text"]?.string else { continue }
      require(text.utf8.count <= limit, "a stream is over the limit")
    }
  }

  /// The frames of an unsigned message.
  private static func message(_ type: String, _ content: String) -> String {
    """
    <IDS|MSG>

    {"msg_id":"1","msg_type":"\(type)","date":"2026-11-22T21:42:34Z"}
    {"msg_id":"p"}
    {}
    \(content)
    """
  }
}
