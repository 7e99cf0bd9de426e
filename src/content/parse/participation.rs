//! How much people took part in, which may be a range on a scale: `consult..involve`.

use crate::content::shapes::PARTICIPATION;
use crate::content::study::Participation;
use crate::diagnostics::{Sink, Span, Spanned, rules};
use crate::source::yaml::Node;
use crate::source::{Record, start_of};
use crate::vocabulary::{Choice, ListField, Vocabulary};

/// What stands between the ends of a range.
const TO: &str = "..";

pub(super) fn read_participation(
    record: &Record<'_, '_>,
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) -> Option<Participation> {
    let node = record.node("participation")?;
    let inner = Record::open(node, &PARTICIPATION, start_of(node), sink)?;
    let sphere = inner
        .text("sphere", sink)
        .and_then(|given| vocabulary.choice(ListField::ParticipationSphere, &given, sink));
    let (from, to) = read_levels(&inner, vocabulary, sink);
    Some(Participation { from, to, sphere })
}

/// One level, or the ends of a range of them.
fn read_levels(
    record: &Record<'_, '_>,
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) -> (Option<Choice>, Option<Choice>) {
    let field = ListField::ParticipationLevel;
    let Some(level) = record.text("level", sink) else {
        return (None, None);
    };
    let Some((low, high)) = level.value.split_once(TO) else {
        if let Some(range) = other_range(&level.value, vocabulary) {
            let diagnostic = sink
                .diagnostic(
                    &rules::UNKNOWN_VALUE,
                    level.span.clone(),
                    format!("`{}` is no value of `{}`", level.value, field.key()),
                )
                .help("a range is written as its two ends with two dots between them")
                .suggest(&range, format!("write `{range}`"));
            sink.push(diagnostic);
            return (None, None);
        }
        return (vocabulary.choice(field, &level, sink), None);
    };
    let plain = matches!(
        record.node("level").map(|node| &node.value),
        Some(Node::Scalar { plain: true, .. })
    );
    let place = Place::new(&level, plain);
    let from = choice(low, place.part(low, 0), vocabulary, sink);
    let high_at = low.len() + TO.len();
    let to = choice(high, place.part(high, high_at), vocabulary, sink);
    let ordered = vocabulary.lists.framework(field).is_some();
    if let (Some(low), Some(high)) = (&from, &to)
        && ordered
        && low.rank > high.rank
    {
        let turned = format!("{}{TO}{}", high.id, low.id);
        let diagnostic = sink
            .diagnostic(
                &rules::REVERSED_RANGE,
                level.span.clone(),
                format!("`{}` stands above `{}` on its scale", low.id, high.id),
            )
            .suggest_at(
                level.span.clone(),
                &turned,
                format!("write `{turned}`"),
                true,
            );
        sink.push(diagnostic);
    }
    (from, to)
}

/// A range that is written in another way, such as `consult to involve` or `consult - involve`.
fn other_range(given: &str, vocabulary: &Vocabulary) -> Option<String> {
    let known = |part: &str| {
        let part = Spanned::new(part.trim().to_owned(), 0..0);
        let mut unheard = Sink::new(&"".into());
        vocabulary.choice(ListField::ParticipationLevel, &part, &mut unheard)
    };
    // What is known as a whole is no range.
    if known(given).is_some() {
        return None;
    }
    let between = [
        " to ",
        " - ",
        " \u{2013} ",
        " \u{2014} ",
        "\u{2013}",
        "\u{2014}",
        "\u{2026}",
        " and ",
        " & ",
        "/",
        ",",
        "-",
    ];
    between.iter().find_map(|mark| {
        let (low, high) = given.split_once(mark)?;
        let high = high.trim_start_matches('.');
        let (low, high) = (known(low)?, known(high)?);
        Some(format!("{}{TO}{}", low.id, high.id))
    })
}

/// Where a range stands.
struct Place {
    /// All of it, with its quotes.
    whole: Span,
    /// Where its text begins, if it is written without escapes and on one line, so that its parts can be found.
    text: Option<usize>,
}

impl Place {
    fn new(range: &Spanned<String>, plain: bool) -> Self {
        let quote = usize::from(!plain);
        let in_one_piece = plain || !range.value.contains(char::is_whitespace);
        let exact = in_one_piece && range.span.len() == range.value.len() + 2 * quote;
        Self {
            whole: range.span.clone(),
            text: exact.then_some(range.span.start + quote),
        }
    }

    /// The span of a part that begins `at` bytes into the text, and whether it is exact.
    fn part(&self, part: &str, at: usize) -> (Span, bool) {
        match self.text {
            Some(start) => {
                let start = start + at + part.len() - part.trim_start().len();
                (start..start + part.trim().len(), true)
            }
            None => (self.whole.clone(), false),
        }
    }
}

/// One end of a range. Where only the whole range can be pointed at, no replacement is offered: it would take the
/// other end away.
fn choice(
    part: &str,
    (span, exact): (Span, bool),
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) -> Option<Choice> {
    let given = Spanned::new(part.trim().to_owned(), span);
    let mut found = Sink::new(sink.path());
    let choice = vocabulary.choice(ListField::ParticipationLevel, &given, &mut found);
    for mut diagnostic in found.into_diagnostics() {
        if !exact {
            diagnostic.suggestions.clear();
        }
        sink.push(diagnostic);
    }
    choice
}
