//! A run for a city of several counties, from generated files to what is published.

use std::{fs, path::Path};

use bulou::{publish::TableFile, score};

use crate::support::{bulou, copy, files, repository, said};

/// A folder that answers for 汕尾市 by the rules of 冷市镇, and two towns of its counties, made and
/// run: a township of 城区 that reports as 红海湾, and one of 陆丰市 that reports by itself.
pub fn night(folder: &Path) -> std::path::PathBuf {
    let (rules, made) = (folder.join("rules"), folder.join("towns"));
    fs::create_dir(&rules).unwrap();
    let shanwei = repository().join("pipelines/shanwei");
    for file in ["divisions.csv", "person.key"] {
        fs::copy(shanwei.join(file), rules.join(file)).unwrap();
    }
    copy(&repository().join("pipelines/lengshi/policy"), &rules.join("policy"));
    let national = repository().join("pipelines/national");
    let text = format!(
        "name = \"rules\"\ntitle = \"汕尾市\"\narea = \"4415\"\ninsurance_year = 2024\n\
         rules = \"{}\"\nperson_key = \"person.key\"\n[[source]]\nname = \"none\"\n\
         kind = \"household\"\nsupplier = \"公安局\"\npath = \"none.csv\"\n",
        national.display()
    );
    fs::write(rules.join("pipeline.toml"), text).unwrap();
    let arg = |path: &Path| path.to_str().unwrap().to_string();
    let (rules, made) = (arg(&rules), arg(&made));
    let as_of = ["--as-of", "2023-12-20"];
    let mut args = vec!["synth", "--county", "441502006,441581400", "--people", "1500"];
    args.extend(["--seed", "77", "--rules", &rules, "--out", &made]);
    let synth = bulou(&[args, as_of.to_vec()].concat()).output().unwrap();
    assert!(synth.status.success(), "{}", said(&synth));
    let out = arg(&folder.join("runs"));
    let args = [vec!["run", &made, "--out", &out], as_of.to_vec()].concat();
    let run = bulou(&args).output().unwrap();
    assert!(run.status.success(), "{}", said(&run));
    folder.join("runs/towns/latest").canonicalize().unwrap()
}

#[test]
fn two_towns_of_two_counties_are_judged_and_published_like_one() {
    let folder = tempfile::TempDir::new().unwrap();
    let run = night(folder.path());

    let truth = score::Truth::read(&folder.path().join("towns/truth")).unwrap();
    let output = score::RunOutput::read(&run, &truth).unwrap();
    let score = score::score(&output, &truth);
    for code in ["E01", "E02", "D03", "D05", "D06", "P06", "P07", "Q05"] {
        let Some(it) = score.code(code).map(|it| it.exact) else { continue };
        assert_eq!(it.found, it.right, "{code}: {it:?}");
        let is_met = it.met == it.planted || code == "Q05" && it.met * 10 >= it.planted * 6;
        assert!(is_met, "{code}: {it:?}");
    }
    let links = &score.links.all;
    assert!(links.precision() >= 0.9999 && links.recall() >= 0.998, "{links:?}");

    let regions =
        [("红海湾", "441502006", "城区遮浪街道"), ("华侨", "441581400", "陆丰市华侨管理区")];
    let persons = TableFile::open(&run, "persons").unwrap();
    let mut n_placed = 0;
    for (region, code, name) in regions {
        let of = |column, value| persons.find_exactly(column, value).unwrap();
        let rows = of("region", region);
        assert_eq!(rows, of("township", code), "{region}");
        assert_eq!(rows, of("township_name", name), "{region}");
        n_placed += rows.len();
        let workbook = format!("townships/{code}-{name}.xlsx");
        assert!(run.join(&workbook).is_file(), "{workbook}");
    }
    assert!(n_placed > 1500, "{n_placed}");
    // Every township of the city has its list, also one where nobody was asked for.
    assert_eq!(files(&run.join("townships")).len(), 63);
}
