/// Finds keywords: every one fits in eight bytes, so a name is compared as one number.
enum Keyword {
  /// The keyword spelled by a name of at most eight bytes, packed with its first byte lowest; else `name`.
  static func kind(packed: UInt64) -> TokenKind {
    switch packed {
    case 0x65_736c6146: .falseKeyword
    case 0x656e6f4e: .noneKeyword
    case 0x65757254: .trueKeyword
    case 0x646e61: .andKeyword
    case 0x7361: .asKeyword
    case 0x7472_65737361: .assertKeyword
    case 0x63_6e797361: .asyncKeyword
    case 0x74_69617761: .awaitKeyword
    case 0x6b_61657262: .breakKeyword
    case 0x73_73616c63: .classKeyword
    case 0x65756e69_746e6f63: .continueKeyword
    case 0x666564: .defKeyword
    case 0x6c6564: .delKeyword
    case 0x66696c65: .elifKeyword
    case 0x65736c65: .elseKeyword
    case 0x7470_65637865: .exceptKeyword
    case 0x796c6c_616e6966: .finallyKeyword
    case 0x726f66: .forKeyword
    case 0x6d6f7266: .fromKeyword
    case 0x6c61_626f6c67: .globalKeyword
    case 0x6669: .ifKeyword
    case 0x7472_6f706d69: .importKeyword
    case 0x6e69: .inKeyword
    case 0x7369: .isKeyword
    case 0x6164_626d616c: .lambdaKeyword
    case 0x6c61636f_6c6e6f6e: .nonlocalKeyword
    case 0x746f6e: .notKeyword
    case 0x726f: .orKeyword
    case 0x73736170: .passKeyword
    case 0x65_73696172: .raiseKeyword
    case 0x6e72_75746572: .returnKeyword
    case 0x797274: .tryKeyword
    case 0x65_6c696877: .whileKeyword
    case 0x68746977: .withKeyword
    case 0x64_6c656979: .yieldKeyword
    default: .name
    }
  }
}
