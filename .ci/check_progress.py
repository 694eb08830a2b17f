"""Compares progress.xlsx of a run of 冷市镇 with the same tables worked out by DuckDB.

Usage: .ci/python .ci/check_progress.py RUN TARGETS. tests/duckdb/villages.sql is the independent calculation."""

import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import openpyxl

SQL = Path(__file__).parent.parent / "tests" / "duckdb" / "villages.sql"


def rate(part, whole):
    """As published tables print it: two decimals of a per cent, half up."""
    if not whole:
        return None
    exact = Decimal(part) * 100 / Decimal(whole)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def yuan(fen):
    return None if fen is None else Decimal(fen) / 100


def sheet(workbook, name, first):
    """The rows below the head, which begins with `first`, as numbers and texts."""
    rows = [[cell.value for cell in row] for row in workbook[name].iter_rows()]
    head = next(at for at, row in enumerate(rows) if row[0] == first)
    is_head = lambda row: not any(isinstance(it, (int, float)) for it in row)
    body = [row for row in rows[head:] if not is_head(row)]
    return [[Decimal(str(it)) if isinstance(it, (int, float)) else it for it in row] for row in body]


def percent(value):
    return None if value is None else (value * 100).quantize(Decimal("0.01"))


def compare(what, found, expected):
    for at, (a, b) in enumerate(zip(found, expected, strict=True)):
        if a != b:
            sys.exit(f"{what}, column {at + 1}: the workbook says {a}, DuckDB {b}")


def total(rows, key):
    return sum(row[key] or 0 for row in rows)


def main(run, targets):
    base = duckdb.connect()
    base.execute(SQL.read_text(), {"persons": f"{run}/persons.parquet", "targets": targets})
    names = [it[0] for it in base.description]
    villages = [dict(zip(names, row)) for row in base.fetchall()]
    workbook = openpyxl.load_workbook(f"{run}/progress.xlsx")

    table = sheet(workbook, "村级任务表", "序号")
    for row, it in zip(table, villages):
        expected = [it["seq"], it["name"], it["residents"], it["target"], it["paid"]]
        compare(it["name"], row[:6], [*expected, yuan(it["amount_fen"])])
    counted = [total(villages, key) for key in ("residents", "target", "paid")]
    # People of the town whose village is not known are in its total, as a row of their own.
    unknown = [row for row in table[len(villages):-1]]
    strangers = [sum(row[at] or 0 for row in unknown) for at in (4, 5)]
    counted[2] += strangers[0]
    money = yuan(total(villages, "amount_fen")) + strangers[1]
    compare("村级任务表 合计", table[-1][1:6], ["合计", *counted, money])

    ranked = {row[2]: row for row in sheet(workbook, "排名", "名次") if row[0] is not None}
    if len(ranked) != len(villages):
        sys.exit(f"排名: {len(ranked)} villages are ranked of {len(villages)}")
    for it in villages:
        row = ranked[it["name"]]
        found = [row[0], row[3], row[4], row[5], percent(row[6]), percent(row[9]), row[10], percent(row[11])]
        expected = [
            it["place"], it["target"], it["paid"], it["target"] - it["paid"],
            rate(it["paid"], it["target"]), rate(it["covered"], it["liable"]), it["unenrolled"],
            rate(it["priority_covered"], it["priority"]),
        ]
        compare(f"排名 {it['name']}", found, expected)

    funds = sheet(workbook, "工作经费", "序号")
    for row, it in zip(funds, villages):
        money = [it["per_head_fen"], it["penalty_fen"], it["bonus_fen"]]
        points = None if it["points"] is None else f"{it['points']}.00"
        expected = [yuan(money[0]), points, yuan(money[1]), yuan(money[2]), yuan(sum(filter(None, money)))]
        compare(f"工作经费 {it['name']}", row[5:10], expected)
    sums = [total(villages, key) for key in ("per_head_fen", "penalty_fen", "bonus_fen")]
    compare("工作经费 合计", [funds[-1][5], funds[-1][7], funds[-1][8]], [yuan(it) for it in sums])
    compare("工作经费 合计", [funds[-1][9]], [yuan(sum(sums))])
    print(f"{len(villages)} villages: table, ranking and incentives are what DuckDB works out")


if __name__ == "__main__":
    main(*sys.argv[1:3])
