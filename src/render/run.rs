//! Makes every file of the plan, in parallel.

use anyhow::{Result, anyhow};
use rayon::prelude::*;
use tera::{Context, Value};

use super::failures::Failures;
use super::head::Head;
use super::lists::{ListPage, Selection};
use super::plan::{Job, JobKind, Plan, sitemap_paths};
use super::templates::Skin;
use super::value::{link, list, object, optional, text, up};
use super::view::{self, Fields, Shared, Site};
use super::{bibliography, data, feed, sitemap};
use crate::config::Config;
use crate::content::Library;
use crate::content::reads::{self, Reads};
use crate::graph::Graph;
use crate::markdown::{Assets, Written};

/// Makes the files of a plan, one by one in any order, or all at once. Each is a pure function of what is given here.
#[derive(Debug, Clone, Copy)]
pub struct Renderer<'r> {
    /// What there is to make.
    pub plan: &'r Plan,
    /// The look.
    pub skin: &'r Skin,
    /// Titles and addresses.
    pub config: &'r Config,
    /// The content.
    pub library: &'r Library,
    /// Its links.
    pub graph: &'r Graph,
    /// Its Markdown as HTML, by path.
    pub written: Written<'r>,
    /// Its images and attachments.
    pub assets: &'r Assets,
    /// What many pages show alike.
    pub shared: &'r Shared,
}

impl<'r> Renderer<'r> {
    /// Makes the cards of all studies, unless it is told to stop: one thread after another would wait for those that the
    /// page of all studies makes.
    pub fn make_cards(&self, stop: impl Fn() -> bool + Sync) {
        self.site().cards.make_all(stop);
    }

    /// Makes every file and gives each to `take`, with its path, the studies that it is made from, and what the thread keeps for
    /// that, unless it is told to stop before the last one. Files that are `known`, by their places in the plan, are not made.
    /// The answers come in the order of the plan.
    ///
    /// # Errors
    /// Of the first file of the plan that can't be made: when a template fails, with its place; when a file can't be taken.
    pub fn each_unless<S, T: Send>(
        &self,
        stop: impl Fn() -> bool + Sync,
        known: impl Fn(usize) -> Result<Option<T>> + Sync + Send,
        keep: impl Fn() -> S + Sync + Send,
        take: impl Fn(&mut S, &str, &[u8], Reads) -> Result<T> + Sync + Send,
    ) -> Result<Option<Vec<T>>> {
        let failures = Failures::default();
        let made: Vec<Option<T>> = self
            .plan
            .jobs
            .par_iter()
            .enumerate()
            // The first files are as large as thousands of others, so no thread may have two before it in one piece.
            .with_max_len(1)
            .map_init(
                // Every thread makes all of its files in one piece of memory, which soon is large enough.
                || (Vec::new(), keep()),
                |(bytes, kept), (at, job)| {
                    if stop() || failures.are_before(at) {
                        return None;
                    }
                    let made = known(at).and_then(|known| match known {
                        Some(known) => Ok(known),
                        None => {
                            let (made, reads) = reads::noting(|| self.file(job, bytes));
                            made.and_then(|()| take(kept, &job.path, bytes, reads))
                        }
                    });
                    made.map_err(|error| failures.add(at, error)).ok()
                },
            )
            .collect();
        failures.first()?;
        Ok(made.into_iter().collect())
    }

    /// Makes the file that is at a place of the plan.
    ///
    /// # Errors
    /// When a template fails: with its place.
    pub fn one(&self, at: usize) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file(&self.plan.jobs[at], &mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn site(&self) -> Site<'r> {
        Site::new(
            self.config,
            self.library,
            self.graph,
            self.written,
            &self.plan.lists,
            self.shared,
            &self.skin.tera,
        )
    }

    /// Writes the bytes of a file in the place of what was there.
    fn file(&self, job: &Job, out: &mut Vec<u8>) -> Result<()> {
        let (config, library) = (self.config, self.library);
        *out = match job.kind {
            JobKind::Feed(theme) => feed::feed(&job.path, theme, config, library).into_bytes(),
            JobKind::Sitemap | JobKind::SitemapPart(_) => self.sitemap(job).into_bytes(),
            JobKind::Robots => sitemap::robots(config).into_bytes(),
            JobKind::StudiesJson => data::studies_json(library, config),
            JobKind::StudiesCsv => data::studies_csv(library, config)?,
            JobKind::VocabularyJson => data::vocabulary_json(library),
            JobKind::CountsJson => data::counts_json(library, &self.graph.tags),
            JobKind::Bibtex => bibliography::bibtex_file(library).into_bytes(),
            JobKind::CslJson => bibliography::csl_json(library),
            JobKind::SkinAsset(index) => self.skin.assets[index].bytes.clone(),
            JobKind::ContentAsset => self.content_asset(job).to_vec(),
            _ => {
                let site = self.site();
                let (head, fields) = self.page(job, &site)?;
                site.cards.are_whole()?;
                return self.html(job, head, fields, out);
            }
        };
        Ok(())
    }

    fn content_asset(&self, job: &Job) -> &'r [u8] {
        let path = job.source.as_deref().unwrap_or_default();
        self.assets
            .bytes(path)
            .expect("invariant: the plan names only assets that are linked, with their paths")
    }

    fn sitemap(&self, job: &Job) -> String {
        let config = self.config;
        let pages = sitemap_paths(&self.plan.jobs, self.library);
        match job.kind {
            JobKind::SitemapPart(part) => {
                let pages = pages.chunks(sitemap::MOST).nth(part - 1);
                sitemap::sitemap(pages.unwrap_or(&[]), config)
            }
            _ if pages.len() > sitemap::MOST => {
                sitemap::index(pages.len().div_ceil(sitemap::MOST), config)
            }
            _ => sitemap::sitemap(&pages, config),
        }
    }

    /// The head and the values of a page.
    ///
    /// # Errors
    /// When a component of the skin fails.
    pub(super) fn page<'s>(&self, job: &Job, site: &'s Site<'s>) -> Result<(Head<'s>, Fields)> {
        let (config, library) = (site.config, site.library);
        let vocabulary = &library.vocabulary;
        Ok(match job.kind {
            JobKind::Studies(page) => self.studies(page, &job.path, site),
            JobKind::Study(id) => {
                let study = library.study(id);
                let mut head = Head::new("study.html", &study.title, library.summary(id))
                    .noindex(!study.is_public())
                    .under("studies");
                if let Some(system) = study.systems.first() {
                    let system = vocabulary.systems.get(*system);
                    head = head.crumb(link(&system.label, system.output_path()));
                }
                (head, view::study(id, site)?)
            }
            JobKind::Compare => (
                Head::new("compare.html", "Side by side", "Two cases, or two factors, next to each other."),
                view::compare(site),
            ),
            JobKind::Pair(pair) => {
                let title = view::pair_title(pair, site);
                let public = [pair.0, pair.1].map(|id| library.study(id).is_public());
                let head = Head::new("pair.html", title, "What two cases say of the same factors.")
                    .noindex(public != [true, true])
                    .crumb(link("Side by side", "compare/index.html"));
                (head, view::pair(pair, site))
            }
            JobKind::Themes => (
                Head::new("themes.html", "Themes", "The subjects by which studies are linked.").section("themes"),
                view::themes(site),
            ),
            JobKind::Theme(id) => {
                let theme = vocabulary.themes.get(id);
                let mut head = Head::new("theme.html", &theme.label, &theme.definition).under("themes");
                head.feed = object([
                    ("title", text(&theme.label)),
                    ("path", text(format!("themes/{}/feed.xml", theme.id))),
                ]);
                (head, view::theme(id, site))
            }
            JobKind::Factors => (
                Head::new(
                    "factors.html",
                    "Factors",
                    "Neutral conditions; each study says whether they helped or got in the way.",
                )
                .section("factors"),
                view::factors(site),
            ),
            JobKind::Factor(id) => {
                let factor = vocabulary.factors.get(id);
                let theme = vocabulary.themes.get(factor.theme);
                let head = Head::new("factor.html", &factor.label, &factor.definition)
                    .under("factors")
                    .crumb(link(&theme.label, theme.output_path()));
                (head, view::factor(id, site))
            }
            JobKind::Sightings(id) => {
                let factor = vocabulary.factors.get(id);
                let title = format!("Where “{}” was seen", factor.label);
                let head = Head::new("sightings.html", title, "The studies of a factor, sorted by where and how they were done.")
                    .under("factors")
                    .crumb(link(&factor.label, factor.output_path()));
                (head, view::sightings(id, site))
            }
            JobKind::Frameworks => (
                Head::new("frameworks.html", "Frameworks", "The frameworks, scales and theories by which the library is sorted.")
                    .section("frameworks"),
                view::frameworks(site),
            ),
            JobKind::Framework(id) => {
                let framework = vocabulary.frameworks.get(id);
                let description = framework.note.as_deref().unwrap_or("A framework, and the factors and studies that it sorts.");
                let head = Head::new("framework.html", &framework.label, description)
                    .section("frameworks")
                    .crumb(link("Frameworks", "frameworks/index.html"));
                (head, view::framework(id, site))
            }
            JobKind::Matrix(matrix, lens) => {
                let title = view::matrix_title(matrix, lens, site);
                let mut head = Head::new("matrix.html", title, "Where each factor helped or hindered, and where nobody has looked.");
                head = match matrix == 0 && lens.is_none() {
                    true => head.section("matrix"),
                    false => head.under("matrix"),
                };
                (head, view::matrix(matrix, lens, site)?)
            }
            JobKind::Systems => (
                Head::new("systems.html", "Systems", "The areas that studies come from, today's and those before them.")
                    .section("systems"),
                view::systems(site),
            ),
            JobKind::System(id) => {
                let system = vocabulary.systems.get(id);
                let head = Head::new("system.html", &system.label, "Case studies of this system, and what helped and hindered in them.")
                    .under("systems");
                (head, view::system(id, site))
            }
            JobKind::Reviews => (
                Head::new("reviews.html", "Thematic reviews", "What the studies say together about a theme.")
                    .section("reviews"),
                view::reviews(site),
            ),
            JobKind::Review(index) => {
                let review = &library.reviews()[index];
                let head = Head::new("review.html", &review.title, &review.summary)
                    .noindex(!review.is_public())
                    .under("reviews");
                (head, view::review(review, site))
            }
            JobKind::References => (
                Head::new("references.html", "References", "The papers and reports that the library rests on.")
                    .section("evidence"),
                view::references(site),
            ),
            JobKind::Reference(id) => {
                let reference = library.references.get(id);
                let head = Head::new(
                    "reference.html",
                    &reference.title,
                    "A reference of the library, and the studies that cite it.",
                )
                .under("evidence");
                (head, view::reference(id, site))
            }
            JobKind::Glossary => (
                Head::new("glossary.html", "Glossary", "Abbreviations and terms in plain words.").section("glossary"),
                view::glossary(site),
            ),
            JobKind::Page(index) => {
                let page = &library.pages()[index];
                (
                    Head::new("page.html", &page.title, &page.summary),
                    view::page(page, site),
                )
            }
            JobKind::Coverage => (
                Head::new("data.html", "Data and numbers", "The library as open data, and how much there is of what."),
                view::coverage(site),
            ),
            JobKind::Configurations => (
                Head::new(
                    "configurations.html",
                    "Context, mechanism, outcome",
                    "Every chain that a study gives: in which setting what worked, and with what result.",
                )
                .crumb(link("Data and numbers", "data/index.html")),
                view::configurations(site),
            ),
            JobKind::Network => (
                Head::new(
                    "network.html",
                    "Who is in the library",
                    "The organisations that took part in the studies, by kind.",
                )
                .crumb(link("Data and numbers", "data/index.html")),
                view::network(site),
            ),
            JobKind::Search => (
                Head::new("search.html", "Search", "Find studies by word, theme, factor, system, level and year."),
                Vec::new(),
            ),
            JobKind::NotFound => (
                Head::new("not_found.html", "Page not found", "There is no page at this address.").noindex(true),
                Vec::new(),
            ),
            JobKind::Redirect(index) => {
                let redirect = &site.graph.redirects[index];
                (
                    Head::new("redirect.html", &redirect.title, "This page has moved.").noindex(true),
                    vec![("target", link(&redirect.title, &redirect.to))],
                )
            }
            _ => {
                let description = config.description.as_deref().unwrap_or(&config.title);
                (Head::new("home.html", &config.title, description), view::home(site))
            }
        })
    }

    /// The head and the values of a page of a list of studies. Only the first page of all studies has none above it.
    fn studies<'s>(&self, page: ListPage, path: &str, site: &'s Site<'s>) -> (Head<'s>, Fields) {
        let title = view::studies_title(page, site);
        let description = format!("{title}: {}.", site.config.title);
        let mut head = Head::new("studies.html", title, description).section("studies");
        if path != site.lists.first_path(Selection::Newest) {
            head = head.under("studies");
        }
        if page.number > 1 && page.selection != Selection::Newest {
            let list = ListPage { number: 1, ..page };
            head = head.crumb(link(view::studies_title(list, site), site.lists.path(list)));
        }
        (
            head,
            view::studies(page, &up(path.matches('/').count()), site),
        )
    }

    fn html(&self, job: &Job, head: Head<'_>, fields: Fields, out: &mut Vec<u8>) -> Result<()> {
        let config = self.config;
        let root = match job.kind {
            // Served at any depth, so nothing relative would do.
            JobKind::NotFound => config.base_url.path().to_owned(),
            _ => up(job.path.matches('/').count()),
        };
        let canonical = match job.kind {
            // The page of every address that doesn't exist has none of its own.
            JobKind::NotFound => None,
            JobKind::Redirect(index) => {
                Some(config.base_url.public(&self.graph.redirects[index].to))
            }
            _ => Some(config.base_url.public(&job.path)),
        };
        let mut context = Context::new();
        context.insert_value("root", text(root));
        context.insert_value(
            "page",
            object([
                ("title", text(&head.title)),
                ("description", text(head.description)),
                ("canonical", optional(canonical)),
                ("section", text(head.section)),
                ("noindex", Value::from(head.noindex)),
                ("breadcrumbs", list(head.breadcrumbs)),
                ("feed", head.feed),
                ("home", Value::from(matches!(job.kind, JobKind::Home))),
                // These two have a larger box of their own.
                (
                    "search",
                    Value::from(!matches!(job.kind, JobKind::Home | JobKind::Search)),
                ),
            ]),
        );
        for (key, value) in fields {
            context.insert_value(key, value);
        }
        out.clear();
        self.skin
            .tera
            .render_to(head.template, &context, out)
            .map_err(|error| anyhow!("/{} could not be rendered\n{error}", job.path))
    }
}
