import SystemPackage

/// Tells text, which is rendered, from what is copied as it is.
///
/// Names and first bytes decide as cookiecutter's `binaryornot` has it. Beyond that it guesses from 512 bytes and takes much
/// Korean, Japanese and Chinese prose for binary; here everything that is UTF-8 and not full of control characters is
/// text.
enum FileKind {
  static func isBinary(name: String, content: [UInt8]) -> Bool {
    isBinary(name: name, content: content, ByteSurvey(content))
  }

  static func isBinary(name: String, content: [UInt8], _ survey: ByteSurvey) -> Bool {
    if hasBinaryExtension(name) { return true }
    if signatures.contains(where: { content.starts(with: $0) }) { return true }
    if survey.hasControls, isFullOfControls(content) { return true }
    // What is no UTF-8 cannot be rendered.
    return !survey.isASCII && String(validating: content, as: UTF8.self) == nil
  }

  private static func isFullOfControls(_ content: [UInt8]) -> Bool {
    let start = content.prefix(8192)
    var zeros = 0
    var controls = 0
    for byte in start where byte < 0x20 {
      zeros += byte == 0 ? 1 : 0
      controls += byte < 9 || byte > 13 || byte == 11 || byte == 12 ? 1 : 0
    }
    return zeros > 0 || controls * 10 >= start.count * 3
  }

  /// The last dot is no extension when it is the first or the last character.
  static func hasBinaryExtension(_ name: String) -> Bool {
    let file = name.utf8.split(separator: UInt8(ascii: "/")).last.map { String($0) ?? "" } ?? ""
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return false }
    let rest = file[file.index(after: dot)...]
    guard !rest.isEmpty, !file[..<dot].allSatisfy({ $0 == "." }) else { return false }
    return extensions.contains(rest.lowercased())
  }

  private static let extensions = Set(
    """
    3ds blend dae fbx glb stl usdz 7z bz2 cab gz jar lz lz4 lzma rar tar xz z zip zst aac aif aiff alac ape flac m4a \
    mid midi mp3 ogg opus wav wma dwg dwf dxb step stp class dll o pyc pyo so wasm accdb db dbf mdb sqlite sqlite3 \
    dmg img iso qcow2 vdi vhd vmdk doc docx epub mobi odt pages pdf ppt pptx xls xlsx com exe msi bin fw rom eot otf \
    ttc ttf woff woff2 gba n64 nds nes pak sav sfc smc shp shx avif bmp cr2 cr3 dng gif heic heif ico jfif jp2 jpeg \
    jpg jxl nef orf png psd raw tif tiff webp xcf arrow avro fit fits hdf5 mat npy npz parquet pcap pcapng avi flv \
    m4v mkv mov mp4 mpeg mpg ogv webm wmv
    """.split(separator: " ").map(String.init))

  /// How files of known formats begin.
  private static let signatures: [[UInt8]] =
    """
    89504e470d0a1a0a ffd8ffe0 ffd8ffe1 474946383761 474946383961 424d 4d4d002a 49492a00 00000100 255044462d312e \
    53514c69746520666f726d6174203300 504b0304 1f8b08 fd377a585a00 7f454c46 feedface cefaedfe feedfacf cffaedfe 4d5a \
    cafebabe 52494646 4f676753 664c6143 0061736d 774f4646 4f54544f 0001000000 0000000142756431 774f4632 \
    524946460000000057454250 0000001866747970 494433 425a68 377abcaf271c d0cf11e0a1b11ae1 28b52ffd 526172211a07 \
    1a45dfa3 4d546864 38425053 0000001c6674797068656963 50415231 6465780a 4243c0de 5041434b 62706c697374 \
    213c617263683e0a 04224d18 4152524f5731 4f626a01 5d0000 a1b2c3d4 ff060000734e61507059 feedfeed 303730373031
    """.split(separator: " ").map { hex in
      var bytes: [UInt8] = []
      var rest = hex[...]
      while rest.count >= 2 {
        bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      }
      return bytes
    }
}
