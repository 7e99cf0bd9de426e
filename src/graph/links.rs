//! Links that authors made: relations between studies with their inverses, and mentions in the text of others.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::content::{Item, Library, Status, Study};
use crate::diagnostics::{Diagnostic, Sink, Spanned, rules};
use crate::id::Id;
use crate::markdown::{Bodies, SUGGESTED, is_page_fragment};
use crate::vocabulary::suggest;

/// A relation that an author gave, seen from one of its two ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AuthoredLink {
    /// The study at the other end.
    pub study: Id<Study>,
    /// How this study is related to it.
    pub relation: Arc<str>,
}

/// Two studies that an author set against each other, in the order of their slugs.
pub type Pair = (Id<Study>, Id<Study>);

/// All links that authors made.
#[derive(Debug, Hash)]
pub struct Links {
    authored: Vec<Vec<AuthoredLink>>,
    pairs: Vec<Pair>,
    mentions: BTreeMap<Arc<str>, Vec<Item>>,
}

impl Links {
    /// Resolves relations and fragments; what leads nowhere is reported.
    pub fn new(library: &Library, bodies: &Bodies) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let authored = authored(library, &mut diagnostics);
        let (mentions, found) =
            rayon::join(|| mentions(library, bodies), || check_fragments(bodies));
        diagnostics.extend(found);
        let links = Self {
            authored,
            pairs: pairs(library),
            mentions,
        };
        (links, diagnostics)
    }

    /// The relations of a study, its own first, then those that others have to it; one for each study.
    pub fn of(&self, study: Id<Study>) -> &[AuthoredLink] {
        &self.authored[study.index()]
    }

    /// All pairs of studies that get a page side by side, sorted.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// The pair that two studies make, if they do.
    pub fn pair(&self, one: Id<Study>, other: Id<Study>) -> Option<Pair> {
        let pair = (one.min(other), one.max(other));
        self.pairs.binary_search(&pair).is_ok().then_some(pair)
    }

    /// Whose text links to a file: reviews, then studies, then pages, each by slug.
    pub fn mentions(&self, path: &str) -> &[Item] {
        self.mentions.get(path).map_or(&[], Vec::as_slice)
    }
}

fn authored(library: &Library, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<AuthoredLink>> {
    let mut own: Vec<Vec<AuthoredLink>> = vec![Vec::new(); library.study_count()];
    let mut inverse = own.clone();
    for (id, study) in library.studies() {
        let mut sink = Sink::new(&study.path);
        for related in &study.related {
            let Some(other) = resolve(study, &related.study, library, &mut sink) else {
                continue;
            };
            own[id.index()].push(AuthoredLink {
                study: other,
                relation: related.relation.label.clone(),
            });
            inverse[other.index()].push(AuthoredLink {
                study: id,
                relation: related.inverse.clone(),
            });
        }
        diagnostics.extend(sink.into_diagnostics());
    }
    for (own, inverse) in own.iter_mut().zip(inverse) {
        for link in inverse {
            if own.iter().all(|known| known.study != link.study) {
                own.push(link);
            }
        }
        own.retain(|link| library.study(link.study).is_listed());
    }
    own
}

/// The pairs of studies whose relation asks for a page side by side, whichever of the two gave it.
fn pairs(library: &Library) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (id, study) in library.listed_studies() {
        let others = study.related.iter().filter(|related| related.side_by_side);
        for other in others.filter_map(|related| library.find_study(&related.study.value)) {
            if library.study(other).is_listed() {
                pairs.push((id.min(other), id.max(other)));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn resolve(
    study: &Study,
    given: &Spanned<String>,
    library: &Library,
    sink: &mut Sink,
) -> Option<Id<Study>> {
    let found = library.find_study(&given.value);
    let unbuilt = library
        .unbuilt()
        .iter()
        .find(|unbuilt| unbuilt.study && unbuilt.slug == given.value);
    let leads_to_draft = found.is_some_and(|id| library.study(id).status.is_draft())
        || unbuilt.is_some_and(|unbuilt| unbuilt.status.is_some_and(Status::is_draft));
    if leads_to_draft {
        if !study.status.is_draft() {
            let diagnostic = sink
                .diagnostic(
                    &rules::LINK_TO_DRAFT,
                    given.span.clone(),
                    format!(
                        "`{}` is not published yet, so readers can't see it",
                        given.value
                    ),
                )
                .help("take this relation out, or publish that study first");
            sink.push(diagnostic);
        }
        return found;
    }
    if found.is_none() && unbuilt.is_none() {
        let slugs = library
            .studies()
            .filter(|(_, other)| other.slug != study.slug)
            .map(|(_, other)| other.slug.as_str());
        let mut diagnostic = sink.diagnostic(
            &rules::UNKNOWN_STUDY,
            given.span.clone(),
            format!("there is no study `{}`", given.value),
        );
        let renamed = library.studies().find(|(_, other)| {
            let mut aliases = other.aliases.iter();
            aliases.any(|alias| alias.value == given.value)
        });
        let near = match renamed {
            Some((_, other)) => vec![other.slug.as_str()],
            None => suggest::nearest(&given.value, slugs, 3),
        };
        for near in near {
            diagnostic = diagnostic.suggest(near, format!("did you mean `{near}`?"));
        }
        diagnostic = diagnostic
            .help("write the name of the study's file, without its folder and without .md");
        sink.push(diagnostic);
    }
    found
}

fn mentions(library: &Library, bodies: &Bodies) -> BTreeMap<Arc<str>, Vec<Item>> {
    let reviews = library.reviews().iter().enumerate();
    let reviews = reviews
        .filter(|(_, review)| review.is_listed())
        .map(|(index, review)| (Item::Review(index), &review.path));
    let studies = library
        .listed_studies()
        .map(|(id, study)| (Item::Study(id), &study.path));
    let pages = library.pages().iter().enumerate();
    let pages = pages.map(|(index, page)| (Item::Page(index), &page.path));
    let mut mentions: BTreeMap<Arc<str>, Vec<Item>> = BTreeMap::new();
    for (item, path) in reviews.chain(studies).chain(pages) {
        let Some(body) = bodies.get(path) else {
            continue;
        };
        for link in &body.links {
            let list = mentions.entry(link.target.clone()).or_default();
            if link.target != *path && list.last() != Some(&item) {
                list.push(item);
            }
        }
    }
    mentions
}

/// A fragment of a link to another file must be the id of one of its headings.
fn check_fragments(bodies: &Bodies) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut ids: FxHashMap<&Arc<str>, FxHashSet<&str>> = FxHashMap::default();
    for (path, body) in bodies {
        let mut sink = Sink::new(path);
        let mut said: FxHashSet<(&Arc<str>, &str)> = FxHashSet::default();
        for link in &body.links {
            let (Some(fragment), Some(target)) = (&link.fragment, bodies.get(&link.target)) else {
                continue;
            };
            let ids = ids.entry(&link.target).or_insert_with(|| {
                target
                    .headings
                    .iter()
                    .map(|heading| heading.id.as_str())
                    .collect()
            });
            // A fragment that is wrong in many places is one mistake.
            if !is_page_fragment(&fragment.id, ids) && said.insert((&link.target, &fragment.id)) {
                let suggest = said.len() <= SUGGESTED;
                let page = "the page that this leads to";
                fragment.report(page, &target.headings, suggest, &mut sink);
            }
        }
        diagnostics.extend(sink.into_diagnostics());
    }
    diagnostics
}
