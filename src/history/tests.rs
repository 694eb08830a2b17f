//! What was written is read back, the newest run of each day.

use super::*;

fn night(run: &str, unenrolled: i64) -> Night {
    let of_area = Row::of_area;
    let mut rows = vec![
        of_area(Kind::Verdict, "unenrolled", unenrolled),
        of_area(Kind::Verdict, "resident", 10),
        of_area(Kind::Finding, "E01", unenrolled),
        of_area(Kind::Finding, "E01.new", 2),
        of_area(Kind::Finding, "P05.new", 1),
        of_area(Kind::Finding, "P05", 3),
        of_area(Kind::Closed, "data", 4),
        of_area(Kind::Closed, "answer", 1),
        of_area(Kind::Control, "persons-judged", 1),
        Row::new(Kind::Control, "stated-total", "缴费.csv", 0),
        Row::new(Kind::Control, "stated-total.expected", "缴费.csv", 0),
        of_area(Kind::Timing, "ingest", 1200),
        of_area(Kind::Timing, "judge", 34),
        of_area(Kind::Progress, "paid", 8),
        Row::new(Kind::Progress, "paid", "430923109", 7),
    ];
    rows.sort();
    let run = RunName::parse(run).unwrap();
    Night { run, insurance_year: Some(2024), version: "0.1.0".into(), rows }
}

fn keep(home: &Path, night: &Night) {
    fs::create_dir_all(home.join(FOLDER)).unwrap();
    let path = home.join(FOLDER).join(format!("{}.parquet", night.run));
    fs::write(path, encode(night).unwrap()).unwrap();
}

#[test]
fn nights_are_read_as_written_oldest_first() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(read(home.path()).unwrap(), [], "nothing was published");
    let nights = [night("2023-12-19", 4), night("2023-12-20", 3)];
    nights.iter().rev().for_each(|it| keep(home.path(), it));
    fs::write(home.path().join("history/notes.txt"), "mine").unwrap();
    assert_eq!(read(home.path()).unwrap(), nights);
}

#[test]
fn of_a_day_that_was_run_again_the_last_run_counts() {
    let home = tempfile::tempdir().unwrap();
    for (nth, run) in ["2023-12-20", "2023-12-20.2", "2023-12-20.10"].iter().enumerate() {
        keep(home.path(), &night(run, nth as i64));
    }
    assert_eq!(read(home.path()).unwrap(), [night("2023-12-20.10", 2)]);
}

#[test]
fn figures_are_of_the_area_unless_a_part_is_asked_for() {
    let night = night("2023-12-20", 3);
    assert_eq!((night.persons(), night.value(Kind::Progress, "paid")), (13, Some(8)));
    assert_eq!(night.of(Kind::Progress, "paid").count(), 2);
    assert_eq!((night.findings_of("new"), night.breached(), night.milliseconds()), (3, 1, 1234));
    assert_eq!((night.findings(), night.closed()), (6, Some(5)));
    let older = Night { rows: Vec::new(), ..night.clone() };
    assert_eq!(older.closed(), None, "not told is not none");
    assert_eq!(night.value(Kind::Progress, "target"), None, "no target is not a target of nobody");
}

#[test]
fn a_night_looks_back_at_the_newest_runs_of_earlier_days_of_its_year() {
    let home = tempfile::tempdir().unwrap();
    for (nth, run) in
        ["2023-12-18", "2023-12-19", "2023-12-19.10", "2023-12-19.2"].iter().enumerate()
    {
        keep(home.path(), &night(run, nth as i64));
    }
    keep(home.path(), &night("2023-12-20", 9));
    keep(home.path(), &Night { insurance_year: Some(2023), ..night("2023-12-17", 9) });
    keep(home.path(), &Night { insurance_year: None, ..night("2023-12-16", 9) });
    fs::write(home.path().join("history/2023-12-19.11.parquet"), "PAR1").unwrap();
    let nights = before(home.path(), "2023-12-20".parse().unwrap(), 2024);
    assert_eq!(nights, [night("2023-12-18", 0), night("2023-12-19.10", 2)]);
    assert_eq!(read(home.path()).ok(), None, "whoever asks for all is told of what is broken");
    assert_eq!(before(Path::new("/nowhere"), "2023-12-20".parse().unwrap(), 2024), []);
}

#[test]
fn a_broken_file_is_named() {
    let home = tempfile::tempdir().unwrap();
    keep(home.path(), &night("2023-12-20", 3));
    fs::write(home.path().join("history/2023-12-21.parquet"), "PAR1").unwrap();
    let error = read(home.path()).unwrap_err().to_string();
    assert!(error.contains("2023-12-21.parquet"), "{error}");
}
