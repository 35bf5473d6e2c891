/// One member of a ``ZipArchive``, as the archive's directory describes it.
package struct ZipEntry: Sendable, Hashable {
  package enum Kind: Sendable { case file, directory, link, other }

  /// As it stands in the archive; a directory's ends with a slash. Not safe to be used as a path: see
  /// ``ZipArchive/extract(to:limits:)``.
  package var name: String
  package var kind: Kind
  /// The permission bits that a Unix system gave it, as `0o755`; nil when another system made the archive.
  package var mode: UInt32?
  /// Bytes, unpacked.
  package var size: UInt64
  /// Bytes in the archive.
  package var packedSize: UInt64
  /// The CRC-32 of the content.
  package var checksum: UInt32

  /// How the content is packed: 0 not at all, 8 by deflate.
  var method: UInt16
  /// Whether a password is needed.
  package var isEncrypted: Bool
  /// The last byte of an encrypted entry's header, by which a wrong password is noticed.
  var passwordCheck: UInt8
  /// The name's bytes, to be found again in front of the content.
  var rawName: [UInt8]
  /// Where the local header stands in the file.
  var headerOffset: UInt64
}
