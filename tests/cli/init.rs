//! `caseloom init`: a new library that is clean at once, and nothing overwritten on the way there.

use std::fs;
use std::path::Path;

use caseloom::diagnostics::Sink;
use caseloom::source::yaml::{self, Limits};
use serde_json::Value;

use crate::support::{Library, Outcome, Tree, differences, tree_of};

/// What every new library holds.
const FILES: &[&str] = &[
    ".github/actions/caseloom/action.yml",
    ".github/pull_request_template.md",
    ".github/workflows/check.yml",
    ".github/workflows/publish.yml",
    ".gitignore",
    ".pages.yml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "README.md",
    "content/evidence/sources.yaml",
    "content/pages/about.md",
    "content/pages/contribute.md",
    "content/reviews/.gitkeep",
    "content/studies/wirral-primary-care-network.md",
    "content/vocabulary/factors.yaml",
    "content/vocabulary/frameworks.yaml",
    "content/vocabulary/glossary.yaml",
    "content/vocabulary/systems.yaml",
    "content/vocabulary/themes.yaml",
    "schema/study.schema.json",
    "site-config.toml",
];

/// `caseloom init` in the folder of a library that has nothing in it, with arguments.
fn init(library: &Library, arguments: &[&str]) -> Outcome {
    let mut all = vec!["init"];
    all.extend_from_slice(arguments);
    library.run_in(&library.root(), &all)
}

/// An empty folder that became a library.
fn made(arguments: &[&str]) -> (Library, Outcome) {
    let library = Library::empty();
    let mut all = vec!["."];
    all.extend_from_slice(arguments);
    let outcome = init(&library, &all).succeeds();
    (library, outcome)
}

/// Refused with status 2, and not a byte is different.
#[track_caller]
fn refuses(library: &Library, arguments: &[&str], message: &str) {
    let before = tree_of(&library.root());
    init(library, arguments).fails_with(2).says(message);
    let after = tree_of(&library.root());
    assert_eq!(differences(&before, &after), Vec::<String>::new());
}

fn yaml(tree: &Tree, path: &str) -> Value {
    let text = std::str::from_utf8(&tree[path]).expect("text");
    let limits = Limits {
        depth: 32,
        nodes: 10_000,
    };
    let mut sink = Sink::new(&path.into());
    let node = yaml::parse(text, 0, limits, &mut sink);
    node.unwrap_or_else(|| panic!("{path} is no YAML"))
        .value
        .to_json()
}

#[test]
fn a_new_library_is_clean_and_builds() {
    let (library, outcome) = made(&[]);
    let files: Vec<String> = tree_of(&library.root()).into_keys().collect();
    for file in FILES {
        assert!(files.iter().any(|known| known == file), "{file}");
        assert!(outcome.stdout.contains(file), "{file} is not said");
    }
    let checked = library.run_in(&library.root(), &["check", "--strict"]);
    let report = checked.succeeds().stdout;
    assert!(!report.contains("error") && !report.contains("warning"));
    let site = library.build_with(&["--strict"]).succeeds();
    for page in [
        "index.html",
        "studies/wirral-primary-care-network/index.html",
        "about/index.html",
        "contribute/index.html",
        "factors/trust/index.html",
        "systems/north-east-london/index.html",
        "evidence/nicholas-2023/index.html",
    ] {
        assert!(site.exists(page), "{page}");
    }
}

#[test]
fn editors_find_the_schema_and_the_forms_that_the_program_makes() {
    let (library, _) = made(&[]);
    let made = |arguments: &[&str]| library.run_in(&library.root(), arguments).succeeds().stdout;
    assert_eq!(library.read("schema/study.schema.json"), made(&["schema"]));
    assert_eq!(library.read(".pages.yml"), made(&["schema", "--pages-cms"]));
    let settings = library.read(".vscode/settings.json");
    let named: Vec<&str> = settings
        .split('"')
        .filter_map(|text| text.strip_prefix("./"))
        .collect();
    assert_eq!(named, ["schema/study.schema.json"]);
    for path in named {
        assert!(library.path(path).is_file(), "{path}");
    }
}

#[test]
fn it_stays_clean_in_years_to_come() {
    let mut library = Library::empty();
    library.env("SOURCE_DATE_EPOCH", "2000000000"); // 18 May 2033
    init(&library, &["."]).succeeds();
    let study = library.read("content/studies/wirral-primary-care-network.md");
    assert!(study.contains("published: 2033-05-18"));
    library
        .run_in(&library.root(), &["check", "--strict"])
        .succeeds();
}

#[test]
fn it_runs_anywhere_and_makes_the_folders_above() {
    let library = Library::empty();
    let elsewhere = library.beside("elsewhere");
    fs::create_dir(&elsewhere).expect("a new folder");
    let outcome = library.run_in(&elsewhere, &["init", "a/dock-road"]);
    let outcome = outcome.succeeds();
    assert!(elsewhere.join("a/dock-road/site-config.toml").exists());
    assert!(outcome.stdout.contains("\"Dock road\""));
    assert!(
        outcome
            .stdout
            .contains("caseloom build --root a/dock-road\n")
    );
    let out = library.run_in(&elsewhere, &["init", "b", "--root", "c"]);
    out.fails_with(2).says("without --root");
}

#[test]
fn the_next_steps_can_be_copied() {
    let library = Library::empty();
    let outcome = init(&library, &["my library"]).succeeds();
    assert!(
        outcome
            .stdout
            .contains("caseloom build --root 'my library'\n")
    );
    assert_eq!(init(&library, &["other", "--quiet"]).succeeds().stdout, "");
}

#[test]
fn a_title_may_be_given_and_may_hold_quotation_marks() {
    let (library, _) = made(&["--title", r#"The "Dock Road" \ library"#]);
    let site = library.build().succeeds();
    assert!(site.page("index.html").contains("Dock Road"));
    assert!(library.read("README.md").starts_with("# The \"Dock Road\""));
    refuses(&Library::empty(), &[".", "--title", " "], "--title");
    refuses(&Library::empty(), &[".", "--title", "a\nb"], "one line");
}

#[test]
fn a_second_init_names_what_is_there_and_changes_nothing() {
    let (library, _) = made(&[]);
    library.append("content/pages/about.md", "\nOur own words.\n");
    refuses(&library, &["."], "  content/pages/about.md\n");
    refuses(&library, &["."], "  site-config.toml\n");
}

#[test]
fn files_that_are_not_in_the_way_are_left_alone() {
    let library = Library::empty();
    library
        .write("LICENSE", "Ours.\n")
        .write("content/studies/mine.md", "Not ready.\n")
        .write("README.md", "# Ours\n")
        .write(".gitignore", "*.swp\n");
    let outcome = init(&library, &["."]).succeeds();
    assert_eq!(library.read("LICENSE"), "Ours.\n");
    assert_eq!(library.read("content/studies/mine.md"), "Not ready.\n");
    assert_eq!(library.read("README.md"), "# Ours\n");
    assert_eq!(library.read(".gitignore"), "*.swp\n");
    let (_, kept) = outcome.stdout.split_once("Kept").expect("said");
    assert!(kept.contains("README.md  (") && kept.contains(".gitignore  ("));
}

#[test]
fn one_file_in_the_way_stops_everything() {
    let library = Library::empty();
    library.write(".vscode/settings.json", "{}\n");
    refuses(&library, &["."], "  .vscode/settings.json\n");
    assert_eq!(tree_of(&library.root()).len(), 1);
}

#[test]
fn a_folder_or_a_file_in_the_wrong_place_is_in_the_way() {
    let library = Library::empty();
    library.write("site-config.toml/x", "");
    refuses(&library, &["."], "  site-config.toml (a folder)\n");
    let library = Library::empty();
    library.write("content", "");
    refuses(&library, &["."], "  content\n");
    let library = Library::empty();
    library.write("there", "");
    refuses(&library, &["there"], "there is a file, not a folder");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_symbolic_link() {
    use std::os::unix::fs::symlink;
    let library = Library::empty();
    let outside = library.beside("outside");
    fs::create_dir(&outside).expect("a new folder");
    symlink(&outside, library.path("content")).expect("a link");
    refuses(&library, &["."], "  content (a symbolic link)\n");
    fs::remove_file(library.path("content")).expect("removed");

    let target = outside.join("config");
    symlink(&target, library.path("site-config.toml")).expect("a link");
    refuses(&library, &["."], "  site-config.toml (a symbolic link)\n");
    fs::remove_file(library.path("site-config.toml")).expect("removed");

    // The folder itself may be a link: somebody named it.
    symlink(&outside, library.path("named")).expect("a link");
    assert!(tree_of(&outside).is_empty());
    init(&library, &["named"]).succeeds();
    assert!(outside.join("site-config.toml").exists());
    symlink(library.beside("nowhere"), library.path("dead")).expect("a link");
    init(&library, &["dead"]).fails_with(2).says("nowhere");
}

#[cfg(unix)]
#[test]
fn a_failed_attempt_leaves_nothing_behind() {
    use std::os::unix::fs::PermissionsExt;
    let library = Library::empty();
    let locked = library.path("content/vocabulary");
    fs::create_dir_all(&locked).expect("a new folder");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("locked");
    if fs::write(locked.join("probe"), "").is_ok() {
        return; // The administrator may write anywhere, so nothing can fail.
    }
    refuses(&library, &["."], "nothing was left behind");
    assert!(!library.path(".github").exists());
}

#[test]
fn the_address_of_the_tool_goes_into_one_place() {
    let address = "https://git.example/caseloom.git";
    let (library, outcome) = made(&["--tool-repository", address]);
    let tree = tree_of(&library.root());
    let with: Vec<&String> = tree
        .iter()
        .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(address))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(with, [".github/actions/caseloom/action.yml"]);
    let action = yaml(&tree, ".github/actions/caseloom/action.yml");
    assert_eq!(action["inputs"]["repository"]["default"], address);
    assert!(!outcome.stdout.contains("where caseloom lives"));

    let (library, outcome) = made(&[]);
    let action = yaml(
        &tree_of(&library.root()),
        ".github/actions/caseloom/action.yml",
    );
    assert_eq!(action["inputs"]["repository"]["default"], "");
    assert!(outcome.stdout.contains("where caseloom lives"));
    let bad = [".", "--tool-repository", "https://me:secret@git.example/x"];
    refuses(&Library::empty(), &bad, "without a password");
}

#[test]
fn workflows_can_be_read_and_may_do_little() {
    let (library, _) = made(&[]);
    let tree = tree_of(&library.root());
    let mut seen = 0;
    for path in tree.keys().filter(|path| path.ends_with(".yml")) {
        let text = std::str::from_utf8(&tree[path]).expect("text");
        let value = yaml(&tree, path);
        assert!(!text.contains("pull_request_target"), "{path}");
        assert!(!text.contains("secrets."), "{path}");
        commands(&value, &mut |command| {
            assert!(!command.contains("${{"), "{path}: {command}");
        });
        let Some(jobs) = value["jobs"].as_object() else {
            continue;
        };
        seen += 1;
        assert_eq!(value["permissions"].to_string(), r#"{"contents":"read"}"#);
        assert!(value["concurrency"]["group"].is_string(), "{path}");
        for (name, job) in jobs {
            assert!(job["timeout-minutes"].is_i64(), "{path}: {name}");
            let writes = job["permissions"].to_string().contains("write");
            assert_eq!(writes, name == "deploy", "{path}: {name}");
            for step in job["steps"].as_array().expect("steps") {
                let uses = step["uses"].as_str().unwrap_or("");
                if uses.starts_with("actions/checkout") {
                    assert_eq!(step["with"]["persist-credentials"], false, "{path}");
                }
                // The job that may publish runs nothing that came out of the library.
                assert!(name != "deploy" || uses == "actions/deploy-pages@v5");
            }
        }
    }
    assert_eq!(seen, 2);
    let check = yaml(&tree, ".github/workflows/check.yml");
    assert_eq!(check["on"].to_string(), r#"{"pull_request":null}"#);
    assert_eq!(check["jobs"]["check"]["steps"][0]["with"]["fetch-depth"], 0);
}

/// Every text of a `run:`.
fn commands(value: &Value, with: &mut dyn FnMut(&str)) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                if let ("run", Some(command)) = (key.as_str(), value.as_str()) {
                    with(command);
                }
                commands(value, with);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| commands(item, with)),
        _ => {}
    }
}

#[test]
fn every_document_that_the_vocabulary_names_has_its_record() {
    let (library, _) = made(&[]);
    let tree = tree_of(&library.root());
    let records = yaml(&tree, "content/evidence/sources.yaml");
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/evidence");
    let ours: Vec<Value> = tree_of(&here)
        .into_iter()
        .map(|(path, bytes)| yaml(&Tree::from([(path.clone(), bytes)]), &path))
        .collect();
    let records = records["references"].as_array().expect("a list");
    for record in records {
        let same = |file: &Value| {
            let known = file["references"].as_array();
            known.is_some_and(|known| known.contains(record))
        };
        assert!(ours.iter().any(same), "{record}");
    }
    let factors = library.read("content/vocabulary/factors.yaml");
    let named = factors
        .lines()
        .filter_map(|line| line.trim().strip_prefix("sources: ["))
        .flat_map(|line| line.trim_end_matches(']').split(", "));
    for id in named {
        assert!(records.iter().any(|record| record["id"] == id), "{id}");
    }
}

#[test]
fn the_package_holds_what_the_program_is_made_of() {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let list = String::from_utf8_lossy(&output.stdout);
    let packaged = |path: &str| list.lines().any(|line| line == path);
    assert!(output.status.success());
    for path in [
        "src/content/study.rs",
        "content/vocabulary/factors.yaml",
        "src/commands/init/starter/gitignore",
        "src/commands/init/starter/content/pages/about.md",
    ] {
        assert!(packaged(path), "{path}\n{list}");
    }
    assert!(!list.contains("content/studies/places/"));
}
