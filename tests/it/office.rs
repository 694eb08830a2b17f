//! A real spreadsheet program at its work: LibreOffice, driven by a script of commands.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::support::repository;

/// What says that there is no spreadsheet program here and that this is known.
const NO_OFFICE: &str = "BULOU_NO_OFFICE";

/// The library of macros of a profile: one module.
const LIBRARY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Office"/>
</library:library>
"#;

/// Where the program is, or nothing where it is known to be absent. A machine without it that says
/// nothing of it fails: a test that skips itself in silence proves nothing.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub fn office() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|it| it.join("soffice")).find(|it| it.is_file());
    let is_excused = env::var_os(NO_OFFICE).is_some_and(|it| it == "1");
    assert!(
        found.is_some() || is_excused,
        "soffice is not installed: install libreoffice-calc, or set {NO_OFFICE}=1 to go without"
    );
    if found.is_none() {
        eprintln!("skipped: soffice is not installed and {NO_OFFICE}=1");
    }
    found
}

/// Lets the program do what a script says, in one session; `tests/it/fixtures/office.bas` has the
/// commands. Returns what it told.
pub fn drive(office: &Path, script: &str) -> Vec<Vec<String>> {
    let folder = TempDir::new().unwrap();
    let profile = folder.path().join("profile");
    // A profile is filled by the program's first start, over what lies in it.
    start(office, &profile, &["--terminate_after_init"]);
    let library = profile.join("user/basic/Standard");
    fs::write(library.join("script.xlb"), LIBRARY).unwrap();
    fs::write(library.join("Office.xba"), module()).unwrap();
    let (commands, log) = (folder.path().join("commands"), folder.path().join("log"));
    fs::write(&commands, script).unwrap();
    let call =
        format!("macro:///Standard.Office.Main(\"{}\",\"{}\")", commands.display(), log.display());
    let said = start(office, &profile, &["--norestore", "--nologo", &call]);
    let told = fs::read_to_string(&log).unwrap_or_else(|_| panic!("no word of soffice: {said}"));
    assert!(told.lines().last() == Some("done"), "{told}\n{said}");
    told.lines().map(|it| it.split('\t').map(str::to_string).collect()).collect()
}

/// Runs the program without a screen until it ends. Returns its complaints.
fn start(office: &Path, profile: &Path, arguments: &[&str]) -> String {
    let home = format!("-env:UserInstallation=file://{}", profile.display());
    let output = Command::new(office).arg(home).arg("--headless").args(arguments).output().unwrap();
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The macro as a profile keeps it.
fn module() -> String {
    let source = fs::read_to_string(repository().join("tests/it/fixtures/office.bas")).unwrap();
    let escaped = source.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE script:module PUBLIC \
         \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" \"module.dtd\">\n<script:module \
         xmlns:script=\"http://openoffice.org/2000/script\" script:name=\"Office\" \
         script:language=\"StarBasic\">{escaped}</script:module>"
    )
}
