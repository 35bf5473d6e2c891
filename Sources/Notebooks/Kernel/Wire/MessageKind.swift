/// The messages that the client of a kernel sends or looks at (Jupyter's messaging protocol, version 5.4).
enum MessageKind: String, Sendable {
  case clearOutput = "clear_output"
  case commClose = "comm_close"
  case commMessage = "comm_msg"
  case commOpen = "comm_open"
  case displayData = "display_data"
  case error
  case executeInput = "execute_input"
  case executeReply = "execute_reply"
  case executeRequest = "execute_request"
  case executeResult = "execute_result"
  case inputReply = "input_reply"
  case inputRequest = "input_request"
  case interruptRequest = "interrupt_request"
  case iopubWelcome = "iopub_welcome"
  case kernelInfoReply = "kernel_info_reply"
  case kernelInfoRequest = "kernel_info_request"
  case shutdownRequest = "shutdown_request"
  case status
  case stream
  case updateDisplayData = "update_display_data"
}
