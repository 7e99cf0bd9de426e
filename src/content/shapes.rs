//! The keys of content: what each record of a study, a review, a page and a reference holds.

use crate::source::Value::{
    Choice, ChoiceRange, Date, Day, List, LongText, OneOf, OneOrMany, Record, Slug, Term, Text,
    TextOrRecord, WebAddress,
};
use crate::source::{Shape, optional, required};

/// Where content stands on its way through the library.
pub const STATUSES: &[&str] = &["draft", "review", "published", "withdrawn"];

/// How the system of a study is known.
pub const BASES: &[&str] = &["stated", "inferred"];

/// The front matter of a study.
pub const STUDY: Shape = Shape {
    what: "a study",
    keys: &[
        required("title", Text, "What happened, in one line."),
        required(
            "summary",
            LongText,
            "What was tried and what came of it, in one or two sentences; lists and search engines show it.",
        ),
        required(
            "ics",
            OneOrMany(&Term("systems")),
            "The integrated care system that the study comes from, or a list of them.",
        ),
        required(
            "level",
            OneOrMany(&Choice("level")),
            "How large the area is that the study is about.",
        ),
        required(
            "published",
            Day,
            "The day on which the study joins the library: year, month, day.",
        ),
        optional(
            "status",
            OneOf(STATUSES),
            "Where the study stands; without this key it is published.",
        ),
        optional(
            "withdrawn_reason",
            LongText,
            "Why a withdrawn study was taken back; readers see it.",
        ),
        optional(
            "updated",
            Day,
            "The day of the last change that matters to readers.",
        ),
        optional(
            "reviewed",
            Day,
            "The day on which somebody last read it all and found it still true.",
        ),
        optional(
            "aliases",
            List(&Slug),
            "Earlier file names of this study, without .md; their addresses lead to the new one.",
        ),
        optional(
            "ics_basis",
            OneOf(BASES),
            "Whether the source states the system, or you inferred it; without this key it is stated.",
        ),
        optional("place", Text, "Where it happened, in words."),
        optional(
            "organisational_level",
            OneOrMany(&Choice("organisational_level")),
            "Whose work it touched.",
        ),
        optional("period", Record(&PERIOD), "When it took place."),
        optional("population", Text, "For whom it was done."),
        optional("partners", List(&Record(&PARTNER)), "Who took part."),
        optional(
            "programme",
            Choice("programme"),
            "The programme that it was part of.",
        ),
        optional(
            "themes",
            List(&Term("themes")),
            "Further themes; those of the factors are added by themselves.",
        ),
        optional(
            "enablers",
            List(&TextOrRecord(&Term("factors"), &CITATION)),
            "The factors that helped.",
        ),
        optional(
            "barriers",
            List(&TextOrRecord(&Term("factors"), &CITATION)),
            "The factors that got in the way, or that were missing.",
        ),
        optional(
            "mixed",
            List(&TextOrRecord(&Term("factors"), &CITATION)),
            "The factors that worked both ways, or whose direction nobody reports.",
        ),
        optional(
            "participation",
            Record(&PARTICIPATION),
            "How far residents took part, and in what.",
        ),
        optional(
            "outcomes",
            List(&Record(&OUTCOME)),
            "What was measured and what was found; no change and harm are results too.",
        ),
        optional(
            "cmo",
            List(&Record(&CONFIGURATION)),
            "In which setting what worked, and with what result.",
        ),
        optional(
            "effort",
            Record(&EFFORT),
            "What it took, in the source's own words and figures.",
        ),
        optional("evidence", Record(&EVIDENCE), "How it is known."),
        optional(
            "sources",
            List(&Record(&SOURCE)),
            "Where the facts of this page come from.",
        ),
        optional(
            "references",
            List(&Term("references")),
            "What is worth reading further.",
        ),
        optional(
            "related",
            List(&Record(&RELATED)),
            "Studies with a link that the factors don't show.",
        ),
    ],
};

/// When a study took place.
pub const PERIOD: Shape = Shape {
    what: "a period",
    keys: &[
        optional("start", Date, "When it began: a year, a month or a day."),
        optional("end", Date, "When it ended: a year, a month or a day."),
    ],
};

/// Who took part.
pub const PARTNER: Shape = Shape {
    what: "a partner",
    keys: &[
        required("name", Text, "What the partner is called."),
        optional("kind", Choice("partners.kind"), "What kind of body it is."),
    ],
};

/// How far people took part.
pub const PARTICIPATION: Shape = Shape {
    what: "participation",
    keys: &[
        optional(
            "level",
            ChoiceRange("participation.level"),
            "How far they took part: a step, or a range from a lower to a higher one.",
        ),
        optional(
            "sphere",
            Choice("participation.sphere"),
            "What they took part in.",
        ),
    ],
};

/// What was measured and found.
pub const OUTCOME: Shape = Shape {
    what: "an outcome",
    keys: &[
        required("measure", Text, "What was looked at."),
        optional("aim", Choice("outcomes.aim"), "Whose aim it is."),
        optional(
            "finding",
            LongText,
            "What was found, in the source's own figures, with what they are a part of.",
        ),
        optional(
            "direction",
            Choice("outcomes.direction"),
            "Which way it went; what was only hoped for is no result yet.",
        ),
    ],
};

/// A chain of context, mechanism and outcome.
pub const CONFIGURATION: Shape = Shape {
    what: "a context-mechanism-outcome chain",
    keys: &[
        required("context", LongText, "The setting in which it happened."),
        required("mechanism", LongText, "What made the difference there."),
        required("outcome", LongText, "What came of it."),
    ],
};

/// What it took.
pub const EFFORT: Shape = Shape {
    what: "effort",
    keys: &[
        optional("staff", Text, "The people that it took."),
        optional("cost", Text, "The money that it took."),
        optional("time", Text, "The time that it took."),
    ],
};

/// How it is known.
pub const EVIDENCE: Shape = Shape {
    what: "evidence",
    keys: &[
        optional(
            "design",
            Choice("evidence.design"),
            "How the case was studied.",
        ),
        optional(
            "note",
            LongText,
            "What else to know about the study of the case.",
        ),
        optional("limitations", LongText, "What it can't tell."),
    ],
};

/// Where facts come from.
pub const SOURCE: Shape = Shape {
    what: "a source",
    keys: &[
        optional(
            "reference",
            Term("references"),
            "The document, if the library has a record of it; otherwise give a web address.",
        ),
        optional(
            "url",
            WebAddress,
            "The web address, if there is no record of the document.",
        ),
        optional("where", Text, "Where in it: pages, a chapter, a table."),
    ],
};

/// A link to another study.
pub const RELATED: Shape = Shape {
    what: "a related study",
    keys: &[
        required(
            "study",
            Term("studies"),
            "The file name of the other study, without .md.",
        ),
        required(
            "relation",
            Choice("related.relation"),
            "What the two have to do with each other.",
        ),
    ],
};

/// A factor in a study, with more than its name.
pub const CITATION: Shape = Shape {
    what: "a factor of a study",
    keys: &[
        required("factor", Term("factors"), "The factor."),
        optional(
            "evidence",
            LongText,
            "What happened that shows it, in one sentence that stands by itself.",
        ),
        optional(
            "organisational_level",
            OneOrMany(&Choice("organisational_level")),
            "Who felt it, if it differs within the study.",
        ),
        optional(
            "condition",
            LongText,
            "When it worked this way: only once, as long as.",
        ),
        optional("response", LongText, "What was done about it."),
    ],
};

/// The front matter of a review.
pub const REVIEW: Shape = Shape {
    what: "a review",
    keys: &[
        required("title", Text, "What the review is about, in one line."),
        required(
            "summary",
            LongText,
            "What it finds, in one or two sentences.",
        ),
        required(
            "themes",
            List(&Term("themes")),
            "The themes that it is about.",
        ),
        required(
            "published",
            Day,
            "The day on which the review joins the library: year, month, day.",
        ),
        optional(
            "updated",
            Day,
            "The day of the last change that matters to readers.",
        ),
        optional("authors", OneOrMany(&Text), "Who wrote it."),
        optional(
            "references",
            List(&Term("references")),
            "The documents that it cites.",
        ),
        optional(
            "aliases",
            List(&Slug),
            "Earlier file names of this review, without .md; their addresses lead to the new one.",
        ),
        optional(
            "status",
            OneOf(STATUSES),
            "Where the review stands; without this key it is published.",
        ),
    ],
};

/// The front matter of a page.
pub const PAGE: Shape = Shape {
    what: "a page",
    keys: &[
        required("title", Text, "What the page is called."),
        required("summary", LongText, "What it says, in one sentence."),
        optional(
            "aliases",
            List(&Slug),
            "Earlier file names of this page, without .md; their addresses lead to the new one.",
        ),
    ],
};

/// A record of a document.
pub const REFERENCE: Shape = Shape {
    what: "a reference",
    keys: &[
        required("id", Slug, "The name by which studies cite it."),
        required("title", Text, "Its title, as published."),
        required(
            "year",
            Text,
            "The year of four digits, or the word undated.",
        ),
        optional(
            "authors",
            OneOrMany(&Text),
            "Who wrote it: people as family name and initials, bodies by their name.",
        ),
        optional("publisher", Text, "The journal or the publisher."),
        optional(
            "type",
            Text,
            "What kind of document it is; lists are grouped by it.",
        ),
        optional("doi", Text, "Its DOI."),
        optional("url", WebAddress, "Where it can be read; a DOI is enough."),
        optional(
            "themes",
            List(&Term("themes")),
            "Themes on whose pages it is listed.",
        ),
        optional(
            "access",
            Text,
            "How it can be read: open, abstract only, paid.",
        ),
    ],
};
