//! Readers of front matter: from a YAML tree to typed content, reporting every problem on the way.

mod details;
mod factors;
mod participation;
mod study;

use jiff::civil::Date;

use crate::config::Config;
use crate::content::evidence::References;
use crate::content::shapes::STATUSES;
use crate::content::study::Status;
use crate::date::PartialDate;
use crate::diagnostics::{Sink, Spanned, rules};
use crate::source::Record;
use crate::vocabulary::{Choice, ListField, Vocabulary, suggest};

pub(super) use study::read as read_study;

/// What the readers of front matter need to know.
pub(super) struct Context<'c> {
    pub(super) config: &'c Config,
    pub(super) vocabulary: &'c Vocabulary,
    pub(super) references: &'c References,
    pub(super) today: Date,
}

/// Reads the key `status`; without it content is published.
pub(super) fn read_status(record: &Record<'_, '_>, sink: &mut Sink) -> Status {
    let Some(text) = record.text("status", sink) else {
        if record.is_lost("status") {
            return Status::Draft;
        }
        return Status::Published;
    };
    match text.value.as_str() {
        "draft" => Status::Draft,
        "review" => Status::Review,
        "published" => Status::Published,
        "withdrawn" => Status::Withdrawn,
        _ => {
            let mut diagnostic = sink
                .diagnostic(
                    &rules::BAD_VALUE,
                    text.span.clone(),
                    format!("`{}` is no status", text.value),
                )
                .help(format!("the choices are: {}", STATUSES.join(", ")));
            for near in suggest::nearest(&text.value, STATUSES.iter().copied(), 1) {
                diagnostic = diagnostic.suggest(near, format!("did you mean `{near}`?"));
            }
            sink.push(diagnostic);
            Status::Draft
        }
    }
}

fn text(record: &Record<'_, '_>, key: &str, sink: &mut Sink) -> Option<String> {
    record.text(key, sink).map(|text| text.value)
}

fn choices(
    record: &Record<'_, '_>,
    key: &str,
    field: ListField,
    vocabulary: &Vocabulary,
    sink: &mut Sink,
) -> Vec<Choice> {
    let given = record.one_or_many(key, sink);
    let choices = given
        .iter()
        .filter_map(|given| vocabulary.choice(field, given, sink));
    distinct(choices, |choice| choice)
}

/// The items without those that mean one given before: an id and its alias are one value.
pub(super) fn distinct<T, K: PartialEq>(
    items: impl Iterator<Item = T>,
    meaning: impl Fn(&T) -> &K,
) -> Vec<T> {
    let mut distinct: Vec<T> = Vec::new();
    for item in items {
        if distinct
            .iter()
            .all(|known| meaning(known) != meaning(&item))
        {
            distinct.push(item);
        }
    }
    distinct
}

/// What studies and reviews begin with.
pub(super) struct Head {
    pub(super) title: Option<Spanned<String>>,
    pub(super) summary: Option<Spanned<String>>,
    pub(super) status: Status,
    /// The last day that its dates may name.
    pub(super) latest: Date,
    pub(super) published: Option<Spanned<Date>>,
    pub(super) updated: Option<Date>,
}

/// Title, summary, status and the days of publication and of the last change.
pub(super) fn read_head(record: &Record<'_, '_>, context: &Context<'_>, sink: &mut Sink) -> Head {
    let title = record.text("title", sink);
    let summary = read_summary(record, title.as_ref(), context.config, sink);
    let status = read_status(record, sink);
    // A draft may be planned for a day to come.
    let latest = if status.is_draft() {
        Date::MAX
    } else {
        context.today
    };
    let published = read_day(record, "published", latest, sink);
    let updated = read_updated(record, published.as_ref(), latest, sink);
    Head {
        title,
        summary,
        status,
        latest,
        published,
        updated,
    }
}

/// The summary of any kind of content, checked against the limit and the title.
pub(super) fn read_summary(
    record: &Record<'_, '_>,
    title: Option<&Spanned<String>>,
    config: &Config,
    sink: &mut Sink,
) -> Option<Spanned<String>> {
    let summary = record.text("summary", sink)?;
    if let Some(title) = title {
        rules::summary_repeats_title::check(title, &summary, sink);
    }
    let length = summary.value.chars().count();
    let limit = config.limits.summary_characters;
    if length > limit {
        let diagnostic = sink
            .diagnostic(
                &rules::SUMMARY_TOO_LONG,
                summary.span.clone(),
                format!("the summary has {length} characters; the limit is {limit}"),
            )
            .help("keep one or two sentences: what was tried, and what came of it");
        sink.push(diagnostic);
    }
    Some(summary)
}

/// Old slugs; each must be a slug.
pub(super) fn read_aliases(record: &Record<'_, '_>, sink: &mut Sink) -> Vec<Spanned<String>> {
    let mut aliases = record.texts("aliases", sink);
    aliases.retain(|alias| {
        let valid = crate::slug::is_valid(&alias.value);
        if !valid {
            crate::source::report_bad_id(alias, sink);
        }
        valid
    });
    aliases
}

/// An `http:` or `https:` address.
pub(super) fn web_address(key: &str, given: &Spanned<String>, sink: &mut Sink) -> Option<String> {
    let rest = given
        .value
        .strip_prefix("https://")
        .or_else(|| given.value.strip_prefix("http://"));
    let good = rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
    });
    if !good {
        let mut diagnostic = sink.diagnostic(
            &rules::UNSAFE_LINK,
            given.span.clone(),
            format!("`{key}` must be an address that begins with https:// or http://"),
        );
        if given.value.starts_with("www.") {
            let whole = format!("https://{}", given.value);
            diagnostic = diagnostic.suggest(&whole, format!("did you mean `{whole}`?"));
        } else {
            diagnostic = diagnostic.help("copy the whole address from the browser");
        }
        sink.push(diagnostic);
    }
    good.then(|| given.value.clone())
}

/// A day of the library's own book-keeping, which can't lie after the `latest` that is possible.
pub(super) fn read_day(
    record: &Record<'_, '_>,
    key: &str,
    latest: Date,
    sink: &mut Sink,
) -> Option<Spanned<Date>> {
    let day = record.day(key, sink)?;
    let date = Spanned::new(PartialDate::full(day.value), day.span.clone());
    rules::future_date::check(key, &date, latest, sink);
    Some(day)
}

/// The day of the last change, which can't lie before the day of publication.
pub(super) fn read_updated(
    record: &Record<'_, '_>,
    published: Option<&Spanned<Date>>,
    latest: Date,
    sink: &mut Sink,
) -> Option<Date> {
    let updated = read_day(record, "updated", latest, sink)?;
    if let Some(published) = published
        && updated.value < published.value
    {
        let diagnostic = sink
            .diagnostic(
                &rules::REVERSED_PERIOD,
                updated.span.clone(),
                "`updated` lies before `published`",
            )
            .label(sink.path(), published.span.clone(), "published here")
            .help("correct the date that is wrong");
        sink.push(diagnostic);
    }
    Some(updated.value)
}
