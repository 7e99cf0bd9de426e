//! What a study tells, in its own sentences.

use serde::{Deserialize, Serialize};

use super::study::{Citation, Direction, Study};
use crate::vocabulary::Choice;

/// The front matter of a study, in parts that pages show apart from each other: so an author who mends a sentence waits for few of
/// them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FrontMatter {
    /// By what it is named, listed, counted and linked: shown by most pages.
    pub study: Study,
    /// What it is about, in a sentence or two: shown where it is listed.
    pub summary: String,
    /// What it says of each of its factors, in the order of [`Study::citations`]: shown by its own page, by theirs, beside other
    /// studies, and by data.
    pub said: Vec<Said>,
    /// All else that it tells: shown by its own page, beside other studies, and by data.
    pub account: Account,
}

impl FrontMatter {
    /// The citations of one direction, each with what is said of it.
    pub fn cited(&self, direction: Direction) -> impl Iterator<Item = (&Citation, &Said)> {
        let all = self.study.citations.iter().zip(&self.said);
        all.filter(move |(citation, _)| citation.direction == direction)
    }
}

/// What the front matter of a study tells besides its summary and what it says of its factors.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Account {
    /// Why it was taken back.
    pub withdrawn_reason: Option<String>,
    /// For whom it was.
    pub population: Option<String>,
    /// Results.
    pub outcomes: Vec<Outcome>,
    /// Context-mechanism-outcome chains.
    pub configurations: Vec<Configuration>,
    /// What it took.
    pub effort: Effort,
    /// How it knows.
    pub evidence: Evidence,
}

/// What a study says of a factor.
#[derive(Debug, Clone, Default, Hash, Serialize, Deserialize)]
pub struct Said {
    /// How it worked.
    pub evidence: Option<String>,
    /// When it worked this way.
    pub condition: Option<String>,
    /// What was done about it.
    pub response: Option<String>,
}

/// A result.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Outcome {
    /// What was measured.
    pub measure: String,
    /// Whose aim it is.
    pub aim: Option<Choice>,
    /// What was found, in the source's figures.
    pub finding: Option<String>,
    /// Which way it went.
    pub direction: Option<Choice>,
}

/// A context-mechanism-outcome chain: what fires in which setting, with what result.
#[derive(Debug, Clone, Hash, Serialize, Deserialize)]
pub struct Configuration {
    /// The setting.
    pub context: String,
    /// What fires in it.
    pub mechanism: String,
    /// The result.
    pub outcome: String,
}

/// What it took, in the source's words.
#[derive(Debug, Clone, Default, Hash, Serialize, Deserialize)]
pub struct Effort {
    /// Who worked on it.
    pub staff: Option<String>,
    /// What it cost.
    pub cost: Option<String>,
    /// How long it took.
    pub time: Option<String>,
}

impl Effort {
    /// What is said, each under its key.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            ("staff", &self.staff),
            ("cost", &self.cost),
            ("time", &self.time),
        ];
        all.into_iter()
            .filter_map(|(key, words)| Some((key, words.as_deref()?)))
    }
}

/// How the study knows, besides the design of its research.
#[derive(Debug, Clone, Default, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// More on the design.
    pub note: Option<String>,
    /// What it can't tell.
    pub limitations: Option<String>,
}
