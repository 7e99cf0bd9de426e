//! The body of a study in Markdown: 400 to 1,200 words under four to six headings.

use std::fmt::Write as _;

use crate::plan::Plan;
use crate::prose::{Marks, capitalised};
use crate::random::SplitMix64;

/// The heading with which every study opens; links may point at it.
const FIRST_HEADING: &str = "Background";

/// Headings for the rest of a study.
const HEADINGS: [&str; 11] = [
    "What was done",
    "Who took part",
    "What helped",
    "What got in the way",
    "What changed",
    "What was found",
    "What was learned",
    "How it was measured",
    "What it took",
    "What residents say",
    "What comes next",
];

/// Fenced blocks: a name of a language and the lines.
const CODE: [(&str, &str); 3] = [
    (
        "sql",
        "SELECT locality, COUNT(*) AS visits\nFROM home_visits\nWHERE visit_date >= '2024-04-01'\nGROUP BY locality\n\
         ORDER BY visits DESC;",
    ),
    (
        "python",
        "def rate(events, people):\n    \"\"\"Events for each thousand people.\"\"\"\n    return 1000 * events / people\n\n\n\
         print(f\"{rate(37, 4120):.1f}\")",
    ),
    (
        "json",
        "{\n  \"locality\": \"north\",\n  \"visits\": 412,\n  \"shared_record\": true\n}",
    ),
];

/// Writes the body of the study `index`.
pub(crate) fn write(plan: &Plan, index: usize, random: &mut SplitMix64, out: &mut String) {
    let layout = Layout::draw(plan, index, random);
    let mut body = Body {
        plan,
        random,
        out,
        words: 0,
        notes: 0,
    };
    let sections = layout.headings.len();
    for (section, heading) in layout.headings.iter().enumerate() {
        body.heading(heading);
        body.paragraph(
            layout.links.iter().filter(|link| link.section == section),
            section == layout.note_section,
        );
        if section == layout.list_section {
            body.list();
        }
        if Some(section) == layout.table_section {
            body.table();
        }
        if Some(section) == layout.code_section {
            body.code();
        }
        while body.words < layout.words * (section + 1) / sections {
            body.paragraph(std::iter::empty(), false);
        }
    }
    body.notes();
}

/// A link to another study, and the section in which it stands.
struct Link {
    section: usize,
    address: String,
}

/// What a body holds, drawn before it is written.
struct Layout {
    words: usize,
    headings: Vec<&'static str>,
    links: Vec<Link>,
    list_section: usize,
    table_section: Option<usize>,
    code_section: Option<usize>,
    /// The section with a footnote, or no section's number.
    note_section: usize,
}

impl Layout {
    fn draw(plan: &Plan, index: usize, random: &mut SplitMix64) -> Self {
        let sections = random.between(4, 6);
        let mut headings = vec![FIRST_HEADING];
        headings.extend(random.pick_some(&HEADINGS, sections - 1));
        let links = (0..random.between(1, 3))
            .filter_map(|_| {
                let address = address_of_another(plan, index, random)?;
                Some(Link {
                    section: random.below(sections),
                    address,
                })
            })
            .collect();
        Self {
            words: random.between(400, 1115),
            headings,
            links,
            list_section: random.below(sections),
            table_section: random.chance(33).then(|| random.below(sections)),
            code_section: random.chance(2).then(|| random.below(sections)),
            note_section: if random.chance(30) {
                random.below(sections)
            } else {
                usize::MAX
            },
        }
    }
}

/// The relative address of a study other than `index`, every fifth with a fragment; none in a library of one.
fn address_of_another(plan: &Plan, index: usize, random: &mut SplitMix64) -> Option<String> {
    let others = plan.studies.len() - 1;
    if others == 0 {
        return None;
    }
    let other = &plan.studies[(index + 1 + random.below(others)) % plan.studies.len()];
    let fragment = if random.chance(20) { "#background" } else { "" };
    let same_folder = plan.studies[index].shard == other.shard;
    Some(if same_folder {
        format!("{}.md{fragment}", other.slug)
    } else {
        format!("../{}/{}.md{fragment}", other.shard, other.slug)
    })
}

/// A body in the making.
struct Body<'a> {
    plan: &'a Plan,
    random: &'a mut SplitMix64,
    out: &'a mut String,
    /// Words written so far.
    words: usize,
    /// Footnotes called so far.
    notes: usize,
}

impl Body<'_> {
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        self.out
            .write_fmt(text)
            .expect("writing to a string cannot fail");
    }

    fn sentence(&mut self, low: usize, high: usize, marks: Marks) {
        let count = self.random.between(low, high);
        self.plan
            .prose
            .sentence(self.random, count, marks, self.out);
        self.words += count;
    }

    fn label(&mut self, low: usize, high: usize) -> String {
        let count = self.random.between(low, high);
        self.words += count;
        self.plan.prose.label(self.random, count)
    }

    fn heading(&mut self, heading: &str) {
        self.words += heading.split(' ').count();
        self.put(format_args!("\n## {heading}\n"));
    }

    /// Two to five sentences with the links after the first and a footnote at the end.
    fn paragraph<'l>(&mut self, links: impl Iterator<Item = &'l Link>, with_note: bool) {
        self.put(format_args!("\n"));
        self.sentence(6, 22, Marks::Emphasis);
        for link in links {
            let (before, text) = (self.label(2, 4), self.label(2, 4));
            self.put(format_args!(
                " {} and [{text}]({}).",
                capitalised(&before),
                link.address
            ));
            self.words += 1;
        }
        for _ in 0..self.random.between(1, 4) {
            self.put(format_args!(" "));
            self.sentence(6, 22, Marks::Emphasis);
        }
        if with_note {
            self.notes += 1;
            let note = self.notes;
            self.put(format_args!("[^{note}]"));
        }
        self.put(format_args!("\n"));
    }

    fn list(&mut self) {
        self.put(format_args!("\n"));
        let numbered = self.random.chance(25);
        for item in 1..=self.random.between(3, 6) {
            if numbered {
                self.put(format_args!("{item}. "));
            } else {
                self.put(format_args!("- "));
            }
            self.sentence(3, 10, Marks::Emphasis);
            self.put(format_args!("\n"));
        }
    }

    fn table(&mut self) {
        let columns = self.random.between(2, 4);
        self.put(format_args!("\n|"));
        for _ in 0..columns {
            let label = self.label(1, 2);
            self.put(format_args!(" {} |", capitalised(&label)));
        }
        self.put(format_args!("\n| --- |"));
        for _ in 1..columns {
            self.put(format_args!(" ---: |"));
        }
        for _ in 0..self.random.between(3, 6) {
            let label = self.label(1, 3);
            self.put(format_args!("\n| {} |", capitalised(&label)));
            for _ in 1..columns {
                let number = self.random.between(3, 999);
                self.put(format_args!(" {number} |"));
                self.words += 1;
            }
        }
        self.put(format_args!("\n"));
    }

    fn code(&mut self) {
        let (language, lines) = *self.random.pick(&CODE);
        self.put(format_args!("\n```{language}\n{lines}\n```\n"));
    }

    fn notes(&mut self) {
        for note in 1..=self.notes {
            self.put(format_args!("\n[^{note}]: "));
            self.sentence(6, 16, Marks::None);
            self.put(format_args!("\n"));
        }
    }
}
