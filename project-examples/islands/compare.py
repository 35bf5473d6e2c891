"""Compares the body mass of one species on the islands where it lives."""
import csv
import statistics
import sys

import reprise

# %% [markdown]
# # Body mass by island
# The bars are means, and the lines on them reach one standard deviation up and down.

# %% Read the data
species = sys.argv[1]
with open("data/penguins.csv", newline="") as file:
    rows = [row for row in csv.DictReader(file) if row["species"] == species]
masses = {}
for row in rows:
    if row["body_mass_g"] not in ("", "NA"):
        masses.setdefault(row["island"], []).append(float(row["body_mass_g"]))
print(f"{len(rows)} penguins of the species {species} on {len(masses)} islands")

# %% Mean and spread
table = []
for island in sorted(masses):
    mean, spread = statistics.mean(masses[island]), statistics.stdev(masses[island])
    table.append((island, len(masses[island]), mean, spread))
    print(f"{island:10} {len(masses[island]):4} {mean:8.1f} g ± {spread:.1f}")
    reprise.log_metric(f"mass_{island}", mean)

# %% The picture
bars = []
for n, (island, count, mean, spread) in enumerate(table):
    x, top, reach = 70 + n * 120, 220 - mean / 30, spread / 30
    bars.append(
        f'<rect x="{x}" y="{top:.1f}" width="70" height="{220 - top:.1f}" fill="#0f6fb8"/>'
        f'<path d="M{x + 35} {top - reach:.1f}V{top + reach:.1f}" stroke="#191c1f" stroke-width="2"/>'
        f'<text x="{x + 35}" y="240" text-anchor="middle">{island}</text>'
    )
width = 70 + 120 * len(table)
picture = (
    f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="250" viewBox="0 0 {width} 250" '
    f'font-family="sans-serif" font-size="14"><path d="M50 20V220H{width}" stroke="#565d64" fill="none"/>'
    '<text x="44" y="92" text-anchor="end">4 kg</text>' + "".join(bars) + "</svg>"
)
reprise.display({"image/svg+xml": picture, "text/plain": f"the mean mass of {species} on each island"})
