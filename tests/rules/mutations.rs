//! Front matter that was good, after any changes: what is reported has a place, and nothing is missing that is there.

use caseloom::source::split;
use proptest::prelude::*;

use crate::anything::{apply, change, check, walk};
use crate::support::{FULL, Library, SHORT, cases};

/// A file of the library with changes in its front matter alone, if it is still text.
fn changed(library: &Library, path: &str, changes: &[crate::anything::Change]) -> Option<String> {
    let text = library.read(path);
    let yaml = split(&text).yaml?;
    let mut inner = text[yaml.clone()].as_bytes().to_vec();
    for change in changes {
        apply(&mut inner, change);
    }
    let inner = String::from_utf8(inner).ok()?;
    Some(format!(
        "{}{inner}\n{}",
        &text[..yaml.start],
        &text[yaml.end..]
    ))
}

/// The keys that are said to be missing from the record that the front matter is.
fn missing(message: &str) -> Option<&str> {
    let rest = message.strip_prefix("the key `")?;
    rest.strip_suffix("` is missing; a study needs it")
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn no_key_is_missing_whose_line_is_there(
        full in any::<bool>(),
        changes in prop::collection::vec(change(), 1..5),
    ) {
        let library = Library::fixture();
        let path = if full { FULL } else { SHORT };
        let Some(text) = changed(&library, path, &changes) else {
            return Ok(());
        };
        library.write(path, &text);
        let project = walk(library.root(), true).expect("the configuration is whole");
        check(&project)?;
        let found = project.report.diagnostics();
        let here = || found.iter().filter(|diagnostic| diagnostic.path.as_ref() == path);
        let yaml = split(&text).yaml.map_or("", |yaml| &text[yaml]);
        // Where the YAML could be read as it stands, a line may belong to a text over several lines.
        let recovered = here().any(|diagnostic| diagnostic.rule.name == "malformed-yaml");
        for key in here().filter_map(|diagnostic| missing(&diagnostic.message)) {
            let mut lines = yaml.split(['\n', '\r']);
            let there = lines.any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
            prop_assert!(!(recovered && there), "{key} is there:\n{text}");
        }
    }
}
