//! A case study: what was done where, what helped, what got in the way.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::evidence::Reference;
use crate::date::PartialDate;
use crate::diagnostics::Spanned;
use crate::id::Id;
use crate::vocabulary::{Choice, Factor, System, Theme, Vocabulary};

/// The scope of studies whose place must not be known.
pub(super) const ANONYMISED: &str = "anonymised";

/// Where a study stands on its way through the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Being written.
    Draft,
    /// Being read by editors.
    Review,
    /// In the library.
    Published,
    /// Taken back; its address stays, with a notice.
    Withdrawn,
}

impl Status {
    /// Whether it is on its way into the library, and so not part of the site.
    pub fn is_draft(self) -> bool {
        matches!(self, Self::Draft | Self::Review)
    }

    /// The word that content uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Review => "review",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Which way a factor worked in one study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// It helped.
    Enabler,
    /// It got in the way.
    Barrier,
    /// It was there, and worked both ways or in a way that was not reported.
    Mixed,
}

impl Direction {
    /// All three, in the order in which pages show them.
    pub const ALL: [Self; 3] = [Self::Enabler, Self::Barrier, Self::Mixed];

    /// The key of a study's front matter.
    pub fn key(self) -> &'static str {
        match self {
            Self::Enabler => "enablers",
            Self::Barrier => "barriers",
            Self::Mixed => "mixed",
        }
    }

    /// One of them, in a word.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Enabler => "enabler",
            Self::Barrier => "barrier",
            Self::Mixed => "mixed",
        }
    }

    /// The other side, if there is one: mixed has none.
    pub fn opposite(self) -> Option<Self> {
        match self {
            Self::Enabler => Some(Self::Barrier),
            Self::Barrier => Some(Self::Enabler),
            Self::Mixed => None,
        }
    }
}

/// A factor as one study met it.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// The factor.
    pub factor: Id<Factor>,
    /// Which way it worked.
    pub direction: Direction,
    /// Who felt it.
    pub organisational_levels: Vec<Choice>,
}

/// An organisation that took part.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Partner {
    /// Its name.
    pub name: String,
    /// What kind of organisation it is.
    pub kind: Option<Choice>,
}

/// How far residents took part, and in what.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Participation {
    /// The step on the scale, or the lowest of a range.
    pub from: Option<Choice>,
    /// The highest step of a range.
    pub to: Option<Choice>,
    /// What they took part in.
    pub sphere: Option<Choice>,
}

impl Participation {
    /// The step, or the range of steps, as content writes it.
    pub fn level_id(&self) -> Option<String> {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => Some(format!("{}..{}", from.id, to.id)),
            (from, to) => from
                .as_ref()
                .or(to.as_ref())
                .map(|step| step.id.to_string()),
        }
    }
}

/// Where a study's facts come from.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub enum Source {
    /// A reference record, and where in it.
    Reference(Id<Reference>, Option<String>),
    /// A page of the web, and where in it.
    Url(String, Option<String>),
}

/// A link to another study that an author made.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Related {
    /// Slug of the other study.
    pub study: Spanned<String>,
    /// How they are related, seen from this one.
    pub relation: Choice,
    /// How they are related, seen from the other one.
    pub inverse: Arc<str>,
    /// Whether the two get a page side by side.
    pub side_by_side: bool,
}

/// A case study: by what it is named, listed, counted and linked. What it tells is its [`Account`](super::Account).
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Study {
    /// The name in its address.
    pub slug: String,
    /// Path of its file.
    pub path: Arc<str>,
    /// Title.
    pub title: String,
    /// Where it stands on its way.
    pub status: Status,
    /// The day on which it entered the library.
    pub published: Date,
    /// The day on which it last changed in substance.
    pub updated: Option<Date>,
    /// The day on which somebody last asked whether it is still true.
    pub reviewed: Option<Date>,
    /// Old slugs.
    pub aliases: Vec<Spanned<String>>,
    /// The systems or scopes that it belongs to; never empty.
    pub systems: Vec<Id<System>>,
    /// Whether the system was worked out by editors and not stated by the source.
    pub system_inferred: bool,
    /// Where it took place.
    pub place: Option<String>,
    /// Geographical levels; never empty.
    pub levels: Vec<Choice>,
    /// Organisational levels.
    pub organisational_levels: Vec<Choice>,
    /// When it began.
    pub start: Option<PartialDate>,
    /// When it ended.
    pub end: Option<PartialDate>,
    /// Who took part.
    pub partners: Vec<Partner>,
    /// The programme that it was part of.
    pub programme: Option<Choice>,
    /// All its themes, in the order of the vocabulary: those named, and those of its factors.
    pub themes: Vec<Id<Theme>>,
    /// Its factors: enablers, barriers, mixed, each in the order of the file.
    pub citations: Vec<Citation>,
    /// How far residents took part.
    pub participation: Option<Participation>,
    /// Design of the research.
    pub design: Option<Choice>,
    /// Where its facts come from.
    pub sources: Vec<Source>,
    /// What it cites.
    pub references: Vec<Id<Reference>>,
    /// Links that its author made.
    pub related: Vec<Related>,
}

impl Study {
    /// Whether lists, counts and links show it: everything that is built and not withdrawn.
    pub fn is_listed(&self) -> bool {
        self.status != Status::Withdrawn
    }

    /// Whether feeds, sitemap and data hold it.
    pub fn is_public(&self) -> bool {
        self.status == Status::Published
    }

    /// Whether its place must not be known.
    pub fn is_anonymised(&self, vocabulary: &Vocabulary) -> bool {
        self.systems
            .iter()
            .any(|system| vocabulary.systems.get(*system).id == ANONYMISED)
    }

    /// The citations of one direction.
    pub fn citations_of(&self, direction: Direction) -> impl Iterator<Item = &Citation> {
        self.citations
            .iter()
            .filter(move |citation| citation.direction == direction)
    }

    /// Whether its system is stated by the source or inferred by editors, as content writes it.
    pub fn system_basis(&self) -> &'static str {
        if self.system_inferred {
            "inferred"
        } else {
            "stated"
        }
    }

    /// When it took place, in words.
    pub fn period_in_words(&self) -> Option<String> {
        match (self.start, self.end) {
            (Some(start), Some(end)) if start == end => Some(start.in_words()),
            (Some(start), Some(end)) => Some(format!("{} to {}", start.in_words(), end.in_words())),
            (Some(start), None) => Some(format!("from {}", start.in_words())),
            (None, Some(end)) => Some(format!("until {}", end.in_words())),
            (None, None) => None,
        }
    }

    /// The last day on which its content changed.
    pub fn modified(&self) -> Date {
        self.updated.unwrap_or(self.published)
    }

    /// The address of its page, relative to the site.
    pub fn output_path(&self) -> String {
        format!("studies/{}/index.html", self.slug)
    }
}
