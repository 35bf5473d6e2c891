"""Stands in for the meter: writes the readings of some months, always the same for the same month."""

import calendar
import csv
import math
import pathlib
import random
import sys

FOLDER = pathlib.Path("data/readings")


def readings(year, month):
    """Gives (day, mean outdoor temperature in °C, energy in kWh) of every day of a month."""
    noise = random.Random(year * 100 + month)
    for day in range(1, calendar.monthrange(year, month)[1] + 1):
        season = 10 - 11 * math.cos((month - 1 + day / 31) * math.pi / 6)
        temperature = season + noise.gauss(0, 3)
        energy = 6 + 4.2 * max(0.0, 15 - temperature) + noise.gauss(0, 4)
        yield f"{year}-{month:02}-{day:02}", round(temperature, 1), round(max(0.0, energy), 1)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:]:
        year, month = map(int, name.split("-"))
        with open(FOLDER / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["day", "temperature", "energy"])
            table.writerows(readings(year, month))


if __name__ == "__main__":
    main()
