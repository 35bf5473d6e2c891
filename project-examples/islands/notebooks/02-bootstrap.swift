// %% [markdown]
// # How sure is a mean?
//
// The mean body mass of a species on each island, and the interval that resampling the penguins gives. The generator is
// seeded, so that the same parameters give the same numbers.

// %% tags=["parameters"]
let species = "Adelie"  // Adelie, Chinstrap or Gentoo
let rounds = 2000  // [100, 1000000] resamples an island
let confidence = 0.95  // [0.5, 0.999] of the interval
let seed = 1  // of the generator

// %% Read the penguins
import Foundation

let text = try String(contentsOfFile: "data/penguins.csv", encoding: .utf8)
var masses: [String: [Double]] = [:]
for line in text.split(separator: "\n").dropFirst() {
  let fields = line.split(separator: ",", omittingEmptySubsequences: false)
  guard fields[0] == species, let mass = Double(fields[5]) else { continue }
  masses[String(fields[1]), default: []].append(mass)
}
guard !masses.isEmpty else { fatalError("there are no penguins of the species \(species)") }
for island in masses.keys.sorted() {
  print("\(island): \(masses[island]!.count) penguins")
}

// %% Resample
struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

var generator = Generator(state: UInt64(seed))
var intervals: [(island: String, mean: Double, low: Double, high: Double)] = []
for (island, values) in masses.sorted(by: { $0.key < $1.key }) {
  var means = (0..<rounds).map { _ in
    var sum = 0.0
    for _ in values.indices { sum += values[Int.random(in: values.indices, using: &generator)] }
    return sum / Double(values.count)
  }
  means.sort()
  let tail = (1 - confidence) / 2
  let low = means[Int(Double(rounds - 1) * tail)]
  let high = means[Int(Double(rounds - 1) * (1 - tail))]
  let mean = values.reduce(0, +) / Double(values.count)
  intervals.append((island, mean, low, high))
  Reprise.log("mean/\(island)", mean)
  Reprise.log("width/\(island)", high - low)
  print(String(format: "%@: %.0f g, between %.0f and %.0f", island, mean, low, high))
}

// %% Draw
let lowest = intervals.map(\.low).min()! - 50
let highest = intervals.map(\.high).max()! + 50
func x(_ mass: Double) -> Double { 110 + 450 * (mass - lowest) / (highest - lowest) }
var marks = ""
for (row, interval) in intervals.enumerated() {
  let y = 30 + 40 * row
  marks += """
    <text x="100" y="\(y + 5)" text-anchor="end">\(interval.island)</text>
    <line x1="\(x(interval.low))" x2="\(x(interval.high))" y1="\(y)" y2="\(y)" stroke="#2a78d6" stroke-width="4"/>
    <circle cx="\(x(interval.mean))" cy="\(y)" r="7" fill="#2a78d6"/>
    <text x="\(x(interval.mean))" y="\(y - 12)" text-anchor="middle">\(Int(interval.mean.rounded())) g</text>
    """
}
Reprise.display(
  "\(species) by island",
  svg: """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 \(40 * intervals.count + 30)" width="600" font-family="sans-serif" font-size="13">\(marks)</svg>
    """)
