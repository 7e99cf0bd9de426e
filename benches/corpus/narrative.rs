//! All that is not a study: the configuration, the reference records, a few reviews and a page.

use std::fmt::Write as _;

use crate::calendar::Month;
use crate::plan::{Plan, Stream};
use crate::prose::{Marks, capitalised};
use crate::random::SplitMix64;
use crate::{words, yaml};

/// One review for so many themes.
const THEMES_PER_REVIEW: usize = 5;

/// Types of reference, as they occur in the real library.
const REFERENCE_TYPES: [&str; 5] = ["article", "report", "review", "evaluation", "guide"];

/// `site-config.toml`.
pub(crate) const SITE_CONFIG: &str = "\
title = \"A generated library\"
base_url = \"https://example.org/\"
language = \"en-GB\"
";

/// `content/evidence/generated.yaml`.
pub(crate) fn evidence(plan: &Plan) -> String {
    let mut random = SplitMix64::new(plan.seed, Stream::EVIDENCE + 100);
    let mut out = String::from("references:\n");
    for id in &plan.references {
        let words = random.between(4, 9);
        let title = capitalised(&plan.prose.label(&mut random, words));
        let authors: Vec<String> = (0..random.between(1, 4))
            .map(|_| {
                format!(
                    "{} {}",
                    words::place_name(&mut random),
                    char::from(b'A' + random.below(26) as u8)
                )
            })
            .collect();
        let authors: Vec<&str> = authors.iter().map(String::as_str).collect();
        let publisher = format!(
            "Journal of {} {}",
            words::place_name(&mut random),
            random.pick(&["Health", "Care"])
        );
        let kind = random.pick(&REFERENCE_TYPES);
        let year = year_in(id).unwrap_or(2020);
        let (title, authors) = (yaml::block(&title), yaml::list(&authors));
        writeln!(
            out,
            "  - id: {id}\n    title: {title}\n    authors: {authors}\n    year: {year}"
        )
        .expect("writing to a string cannot fail");
        writeln!(
            out,
            "    publisher: {}\n    type: {kind}",
            yaml::block(&publisher)
        )
        .expect("writing to a string cannot fail");
    }
    out
}

/// The year that an id such as `lalani-2019` names.
fn year_in(id: &str) -> Option<u16> {
    id.split('-')
        .filter(|part| part.len() == 4)
        .find_map(|part| part.parse().ok())
}

/// The reviews: slug and text.
pub(crate) fn reviews(plan: &Plan) -> Vec<(String, String)> {
    let mut random = SplitMix64::new(plan.seed, Stream::NARRATIVE);
    let themes = plan.vocabulary.themes.chunks_exact(THEMES_PER_REVIEW);
    themes
        .map(|themes| {
            (
                format!("review-of-{}", themes[0]),
                review(plan, &mut random, themes),
            )
        })
        .collect()
}

fn review(plan: &Plan, random: &mut SplitMix64, themes: &[&str]) -> String {
    let title = format!("What we know: {}", plan.prose.label(random, 3));
    let (title, summary) = (
        yaml::block(&title),
        yaml::block(&plan.prose.plain(random, 18)),
    );
    let of = yaml::list(
        &random
            .pick_some(themes, 2)
            .into_iter()
            .copied()
            .collect::<Vec<_>>(),
    );
    let references = yaml::list(&plan.some_references(random, 4));
    let published = Month::LATEST.day(14);
    let mut out = format!(
        "---\ntitle: {title}\nsummary: {summary}\nthemes: {of}\npublished: {published}\nauthors: The editors\n\
         references: {references}\n---\n"
    );
    for heading in [
        "What helps",
        "What gets in the way",
        "What nobody has looked at",
    ] {
        write!(out, "\n## {heading}\n\n").expect("writing to a string cannot fail");
        for _ in 0..3 {
            let words = random.between(10, 22);
            plan.prose
                .sentence(random, words, Marks::Emphasis, &mut out);
            let study = random.pick(&plan.studies);
            let text = plan.prose.label(random, 3);
            write!(
                out,
                " See [{text}](../studies/{}/{}.md). ",
                study.shard, study.slug
            )
            .expect("writing to a string cannot fail");
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}

/// `content/pages/about.md`.
pub(crate) fn about(plan: &Plan) -> String {
    let mut random = SplitMix64::new(plan.seed, Stream::NARRATIVE + 100);
    let study = random.pick(&plan.studies);
    format!(
        "---\ntitle: About this library\nsummary: A library made by a program, to measure how long a build takes.\n---\n\n\
         ## Where it comes from\n\nNo study here is real; each was drawn by chance from a seed, such as \
         [this one](../studies/{}/{}.md).\n",
        study.shard, study.slug
    )
}
