//! The threat model names tests; they exist.

use super::read;

const PAGE: &str = "docs/security.md";

/// The file and the name of each test in a row of the table: `tests/a.rs: `one`, `two`; src/b.rs: `three``.
fn proofs(row: &str) -> Vec<(&str, &str)> {
    let proof = row
        .trim_end_matches(" |")
        .rsplit(" | ")
        .next()
        .unwrap_or("");
    proof
        .split("; ")
        .filter_map(|part| part.split_once(": "))
        .flat_map(|(file, names)| names.split(", ").map(move |name| (file, name)))
        .collect()
}

#[test]
fn every_threat_has_a_test_and_every_test_exists() {
    let page = read(PAGE);
    let (_, threats) = page
        .split_once("\n### Threats\n")
        .expect("the part on threats");
    let (table, _) = threats.split_once("\n### ").expect("a part after it");
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .collect();
    assert!(rows.len() > 25, "{}", rows.len());
    for row in rows {
        let proofs = proofs(row);
        assert!(!proofs.is_empty(), "{row}");
        for (file, name) in proofs {
            let name = name.trim_matches('`');
            let text = read(file);
            let at = text
                .find(&format!("fn {name}("))
                .unwrap_or_else(|| panic!("{file} has no {name}"));
            let before = &text[..at];
            let attributes = &before[before.rfind("\n\n").unwrap_or(0)..];
            assert!(attributes.contains("#[test]"), "{file}: {name} is no test");
        }
    }
}
