//! Writes `pipeline.toml` and the person key.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::dice::spread;
use super::files::layout::Layout;
use super::files::table::Table;
use super::output::{Options, glob};
use super::world::World;
use crate::error::{Error, Result};

/// Writes both below the county's folder.
pub fn write(world: &World, tables: &[Table], options: &Options) -> Result<()> {
    let out = &options.out;
    let mut text = head(world, options);
    for table in tables {
        source(&mut text, table, &Layout::of(table, options.layout));
    }
    let path = out.join("pipeline.toml");
    std::fs::write(&path, text).map_err(Error::io("writing", path))?;
    let key: String =
        (0..4).map(|at| format!("{:016x}", spread(options.seed ^ (0x6b65_7900 + at)))).collect();
    secret(&out.join("person.key"), &format!("{key}\n"))
}

fn head(world: &World, options: &Options) -> String {
    let name = options
        .out
        .file_name()
        .map_or("synthetic".to_string(), |it| it.to_string_lossy().into_owned());
    let rules = relative(&options.rules_folder, &options.out);
    format!(
        "name = \"{name}\"\ntitle = \"{}（模拟数据）\"\narea = \"{}\"\ninsurance_year = {}\nrules = \"{}\"\nperson_key = \"person.key\"\n",
        world.scene.places.area_name,
        world.scene.places.area,
        world.scene.rules.coverage_year,
        rules.display(),
    )
}

fn source(text: &mut String, table: &Table, layout: &Layout) {
    let _ = write!(
        text,
        "\n[[source]]\nname = \"{}\"\nkind = \"{}\"\nsupplier = \"{}\"\npath = \"{}\"\nrequired = {}\n",
        table.name,
        table.kind,
        table.supplier,
        glob(table, layout),
        table.required,
    );
    for (key, value) in &table.keys {
        let _ = writeln!(text, "{key} = {value}");
    }
}

/// The rules folder as seen from the county's; absolute where they share nothing.
fn relative(rules: &Path, out: &Path) -> PathBuf {
    let whole = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let (rules, out) = (whole(rules), whole(out));
    let shared = rules.components().zip(out.components()).take_while(|it| it.0 == it.1).count();
    if shared <= 1 {
        return rules;
    }
    let up = out.components().skip(shared).map(|_| PathBuf::from(".."));
    let down = rules.components().skip(shared).map(|it| PathBuf::from(it.as_os_str()));
    up.chain(down).collect()
}

#[cfg(unix)]
fn secret(path: &Path, text: &str) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, text).map_err(Error::io("writing", path))?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
        .map_err(Error::io("protecting", path))
}

#[cfg(not(unix))]
fn secret(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).map_err(Error::io("writing", path))
}
