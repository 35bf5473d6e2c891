{%- if cookiecutter.language == 'ko' -%}
"""원본 표에서 학습할 표를 만듭니다. 표준 라이브러리만 씁니다."""
{%- else -%}
"""Makes the table to learn from out of the raw one; the standard library is enough."""
{%- endif %}

import argparse
import csv
import pathlib

TARGET = "species"
MEASUREMENTS = [
    "bill_length_mm",
    "bill_depth_mm",
    "flipper_length_mm",
    "body_mass_g",
]
MISSING = {"", "NA"}


def is_complete(row):
{%- if cookiecutter.language == 'ko' %}
    """정답과 모든 측정값이 있으면 참입니다."""
{%- else %}
    """Tells whether the target and every measurement is there."""
{%- endif %}
    return all(row[name] not in MISSING for name in [TARGET, *MEASUREMENTS])


def prepare(raw, processed):
{%- if cookiecutter.language == 'ko' %}
    """빠진 값이 없는 행만 쓰고 (읽은 행 수, 쓴 행 수)를 돌려줍니다."""
{%- else %}
    """Writes the complete rows; gives how many were read and written."""
{%- endif %}
    with open(raw, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        columns = reader.fieldnames
        rows = list(reader)
    complete = [row for row in rows if is_complete(row)]
    path = pathlib.Path(processed)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(complete)
    return len(rows), len(complete)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw")
    parser.add_argument("processed")
    args = parser.parse_args()
    read, written = prepare(args.raw, args.processed)
    print(f"{read} rows read, {written} complete: {args.processed}")


if __name__ == "__main__":
    main()
