"""Links one run's records with Splink 5 and scores bulou's and Splink's links side by side.

    compare.py RUN_FOLDER TRUTH_FOLDER [--memory-kib KIB] [--look]

RUN_FOLDER is a published run of bulou: `links.parquet` has every accepted row as bulou's cleaning
left it, and both linkers get the same rows. TRUTH_FOLDER is the synthetic county's truth:
`rows.csv` says whose each row is. `README.md` one folder up says what the printed columns mean.
"""

import argparse
import json
import logging
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.splink_dataframe import SplinkDataFrame

# A certificate that was read for certain, and one that was read but is damaged.
SOUND = "('valid', 'repaired', 'upgraded', 'from-card')"
DAMAGED = (
    "('lost-tail', 'wrong-check', 'wrong-date', 'wrong-length', 'wrong-region',"
    " 'masked', 'several')"
)
U_PAIRS = 1e7  # ten times as many take five times as long and do no better
THRESHOLDS = [0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99, 0.999, 0.9999]


# --- the records ---------------------------------------------------------------------------------


def read(con: duckdb.DuckDBPyConnection, run: Path) -> None:
    """Loads what both linkers start from; not timed."""
    con.execute(
        f"""
        create table links as
        select row_number() over () as record, person, file, coalesce(sheet, '') as sheet, row,
               id_state, id_number, name, sex, birth, place
        from read_parquet('{run / "links.parquet"}')
        """
    )
    con.execute(
        f"""
        create table sounds as
        select name, any_value(name_sound) as sound from read_parquet('{run / "persons.parquet"}')
        where name is not null and name_sound is not null group by name
        """
    )


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """One row a record with the columns that Splink compares, then one row of those equal in all.

    Where the row states none, the birthday comes from a citizen number that has one, damaged or
    not, and the sex from a sound one. Placeholders, text and numbers in scientific notation are no
    number; 张三之子 is no name but a parent's. The sound of a name that is no person's published
    name is put together from its characters' commonest sounds.
    """
    con.execute(
        """
        create table characters as
        with spelt as (
            select unnest(string_split(name, '')) as character,
                   unnest(string_split(sound, ' ')) as sound
            from sounds where length(name) = len(string_split(sound, ' '))
        )
        select character, mode(sound) as sound from spelt group by character
        """
    )
    con.execute(
        """
        create table spoken as
        with names as (select distinct name from links where name is not null),
        letters as (
            select name, unnest(string_split(name, '')) as character,
                   unnest(range(length(name))) as nth
            from names
        ),
        built as (
            select name, string_agg(coalesce(c.sound, character), ' ' order by nth) as sound
            from letters left join characters c using (character) group by name
        )
        select name, coalesce(s.sound, b.sound) as sound
        from built b left join sounds s using (name)
        """
    )
    con.execute(
        f"""
        create table records as
        with read as (
            select record,
                case when id_state in {SOUND} or id_state in {DAMAGED} then id_number
                end as citizen,
                case when id_state = 'other-certificate' then id_number end as certificate,
                id_state in {SOUND} as sound_id,
                regexp_matches(name, '..之[子女婴〓]$') as is_unnamed,
                name, sex, birth, place, sound
            from links left join spoken using (name)
        )
        select record, coalesce(citizen, certificate) as id, certificate is null as is_citizen,
            sound_id or certificate is not null as is_sound,
            case when not is_unnamed then nullif(name, '') end as name,
            case when not is_unnamed then nullif(sound, '') end as sound,
            case when is_unnamed then name[:-3] end as parent,
            coalesce(sex, case when sound_id then
                case when cast(citizen[17:17] as int) % 2 = 1 then '1' else '2' end end) as sex,
            coalesce(birth, case when length(citizen) >= 17 then
                try_strptime(citizen[7:14], '%Y%m%d')::date end) as birth,
            place, place[:9] as township
        from read
        """
    )
    con.execute(
        """
        create table grouped as
        select record, min(record) over (
            partition by coalesce(id, record::varchar), name, parent, sex, birth, place
        ) as unique_id
        from records
        """
    )
    con.execute(
        """
        create view rows as
        select * rename (record as unique_id), id[:10] as id_head, id[-4:] as id_tail from records
        """
    )
    con.execute(
        """
        create table nodes as
        select unique_id, any_value(columns(r.* exclude (record))),
               any_value(id[:10]) as id_head, any_value(id[-4:]) as id_tail
        from grouped join records r using (record) group by unique_id
        """
    )


# --- Splink --------------------------------------------------------------------------------------


def id_comparison() -> cl.CustomComparison:
    """Levels by what is left of the number. Two sound numbers differ or are one: no slip survives
    the check digit, so likeness counts only where one of them is damaged."""
    return cl.CustomComparison(
        output_column_name="id",
        comparison_levels=[
            cll.CustomLevel(
                "id_l is null or id_r is null or is_citizen_l != is_citizen_r"
            ).configure(is_null_level=True),
            cll.ExactMatchLevel("id"),
            cll.CustomLevel("is_sound_l and is_sound_r", "two sound numbers"),
            cll.DamerauLevenshteinLevel("id", 1),
            cll.CustomLevel(
                "contains(id_l, id_r) or contains(id_r, id_l)"
                " or id_l like replace(id_r, '*', '_') or id_r like replace(id_l, '*', '_')"
                " or (id_l[:14] = id_r[:14] and not contains(id_l, '*'))"
                " or damerau_levenshtein(id_l, id_r) <= 2",
                "two slips, lost tail, masked, or one of several",
            ),
            cll.ElseLevel(),
        ],
    )


def name_comparison() -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.CustomLevel(
                "(name_l is null or name_r is null) and (parent_l is null or parent_r is null)"
            ).configure(is_null_level=True),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.CustomLevel("sound_l = sound_r or parent_l = parent_r", "sound, or parent"),
            cll.CustomLevel(
                "levenshtein(name_l, name_r) <= 1 and least(length(name_l), length(name_r)) >= 3",
                "one character of three",
            ),
            cll.CustomLevel("name_l[1] = name_r[1]", "surname"),
            cll.ElseLevel(),
        ],
    )


def place_comparison() -> cl.CustomComparison:
    """Village and township say the same thing more or less finely: one comparison. Households are
    left out: each department numbers them its own way, and Splink does no better with them."""
    return cl.CustomComparison(
        output_column_name="place",
        comparison_levels=[
            cll.NullLevel("place"),
            cll.ExactMatchLevel("place"),
            cll.ExactMatchLevel("township"),
            cll.ElseLevel(),
        ],
    )


def settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            id_comparison(),
            name_comparison(),
            cl.DateOfBirthComparison(
                "birth",
                input_is_string=False,
                datetime_metrics=["month", "year"],
                datetime_thresholds=[1, 1],
            ),
            cl.ExactMatch("sex"),
            place_comparison(),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("id"),
            block_on("name", "birth"),
            block_on("name", "place"),
            block_on("sound", "birth"),
            block_on("sound", "place"),
            block_on("birth", "place", "sex"),
            block_on("name", "id_head"),
            block_on("name", "id_tail"),
        ],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


@dataclass
class Seconds:
    prepare: float = 0.0
    train: float = 0.0
    predict: float = 0.0
    cluster: float = 0.0

    def total(self) -> float:
        return self.prepare + self.train + self.predict + self.cluster


def train(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The model. How alike strangers are (u) comes from the distinct rows, as does the prior. How
    alike rows of one person are (m) comes from all rows: among the distinct ones only those are
    left that differ, and a model learnt from them holds any difference for normal."""
    distinct = Linker(register(con, "nodes"), settings(), log_level=logging.ERROR)
    distinct.training.estimate_probability_two_random_records_match(
        [block_on("id"), block_on("name", "birth", "place")], recall=0.9
    )
    distinct.training.estimate_u_using_random_sampling(max_pairs=U_PAIRS, seed=1)
    model = distinct.misc.save_model_to_json()
    every = Linker(register(con, "rows"), model, log_level=logging.ERROR)
    for rule in (block_on("name", "place"), block_on("birth", "place"), block_on("id")):
        every.training.estimate_parameters_using_expectation_maximisation(rule)
    trained = every.misc.save_model_to_json()
    prior = "probability_two_random_records_match"
    return trained | {prior: model[prior]}


def register(con: duckdb.DuckDBPyConnection, table: str) -> SplinkDataFrame:
    return DuckDBAPI(con).register(table)


def link(con: duckdb.DuckDBPyConnection) -> tuple[Linker, Seconds]:
    """Leaves a table `clusters_<n>` (record, cluster) for each threshold; the seconds are those of
    the work itself and of one clustering."""
    seconds = Seconds()
    clock = Clock()
    prepare(con)
    seconds.prepare = clock.lap()
    linker = Linker(register(con, "nodes"), train(con), log_level=logging.ERROR)
    seconds.train = clock.lap()
    predictions = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    con.execute(f"create view predictions as from {predictions.physical_name}")
    seconds.predict = clock.lap()
    for at, threshold in enumerate(THRESHOLDS):
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predictions, threshold_match_probability=threshold
        )
        con.execute(
            f"""
            create table clusters_{at} as select record, cluster_id as cluster
            from grouped join {clusters.physical_name} using (unique_id)
            """
        )
    seconds.cluster = clock.lap() / len(THRESHOLDS)
    return linker, seconds


class Clock:
    def __init__(self) -> None:
        self.last = time.perf_counter()

    def lap(self) -> float:
        """Seconds since the last lap."""
        now = time.perf_counter()
        lap, self.last = now - self.last, now
        return lap


# --- the score -----------------------------------------------------------------------------------


@dataclass
class Score:
    """Pairs of rows: of one person, linked, and both."""

    true: int
    linked: int
    right: int

    def precision(self) -> float:
        return self.right / self.linked if self.linked else 1.0

    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    def f1(self) -> float:
        p, r = self.precision(), self.recall()
        return 2 * p * r / (p + r) if p + r else 0.0

    def columns(self) -> list[str]:
        return [f"{self.precision():.5f}", f"{self.recall():.5f}", f"{self.f1():.5f}"]


def read_truth(con: duckdb.DuckDBPyConnection, truth: Path) -> None:
    con.execute(
        f"""
        create table truth as
        select l.record, t.person,
            case when id_state in {SOUND} or id_state = 'other-certificate' then id_number end as id
        from links l join read_csv('{truth / "rows.csv"}', header = true, all_varchar = true) t
        on l.file = t.file and l.sheet = coalesce(t.sheet, '') and l.row = t.row::int
        """
    )


def score(con: duckdb.DuckDBPyConnection, clusters: str) -> tuple[Score, Score]:
    """All pairs and the hard ones: the pairs that no one sound number joins."""

    def pairs(*keys: str) -> int:
        by = ", ".join(keys)
        some = " and ".join(f"{key} is not null" for key in keys)
        return con.execute(
            f"""
            select coalesce(sum(n * (n - 1) // 2), 0)::bigint from (
                select count(*) as n from truth join {clusters} using (record)
                where {some} group by {by})
            """
        ).fetchall()[0][0]

    every = Score(pairs("person"), pairs("cluster"), pairs("person", "cluster"))
    easy = Score(pairs("person", "id"), pairs("cluster", "id"), pairs("person", "cluster", "id"))
    hard = Score(every.true - easy.true, every.linked - easy.linked, every.right - easy.right)
    return every, hard


# --- the table -----------------------------------------------------------------------------------


def bulou_seconds(run: Path) -> float:
    stages = json.loads((run / "timings.json").read_text())
    return sum(it["seconds"] for it in stages if it["stage"] == "identify")


def count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return con.execute(f"select count(*) from {table}").fetchall()[0][0]


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def show(rows: list[list[str]]) -> None:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def look(con: duckdb.DuckDBPyConnection, linker: Linker, clusters: str) -> None:
    """For whoever tunes the settings: the weights, false links, misses."""
    for comparison in linker.misc.save_model_to_json()["comparisons"]:
        for level in comparison["comparison_levels"]:
            print(comparison["output_column_name"], level.get("label_for_charts"),
                  level.get("m_probability"), level.get("u_probability"), sep=" | ")
    print("blocked pairs above the lowest threshold:",
          count(con, "predictions"))
    con.execute(
        f"""
        create or replace table seen as
        select r.*, t.person as truth, c.cluster, l.file, l.id_state
        from records r join truth t using (record) join {clusters} c using (record)
        join links l using (record)
        """
    )
    for title, one, other in [("false", "cluster", "truth"), ("missed", "truth", "cluster")]:
        bad = f"select {one} from seen group by {one} having count(distinct {other}) > 1"
        print(f"== {title}: {count(con, f'({bad})')}")
        sample = con.sql(f"select {one} from ({bad}) order by hash({one}) limit 12").fetchall()
        for (key,) in sample:
            print("--")
            found = con.execute(
                "select distinct id_state, id, name, parent, birth, sex, place, truth, cluster"
                f" from seen where {one} = ? order by {other}", [key]
            ).fetchall()
            for row in found:
                print("  ", *row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path, metavar="RUN_FOLDER")
    parser.add_argument("truth", type=Path, metavar="TRUTH_FOLDER")
    parser.add_argument("--memory-kib", type=int, help="the run's peak memory, measured outside")
    parser.add_argument("--look", action="store_true", help="also weights, false links and misses")
    args = parser.parse_args()

    run = args.run.resolve()  # `latest` may move on to another run meanwhile
    ours = bulou_seconds(run)
    con = duckdb.connect()
    read(con, run)
    linker, seconds = link(con)
    splink_mib = peak_mib()
    read_truth(con, args.truth)

    con.execute("create view bulou as select record, person as cluster from links")
    every, hard = score(con, "bulou")
    heading = ["", "precision", "recall", "F1", "hard precision", "hard recall", "hard F1",
               "seconds", "peak MiB"]
    memory = "" if args.memory_kib is None else f"{args.memory_kib / 1024:.0f}"
    rows = [["bulou", *every.columns(), *hard.columns(), f"{ours:.2f}", memory]]

    tried = [score(con, f"clusters_{at}") for at in range(len(THRESHOLDS))]
    best = max(range(len(tried)), key=lambda at: tried[at][0].f1())
    every, hard = tried[best]
    rows.append(["Splink 5", *every.columns(), *hard.columns(), f"{seconds.total():.1f}",
                 f"{splink_mib:.0f}"])
    print("Splink by threshold")
    show([["threshold", *heading[1:7]]] + [
        [str(threshold), *every.columns(), *hard.columns()]
        for threshold, (every, hard) in zip(THRESHOLDS, tried)])
    print(f"\nrecords {count(con, 'links')}, for Splink "
          f"{count(con, 'nodes')}; pairs of one person "
          f"{every.true}, hard {hard.true}")
    print(f"Splink: prepare {seconds.prepare:.1f} s, train {seconds.train:.1f} s, predict "
          f"{seconds.predict:.1f} s, cluster {seconds.cluster:.1f} s; best at {THRESHOLDS[best]}\n")
    show([heading, *rows])
    if args.look:
        look(con, linker, f"clusters_{best}")


if __name__ == "__main__":
    sys.exit(main())
