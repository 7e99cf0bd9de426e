//! `caseloom new study`: a form that is checked like any study, and nothing overwritten.

use caseloom::content::shapes::STUDY;
use caseloom::diagnostics::Sink;
use caseloom::source::split;
use caseloom::source::yaml::{self, Limits};
use serde_json::Value;

use crate::support::{Library, Outcome};

const TODAY: &str = "1795564800"; // 25 November 2026

fn library() -> Library {
    let mut library = Library::fixture();
    library.env("SOURCE_DATE_EPOCH", TODAY);
    library
}

fn new(library: &Library, arguments: &[&str]) -> Outcome {
    let mut all = vec!["new", "study"];
    all.extend_from_slice(arguments);
    library.run_in(&library.root(), &all)
}

/// Everything that was asked for, filled in.
fn fill(library: &Library, path: &str) {
    for (blank, filled) in [
        ("\nsummary:\n", "\nsummary: Two teams shared a kettle.\n"),
        ("\nics:\n", "\nics: hill\n"),
        ("\nlevel:\n", "\nlevel: place\n"),
        ("  - factor:\n", "  - factor: trust\n"),
        (
            "\n    evidence:\n",
            "\n    evidence: They met at the kettle.\n",
        ),
    ] {
        library.replace(path, blank, filled);
    }
}

fn front_matter(text: &str) -> Value {
    let yaml = split(text).yaml.expect("front matter");
    let limits = Limits {
        depth: 32,
        nodes: 10_000,
    };
    let mut sink = Sink::new(&"study".into());
    let node = yaml::parse(&text[yaml.clone()], yaml.start, limits, &mut sink);
    let node = node.unwrap_or_else(|| panic!("no YAML:\n{text}"));
    node.value.to_json()
}

#[test]
fn its_blanks_are_problems_and_once_filled_it_is_clean() {
    let library = library();
    let path = "content/studies/a-shared-kettle.md";
    let said = new(&library, &["A shared kettle"]).succeeds().stdout;
    assert!(said.starts_with(path), "{said}");
    assert!(said.contains(&format!("caseloom check {path}\n")), "{said}");

    let checked = library.run_in(&library.root(), &["check", "--format", "json", path]);
    let report: Value = serde_json::from_str(&checked.fails_with(1).stdout).expect("JSON");
    let found = report["diagnostics"].as_array().expect("a list");
    let text = library.read(path);
    for blank in ["summary:", "ics:", "level:", "- factor:", "evidence:"] {
        let lines: Vec<&str> = text.lines().collect();
        let at = lines.iter().position(|line| line.trim() == blank);
        let line = at.unwrap_or_else(|| panic!("no {blank}")) + 1;
        assert!(
            found
                .iter()
                .any(|problem| problem["rule"] == "empty-value" && problem["line"] == line),
            "{blank} at line {line}: {report}"
        );
    }

    fill(&library, path);
    let checked = library.run_in(&library.root(), &["check", "--strict", path]);
    let outcome = checked.succeeds();
    assert!(!outcome.stdout.contains("warning"), "{}", outcome.stdout);
    let site = library.build().succeeds();
    let page = site.page("studies/a-shared-kettle/index.html");
    assert!(page.contains("What was learned") && !page.contains("Where it happened, who lives"));
}

#[test]
fn every_key_is_there_once_and_can_be_switched_on() {
    let library = library();
    new(&library, &["A shared kettle"]).succeeds();
    let text = library.read("content/studies/a-shared-kettle.md");
    // Everything with a key of a study behind the mark, and what is indented below it.
    let mut inside = false;
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        let off = line.strip_prefix("# ");
        let key = off.and_then(|off| off.strip_suffix(':'));
        inside = match off {
            Some(off) if off.starts_with("  ") => inside,
            _ => key.is_some_and(|key| STUDY.names().any(|name| name == key)),
        };
        lines.push(if inside { &line[2..] } else { line });
    }
    let switched_on = lines.join("\n");
    let data = front_matter(&switched_on);
    let given: Vec<&str> = data
        .as_object()
        .expect("keys")
        .keys()
        .map(String::as_str)
        .collect();
    let mut known: Vec<&str> = STUDY.names().collect();
    known.sort_unstable();
    assert_eq!(given, known);
    assert!(data["partners"][0].get("kind").is_some());
    assert!(data["barriers"][0].get("response").is_some());
    for name in known {
        let lines = switched_on.lines();
        let count = lines
            .filter(|line| line.split(':').next() == Some(name))
            .count();
        assert_eq!(count, 1, "{name}");
    }
}

#[test]
fn the_choices_of_the_library_stand_beside_the_keys() {
    let library = library();
    new(&library, &["A shared kettle"]).succeeds();
    let text = library.read("content/studies/a-shared-kettle.md");
    for line in [
        "# - The Hills: hill",
        "# - Workforce and roles: agency-staffing, local-leadership, short-funding",
        "The choices: national, system, place, neighbourhood",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(
        text.lines().all(|line| line.chars().count() <= 120),
        "{text}"
    );
}

#[test]
fn any_title_reads_back_as_it_was_given() {
    let long = "word ".repeat(60).trim().to_owned();
    for (title, slug) in [
        (
            "The \"front door\": what's next?",
            "the-front-door-whats-next",
        ),
        ("- a dash # and a hash", "a-dash-and-a-hash"),
        ("2019", "2019"),
        ("null", "null"),
        ("Tea for two \u{1f375}", "tea-for-two-tea"),
        ("C:\\shared\\drive", "c-shared-drive"),
        (long.as_str(), ""),
    ] {
        let library = library();
        let said = new(&library, &["--", title]).succeeds().stdout;
        let path = said.lines().next().expect("a path").to_owned();
        if !slug.is_empty() {
            assert_eq!(path, format!("content/studies/{slug}.md"));
        }
        let given = front_matter(&library.read(&path))["title"].clone();
        let given = given
            .as_str()
            .map_or_else(|| given.to_string(), str::to_owned);
        assert_eq!(given, title);
        fill(&library, &path);
        let checked = library.run_in(&library.root(), &["check", "--strict", &path]);
        checked.succeeds();
    }
}

#[test]
fn it_never_overwrites_and_never_doubles_an_address() {
    let library = library();
    new(&library, &["A shared kettle", "--folder", "hill"]).succeeds();
    let path = "content/studies/hill/a-shared-kettle.md";
    let before = library.read(path);
    for arguments in [
        vec!["A shared kettle"],
        vec!["A shared  KETTLE!", "--folder", "hill"],
        vec!["A shared kettle", "--folder", "other/place"],
    ] {
        new(&library, &arguments).fails_with(2).says(path);
    }
    assert_eq!(library.read(path), before);
    assert!(!library.path("content/studies/other").exists());
    new(&library, &["Five minute study"])
        .fails_with(2)
        .says("content/studies/five-minute-study.md exists already");
}

#[test]
fn what_can_be_no_file_is_refused() {
    let library = library();
    new(&library, &["?!"])
        .fails_with(2)
        .says("needs a letter or a digit");
    new(&library, &["  "])
        .fails_with(2)
        .says("one line of text");
    new(&library, &["two\nlines"])
        .fails_with(2)
        .says("one line of text");
    for folder in ["../pages", "/tmp", "Big Folder", ""] {
        new(&library, &["A kettle", "--folder", folder])
            .fails_with(2)
            .says("--folder");
    }
    assert!(!library.path("content/studies/a-kettle.md").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_symbolic_link_is_not_followed() {
    let library = library();
    let outside = library.beside("outside");
    std::fs::create_dir(&outside).expect("made");
    std::os::unix::fs::symlink(&outside, library.path("content/studies/away")).expect("linked");
    new(&library, &["A kettle", "--folder", "away"])
        .fails_with(2)
        .says("content/studies/away is a symbolic link");
    assert_eq!(std::fs::read_dir(outside).expect("readable").count(), 0);
}
