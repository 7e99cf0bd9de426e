//! `docs/themes.md` names every value that the default templates get.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::page::page;
use super::templates::TEMPLATES;
use crate::pipeline::{self, Options};

/// What a skin's author is told of a template: its row in the table, and the section of its own where it has one.
fn words_on<'d>(template: &str, docs: &'d str) -> Vec<&'d str> {
    let (row, section) = (format!("| `{template}` |"), format!("### `{template}`"));
    let mut within = false;
    let lines = docs.lines().filter(|line| {
        if line.starts_with('#') {
            within = line.starts_with(&section);
        }
        within || line.starts_with(&row)
    });
    lines
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .collect()
}

#[test]
fn every_value_of_every_template_is_documented() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = Options {
        root: root.to_owned(),
        base_url: None,
        drafts: true,
        search: true,
        today: jiff::civil::date(2026, 1, 1),
    };
    let project = pipeline::load(&options, &mut |_| {}).expect("the library can be read");
    let renderer = project.renderer();
    let site = renderer.site();
    let mut given: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let pages = renderer.plan.jobs.iter();
    for job in pages.filter(|job| job.path.ends_with(".html")) {
        let (head, fields) = page(job, &site).expect("values can be made");
        let names = fields.iter().map(|(name, _)| *name);
        given.entry(head.template).or_default().extend(names);
    }
    let docs = std::fs::read_to_string(root.join("docs/themes.md")).expect("the guide is there");
    let mut missing = Vec::new();
    for (template, names) in &given {
        let words = words_on(template, &docs);
        let unnamed = names.iter().filter(|name| !words.contains(name));
        missing.extend(unnamed.map(|name| format!("{template}: `{name}`")));
    }
    let frames = ["base.html", "components.html"];
    for (template, _) in TEMPLATES.iter().filter(|(name, _)| !frames.contains(name)) {
        if words_on(template, &docs).is_empty() {
            missing.push((*template).to_owned());
        }
    }
    assert!(
        missing.is_empty(),
        "docs/themes.md does not name {missing:#?}"
    );
}
