//! Reads all Markdown files of a library, in parallel, and puts the library together.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::account::FrontMatter;
use super::evidence;
use super::library::{Library, Unbuilt};
use super::page::{self, Page};
use super::parse::{Context, read_study};
use super::review::{self, Review};
use super::study::Status;
use crate::cache::Cache;
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Sink, rules};
use crate::memo::{self, Key, Memo, key_of};
use crate::slug;
use crate::source::yaml;
use crate::source::{Kind, SourceFile, Sources, split};
use crate::vocabulary::Vocabulary;

/// What a Markdown file turned out to be. Shared, since it may be wanted again.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Parsed {
    Study(Arc<FrontMatter>),
    Review(Arc<Review>),
    Page(Arc<Page>),
    Unusable,
}

/// What was read of each file, for a process that reads a library again and again.
#[derive(Debug, Default)]
pub struct Memory {
    files: Memo<(Parsed, Vec<Diagnostic>)>,
}

/// The name under which a cache has what was read of each file.
const NAME: &str = "content";

impl Memory {
    /// What the last build has left in a cache.
    pub fn load(cache: &Cache) -> Self {
        let files = Memo::load(cache, NAME);
        Self { files }
    }

    /// Leaves it there for the next.
    pub fn save(&self, cache: &Cache) {
        self.files.save(cache, NAME);
    }
}

/// Reads references, studies, reviews and pages. With `drafts`, studies and reviews of any status are built.
/// Dates are held against `today`. With a memory, only files that changed are read, unless words changed.
pub fn load(
    config: &Config,
    sources: &Sources,
    vocabulary: impl Into<Arc<Vocabulary>>,
    drafts: bool,
    today: Date,
    memory: Option<&mut Memory>,
) -> (Library, Vec<Diagnostic>) {
    let vocabulary = vocabulary.into();
    let (references, mut diagnostics) =
        evidence::load(sources, &vocabulary, config.limits.yaml_depth);
    let context = Context {
        config,
        vocabulary: &vocabulary,
        references: &references,
        today,
    };
    let markdown: Vec<&SourceFile> = sources
        .files()
        .iter()
        .map(AsRef::as_ref)
        .filter(|file: &&SourceFile| matches!(file.kind, Kind::Study | Kind::Review | Kind::Page))
        .collect();
    let read_with = memory.as_ref().map(|_| read_with(config, sources, today));
    let parsed = memo::round(
        memory.map(|memory| &mut memory.files),
        &markdown,
        |file| {
            key_of(
                [&read_with, &Some(file.key())]
                    .into_iter()
                    .flatten()
                    .map(|key| &key.as_bytes()[..]),
            )
        },
        |file| parse(file, &context),
    );

    let mut first: FxHashMap<(Kind, &str), &Arc<str>> = FxHashMap::default();
    let mut studies = Vec::with_capacity(markdown.len());
    let (mut reviews, mut pages) = (Vec::new(), Vec::new());
    let mut unbuilt = Vec::new();
    for (file, (parsed, found)) in markdown.iter().zip(parsed) {
        diagnostics.extend(found);
        let slug = file.stem();
        if let Some(other) = first.get(&(file.kind, slug)) {
            diagnostics.push(
                Diagnostic::new(
                    &rules::DUPLICATE_SLUG,
                    &file.path,
                    0..0,
                    format!(
                        "`{slug}` is the name of another file too, so both would have one address"
                    ),
                )
                .label(other, 0..0, "the other file")
                .help("folders don't count in addresses; rename one of the two files"),
            );
            continue;
        }
        first.insert((file.kind, slug), &file.path);
        let left_out = |status| Unbuilt {
            path: file.path.clone(),
            slug: slug.to_owned(),
            status,
            study: file.kind == Kind::Study,
        };
        match parsed {
            Parsed::Study(parts) if is_built(parts.study.status, drafts) => studies.push(parts),
            Parsed::Study(parts) => unbuilt.push(left_out(Some(parts.study.status))),
            Parsed::Review(review) if is_built(review.status, drafts) => {
                reviews.push(Arc::unwrap_or_clone(review));
            }
            Parsed::Review(review) => unbuilt.push(left_out(Some(review.status))),
            Parsed::Page(page) => pages.push(Arc::unwrap_or_clone(page)),
            Parsed::Unusable => unbuilt.push(left_out(None)),
        }
    }
    let library = Library::new(vocabulary, references, studies, reviews, pages, unbuilt);
    diagnostics.extend(rules::unused_term::check(&library));
    (library, diagnostics)
}

/// The hash of all by which a file is read, besides the file: the configuration, the words of the library, the day.
fn read_with(config: &Config, sources: &Sources, today: Date) -> Key {
    let config = format!("{} {today}", config.as_text());
    key_of([config.as_bytes(), sources.words_key().as_bytes()])
}

fn is_built(status: Status, drafts: bool) -> bool {
    drafts || matches!(status, Status::Published | Status::Withdrawn)
}

fn parse(file: &SourceFile, context: &Context<'_>) -> (Parsed, Vec<Diagnostic>) {
    let mut sink = Sink::new(&file.path);
    let parsed = parse_into(file, context, &mut sink);
    (parsed, sink.into_diagnostics())
}

fn parse_into(file: &SourceFile, context: &Context<'_>, sink: &mut Sink) -> Parsed {
    if !file.usable {
        return Parsed::Unusable;
    }
    let slug = file.stem();
    let good_slug = check_slug(file, slug, sink);
    let document = split(&file.text);
    let Some(yaml_span) = document.yaml else {
        if document.unterminated {
            let diagnostic = sink
                .diagnostic(
                    &rules::UNTERMINATED_FRONT_MATTER,
                    document.fence,
                    "the front matter begins here and never ends",
                )
                .help("write a line of three hyphens, ---, after the last key");
            sink.push(diagnostic);
        } else {
            let diagnostic = sink
                .diagnostic(
                    &rules::MISSING_FRONT_MATTER,
                    0..0,
                    "this file doesn't begin with front matter",
                )
                .help("the first line must be ---, then the keys, then --- again; copy the head of another file");
            sink.push(diagnostic);
        }
        return Parsed::Unusable;
    };
    let limits = yaml::Limits {
        depth: context.config.limits.yaml_depth,
        nodes: context.config.limits.front_matter_values,
    };
    rules::empty_body::check(
        &file.text[document.body.clone()],
        document.fence.clone(),
        sink,
    );
    let text = &file.text[yaml_span.clone()];
    check_leftovers(text, yaml_span.start, sink);
    let Some(reading) = yaml::parse_in_parts(text, yaml_span.start, limits, sink) else {
        return Parsed::Unusable;
    };
    // What could be read of a broken front matter is checked, and not built.
    let whole = reading.whole;
    let usable = good_slug && whole;
    let tree = reading.tree;
    let fence = document.fence;
    let opening = fence.clone();
    let parsed = match file.kind {
        Kind::Study => {
            let parts = read_study(slug, &tree, fence, context, sink);
            if let Some(parts) = &parts
                && parts.study.is_anonymised(context.vocabulary)
            {
                rules::anonymity_broken::check(&file.text, context.vocabulary, sink);
            }
            parts.map(|parts| Parsed::Study(Arc::new(parts)))
        }
        Kind::Review => review::read(slug, &tree, fence, context, sink)
            .map(|review| Parsed::Review(Arc::new(review))),
        _ => page::read(slug, &tree, fence, context, sink).map(|page| Parsed::Page(Arc::new(page))),
    };
    if !whole {
        // What seems to be missing may stand in what could not be read.
        let absences = [
            &rules::MISSING_KEY,
            &rules::NO_FACTORS,
            &rules::NO_LIMITATIONS,
        ];
        sink.retain(|found| found.span != opening || !absences.contains(&found.rule));
    }
    parsed.filter(|_| usable).unwrap_or(Parsed::Unusable)
}

/// Front matter is looked at line by line, as its comments may say what is still to do.
fn check_leftovers(yaml: &str, offset: usize, sink: &mut Sink) {
    if !rules::template_text::is_suspect(yaml) {
        return;
    }
    let mut at = offset;
    for line in yaml.split_inclusive('\n') {
        if !line.trim_start().starts_with('#') {
            let text = line.split(" #").next().unwrap_or(line);
            rules::template_text::check(text, at, sink);
        }
        at += line.len();
    }
}

fn check_slug(file: &SourceFile, slug: &str, sink: &mut Sink) -> bool {
    if !slug::is_valid(slug) {
        let better = slug::slugify(slug);
        let mut diagnostic = sink.diagnostic(
            &rules::BAD_SLUG,
            0..0,
            format!("the file name `{slug}` can't be used in an address"),
        );
        diagnostic = diagnostic.help(if better.is_empty() {
            "use 1 to 80 small letters and digits, with single hyphens between words".to_owned()
        } else {
            format!("rename the file to {better}.md")
        });
        sink.push(diagnostic);
        return false;
    }
    if file.kind == Kind::Page && page::is_reserved(slug) {
        let diagnostic = sink
            .diagnostic(
                &rules::RESERVED_SLUG,
                0..0,
                format!("a page can't be called `{slug}`: that is a section of the site"),
            )
            .help("rename the file, for instance to what its title says");
        sink.push(diagnostic);
        return false;
    }
    true
}
