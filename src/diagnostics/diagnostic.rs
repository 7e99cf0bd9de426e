//! What is wrong, where, and what to do about it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::rules::Rule;
use super::span::Span;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The site can't be published like this.
    Error,
    /// Probably a mistake; fails only with `--strict`.
    Warning,
    /// Worth knowing; never fails.
    Info,
}

impl Severity {
    /// The word that users and configuration use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A further place that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Path of the file, relative to the root of the library, with `/`.
    pub path: Arc<str>,
    /// The place in it.
    pub span: Span,
    /// What is there.
    pub text: String,
}

/// A replacement that would mend the problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The bytes to replace, in the file of the diagnostic.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
    /// What the replacement does, for people.
    pub label: String,
    /// True when the replacement is certain enough to be made without asking.
    pub machine_applicable: bool,
}

/// One problem of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule that was broken.
    #[serde(with = "by_name")]
    pub rule: &'static Rule,
    /// How much it matters, after the configuration has had its say.
    pub severity: Severity,
    /// Path of the file, relative to the root of the library, with `/`.
    pub path: Arc<str>,
    /// The place in the file; `0..0` for a problem of the whole file.
    pub span: Span,
    /// One sentence, in plain English, without a full stop.
    pub message: String,
    /// What to do, if the message doesn't say it.
    pub help: Option<String>,
    /// Further places.
    pub labels: Vec<Label>,
    /// Replacements, best first, at most three.
    pub suggestions: Vec<Suggestion>,
    /// How many more problems of this rule follow in the file that no [`Sink`](super::Sink) held.
    pub others: usize,
}

/// A rule is written as its name.
mod by_name {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::super::rules::{Rule, find};

    pub(super) fn serialize<S: Serializer>(rule: &&Rule, serializer: S) -> Result<S::Ok, S::Error> {
        rule.name.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<&'static Rule, D::Error> {
        let name = String::deserialize(deserializer)?;
        find(&name).ok_or_else(|| D::Error::custom("no such rule"))
    }
}

impl Diagnostic {
    /// A diagnostic with the rule's own severity.
    pub fn new(
        rule: &'static Rule,
        path: &Arc<str>,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity: rule.severity,
            path: path.clone(),
            span,
            message: message.into(),
            help: None,
            labels: Vec::new(),
            suggestions: Vec::new(),
            others: 0,
        }
    }

    /// Whether it has a replacement that can be made without asking.
    pub fn has_fix(&self) -> bool {
        self.suggestions
            .iter()
            .any(|suggestion| suggestion.machine_applicable)
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Points at a further place.
    #[must_use]
    pub fn label(mut self, path: &Arc<str>, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            path: path.clone(),
            span,
            text: text.into(),
        });
        self
    }

    /// Offers a replacement of the diagnostic's own span.
    #[must_use]
    pub fn suggest(self, replacement: impl Into<String>, label: impl Into<String>) -> Self {
        let span = self.span.clone();
        self.suggest_at(span, replacement, label, false)
    }

    /// Offers a replacement of any span in the same file.
    #[must_use]
    pub fn suggest_at(
        mut self,
        span: Span,
        replacement: impl Into<String>,
        label: impl Into<String>,
        machine_applicable: bool,
    ) -> Self {
        if self.suggestions.len() < 3 {
            self.suggestions.push(Suggestion {
                span,
                replacement: replacement.into(),
                label: label.into(),
                machine_applicable,
            });
        }
        self
    }
}
