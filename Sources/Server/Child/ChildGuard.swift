import Formats
import HTTPTypes
import Platform
import Runner

/// Lets in who knows the word of a run, as a token or as a password.
struct ChildGuard: RequestGuard {
  private let words: [[UInt8]]

  init(_ door: RunDoor) {
    let login = Formats.Base64.encode(Array("\(RunDoor.user):\(door.token)".utf8))
    words = ["Bearer \(door.token)", "Basic \(login)"].map { Array($0.utf8) }
  }

  func check(_ request: inout ServerRequest) throws {
    let fields = request.headers[values: .authorization]
    guard fields.count == 1, let given = fields.first.map({ Array($0.utf8) }),
      words.contains(where: { Secret.equal($0, given) })
    else {
      throw APIError(
        "UNAUTHENTICATED", "This address is for the entry point of one run.", status: 401)
    }
  }
}
