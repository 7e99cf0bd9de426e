//! `caseloom schema`: the front matter of a study, told to other programs.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use jiff::civil::Date;

use super::Outcome;
use crate::pipeline;
use crate::schema;

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Schema {
    /// Root of the library.
    pub root: PathBuf,
    /// The configuration of Pages CMS instead of the JSON Schema.
    pub pages_cms: bool,
    /// The day against which dates are held.
    pub today: Date,
}

/// Prints the schema.
///
/// # Errors
/// When the library can't be read, or its vocabulary has mistakes: a schema of a part of it would refuse good studies.
pub fn run(schema: &Schema) -> Result<Outcome> {
    let words = pipeline::words(&schema.root, schema.today)?;
    if words.report.fails(false) {
        bail!(
            "the vocabulary or the references have mistakes, so nothing was printed; `caseloom check content/vocabulary content/evidence` shows them"
        );
    }
    let text = match schema.pages_cms {
        true => schema::pages_cms(&words.library.vocabulary),
        false => {
            let schema = schema::study(&words.library, &words.config);
            let text = serde_json::to_string_pretty(&schema).context("cannot write the schema")?;
            format!("{text}\n")
        }
    };
    crate::console::answer(&text)?;
    Ok(Outcome::Clean)
}
