import Glibc
import Platform
import SystemPackage

/// What the process takes of the machine, under the names that Prometheus' own clients use.
struct ProcessFigures {
  /// Bytes in memory.
  var residentMemory: Int64
  /// User and system time.
  var cpuSeconds: Double
  var openFiles: Int
  /// Seconds since 1970.
  var started: Double

  private static let start = Double(Clock.milliseconds()) / 1000

  static func current() -> ProcessFigures {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let pages = (try? FileSystem.readText("/proc/self/statm"))?.split(separator: " ")
    let resident = pages.flatMap { $0.count > 1 ? Int64($0[1]) : nil } ?? 0
    return ProcessFigures(
      residentMemory: resident * Int64(sysconf(Int32(_SC_PAGESIZE))),
      cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      openFiles: (try? FileSystem.names(in: "/proc/self/fd").count) ?? 0, started: start)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }

  func add(to text: inout MetricsText) {
    let figures: [(String, String, String, String)] = [
      ("process_resident_memory_bytes", "gauge", "Memory in use.", "\(residentMemory)"),
      ("process_cpu_seconds_total", "counter", "Time of processors.", "\(cpuSeconds)"),
      ("process_open_fds", "gauge", "Open files.", "\(openFiles)"),
      ("process_start_time_seconds", "gauge", "Start, in seconds since 1970.", "\(started)"),
    ]
    for (name, type, help, value) in figures {
      text.begin(name, type, help)
      text.add(name, [], value)
    }
  }
}
