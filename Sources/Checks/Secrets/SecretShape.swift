/// What a value must look like to be taken for a secret when only a name says that it is one.
package enum SecretShape: String, Sendable, CaseIterable {
  /// Made by a machine: letters and digits without sense.
  case random
  /// Made by a machine or a person: also a word with digits and signs, such as `Winter-2024!`.
  case password

  func holds(_ secret: ArraySlice<UInt8>) -> Bool {
    let look = SecretLook(secret)
    guard !look.isReference, !look.isUUID, !look.isPathOrAddress, look.distinct >= 5 else {
      return false
    }
    if look.isHexadecimal { return secret.count >= 24 && SecretEntropy.bits(secret) >= 3 }
    switch self {
    case .random: return look.isRandom
    case .password: return look.isRandom || look.isPassword
    }
  }
}
