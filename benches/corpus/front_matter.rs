//! The front matter of a study: every field of the contract, as often as in the real library.

use std::fmt::Write as _;

use crate::calendar::Month;
use crate::plan::Plan;
use crate::prose::{Marks, Prose, capitalised};
use crate::random::SplitMix64;
use crate::{tags, words, yaml};

/// Endings of the names of partners.
const BODIES: [&str; 8] = [
    "NHS Foundation Trust",
    "Council",
    "Community Trust",
    "Primary Care Network",
    "Age Alliance",
    "University",
    "Housing",
    "& District Federation",
];

/// Writes the front matter of the study `index`, with both fences.
pub(crate) fn write(plan: &Plan, index: usize, random: &mut SplitMix64, out: &mut String) {
    let study = &plan.studies[index];
    let mut front = FrontMatter { plan, random, out };
    front.line(format_args!("---"));
    front.line(format_args!("title: {}", yaml::block(&study.title)));
    let words = front.random.between(9, 26);
    let summary = front.sentence(words);
    front.line(format_args!("summary: {}", yaml::block(&summary)));
    front.system_and_dates(&study.slug);
    front.place_and_levels(&study.place);
    front.partners();
    front.themes();
    tags::write(plan, front.random, front.out);
    front.participation();
    front.outcomes();
    front.configurations();
    front.effort();
    front.evidence();
    front.references();
    front.related(index);
    front.line(format_args!("---"));
}

/// A front matter in the making.
struct FrontMatter<'a> {
    plan: &'a Plan,
    random: &'a mut SplitMix64,
    out: &'a mut String,
}

impl FrontMatter<'_> {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        writeln!(self.out, "{line}").expect("writing to a string cannot fail");
    }

    fn sentence(&mut self, words: usize) -> String {
        self.plan.prose.plain(self.random, words)
    }

    fn label(&mut self, low: usize, high: usize) -> String {
        let words = self.random.between(low, high);
        capitalised(&self.plan.prose.label(self.random, words))
    }

    /// One id of a list, or in one study of ten two.
    fn one_or_two(&mut self, ids: &[&str]) -> String {
        let count = if self.random.chance(10) { 2 } else { 1 };
        let picked: Vec<&str> = self
            .random
            .pick_some(ids, count)
            .into_iter()
            .copied()
            .collect();
        yaml::one_or_list(&picked)
    }

    /// `published`, `updated`, `reviewed`, `aliases`, `ics`, `ics_basis` and `period`: the period lies inside the life of
    /// the systems, and the study enters the library after it.
    fn system_and_dates(&mut self, slug: &str) {
        let (systems, from, to) = self.draw_systems();
        let start = Month(self.random.between(from.0, to.unwrap_or(Month::LATEST).0));
        let end = Month(
            self.random
                .between(start.0, to.unwrap_or(Month::LATEST).0.min(start.0 + 48)),
        );
        let earliest = end.later(1).min(Month::LATEST);
        let latest = end.later(18).min(Month::LATEST);
        let published = Month(self.random.between(earliest.0, latest.0));
        let day = self.random.between(1, 28);
        self.line(format_args!("published: {}", published.day(day)));
        let updated = published.later(self.random.between(1, 30));
        if updated <= Month::LATEST && self.random.chance(50) {
            self.line(format_args!("updated: {}", updated.day(day)));
            if self.random.chance(50) {
                self.line(format_args!("reviewed: {}", updated.day(day)));
            }
        }
        if self.random.chance(2) {
            // No title holds the word, so no live slug ends in it.
            self.line(format_args!("aliases: [{slug}-formerly]"));
        }
        self.line(format_args!("ics: {}", yaml::one_or_list(&systems)));
        if self.random.chance(45) {
            self.line(format_args!("ics_basis: inferred"));
        }
        // A bare year stands for all its months: these too must lie in the systems' life and before the publication.
        let last_month = Month::of(end.year(), 12);
        let whole_years = from <= Month::of(start.year(), 1)
            && to.is_none_or(|to| last_month <= to)
            && last_month < published;
        match self.random.below(10) {
            0 | 1 => {}
            2 if to.is_none() => self.line(format_args!("period: {{start: {start}}}")),
            3..6 if whole_years => {
                self.line(format_args!(
                    "period: {{start: {}, end: {}}}",
                    start.year(),
                    end.year()
                ));
            }
            _ => self.line(format_args!("period: {{start: {start}, end: {end}}}")),
        }
    }

    /// The systems of a study, and the months in which all of them exist.
    fn draw_systems(&mut self) -> (Vec<&'static str>, Month, Option<Month>) {
        match self.random.below(100) {
            0..16 => return (vec!["national"], Month::EARLIEST, None),
            16..25 => return (vec!["anonymised"], Month::EARLIEST, None),
            _ => {}
        }
        let first = self.random.pick(&self.plan.vocabulary.systems);
        let (mut ids, mut from, mut to) = (vec![first.id], first.from, first.to);
        if self.random.chance(8) {
            let second = self.random.pick(&self.plan.vocabulary.systems);
            let both_from = from.max(second.from);
            let both_to = to.into_iter().chain(second.to).min();
            if second.id != first.id && both_from <= both_to.unwrap_or(Month::LATEST) {
                ids.push(second.id);
                (from, to) = (both_from, both_to);
            }
        }
        (ids, from, to)
    }

    fn place_and_levels(&mut self, place: &str) {
        let county = words::place_name(self.random);
        self.line(format_args!("place: {place}, {county}shire"));
        let level = self.one_or_two(&self.plan.vocabulary.levels);
        self.line(format_args!("level: {level}"));
        let organisational = self.one_or_two(&self.plan.vocabulary.organisational_levels);
        self.line(format_args!("organisational_level: {organisational}"));
        if self.random.chance(40) {
            let population = self.label(2, 6);
            self.line(format_args!("population: {population}"));
        }
    }

    fn partners(&mut self) {
        self.line(format_args!("partners:"));
        for _ in 0..self.random.between(1, 4) {
            let name = format!(
                "{} {}",
                words::place_name(self.random),
                self.random.pick(&BODIES)
            );
            let kind = self.random.pick(&self.plan.vocabulary.partner_kinds);
            self.line(format_args!(
                "  - name: {}\n    kind: {kind}",
                yaml::block(&name)
            ));
        }
    }

    fn themes(&mut self) {
        if self.random.chance(80) {
            let count = self.random.between(1, 3);
            let themes = self.random.pick_some(&self.plan.vocabulary.themes, count);
            let themes: Vec<&str> = themes.into_iter().copied().collect();
            self.line(format_args!("themes: {}", yaml::list(&themes)));
        }
    }

    fn participation(&mut self) {
        if !self.random.chance(12) {
            return;
        }
        let levels = &self.plan.vocabulary.participation_levels;
        let low = self.random.below(levels.len());
        let sphere = self
            .random
            .pick(&self.plan.vocabulary.participation_spheres);
        match levels.get(low + 1) {
            Some(next) if self.random.chance(30) => {
                self.line(format_args!(
                    "participation: {{level: {}..{next}, sphere: {sphere}}}",
                    levels[low]
                ));
            }
            _ => self.line(format_args!(
                "participation: {{level: {}, sphere: {sphere}}}",
                levels[low]
            )),
        }
    }

    fn outcomes(&mut self) {
        if !self.random.chance(50) {
            return;
        }
        self.line(format_args!("outcomes:"));
        for _ in 0..self.random.between(1, 3) {
            let measure = self.label(2, 4);
            let aim = self.random.pick(&self.plan.vocabulary.aims);
            let direction = self.random.pick(&self.plan.vocabulary.directions);
            let percent = self.random.between(2, 40);
            let finding = match self.random.below(3) {
                0 => format!("fell by {percent}%"),
                1 => format!(
                    "rose by {percent}%, from {} to {}",
                    self.random.between(10, 90),
                    self.random.between(10, 90)
                ),
                _ => self.sentence(9),
            };
            if self.random.chance(50) {
                let (measure, finding) = (yaml::flow(&measure), yaml::flow(&finding));
                self.line(format_args!(
                    "  - {{measure: {measure}, aim: {aim}, finding: {finding}, direction: {direction}}}"
                ));
            } else {
                let (measure, finding) = (yaml::block(&measure), yaml::block(&finding));
                self.line(format_args!(
                    "  - measure: {measure}\n    aim: {aim}\n    finding: {finding}"
                ));
                self.line(format_args!("    direction: {direction}"));
            }
        }
    }

    /// `cmo`: context, mechanism, outcome.
    fn configurations(&mut self) {
        if !self.random.chance(30) {
            return;
        }
        self.line(format_args!("cmo:"));
        for _ in 0..self.random.between(1, 2) {
            let [context, mechanism, outcome] =
                [9, 14, 8].map(|words| yaml::block(&self.sentence(words)));
            self.line(format_args!(
                "  - context: {context}\n    mechanism: {mechanism}\n    outcome: {outcome}"
            ));
        }
    }

    fn effort(&mut self) {
        if self.random.chance(5) {
            let staff = format!("{} nurses and a team lead", self.random.between(2, 9));
            let cost = format!("£{},000 a year", self.random.between(20, 400));
            let time = format!("{} months to set up", self.random.between(3, 24));
            let [staff, cost, time] = [staff, cost, time].map(|text| yaml::flow(&text));
            self.line(format_args!(
                "effort: {{staff: {staff}, cost: {cost}, time: {time}}}"
            ));
        }
    }

    fn evidence(&mut self) {
        let design = self.random.pick(&self.plan.vocabulary.designs);
        self.line(format_args!("evidence:\n  design: {design}"));
        for (key, percent) in [("note", 80), ("limitations", 70)] {
            if self.random.chance(percent) {
                let words = self.random.between(6, 18);
                let text = self.sentence(words);
                self.line(format_args!("  {key}: {}", yaml::block(&text)));
            }
        }
    }

    fn references(&mut self) {
        let count = self.random.between(1, 4);
        let references = self.plan.some_references(self.random, count);
        self.line(format_args!("sources:"));
        let sources = self.random.between(1, references.len().min(2));
        for reference in &references[..sources] {
            self.line(format_args!("  - reference: {reference}"));
            if self.random.chance(40) {
                let page = self.random.between(4, 180);
                let last = page + self.random.between(1, 9);
                self.line(format_args!("    where: pp. {page}-{last}"));
            }
        }
        if self.random.chance(8) {
            let report = self.random.between(1, 9999);
            self.line(format_args!(
                "  - url: \"https://example.org/reports/{report}\""
            ));
        }
        self.line(format_args!("references: {}", yaml::list(&references)));
    }

    /// Up to three earlier studies. Only earlier ones, so that no two studies name each other with different relations.
    fn related(&mut self, index: usize) {
        let mut earlier: Vec<usize> = Vec::new();
        for _ in 0..self.random.below(4).min(index) {
            let other = self.random.below(index);
            if !earlier.contains(&other) {
                earlier.push(other);
            }
        }
        if earlier.is_empty() {
            return;
        }
        self.line(format_args!("related:"));
        for other in earlier {
            let relation = self.random.pick(&self.plan.vocabulary.relations);
            self.line(format_args!(
                "  - study: {}\n    relation: {relation}",
                self.plan.studies[other].slug
            ));
        }
    }
}

/// A plain sentence as a YAML scalar; for the other parts of the front matter.
pub(crate) fn sentence_scalar(
    prose: &Prose,
    random: &mut SplitMix64,
    low: usize,
    high: usize,
) -> String {
    let mut text = String::new();
    let words = random.between(low, high);
    prose.sentence(random, words, Marks::None, &mut text);
    yaml::block(&text)
}
