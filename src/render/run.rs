//! Makes every file of the plan, in parallel.

use anyhow::{Result, anyhow};
use rayon::prelude::*;
use tera::{Context, Value};

use super::failures::Failures;
use super::head::Head;
use super::page::page;
use super::plan::{Job, JobKind, Plan, sitemap_paths};
use super::templates::Skin;
use super::value::{list, object, optional, text, up};
use super::view::{Fields, Shared, Site};
use super::{bibliography, data, feed, sitemap};
use crate::config::Config;
use crate::content::Library;
use crate::content::reads::{self, Reads};
use crate::graph::Graph;
use crate::markdown::{Assets, Written};
use crate::rooms::Rooms;

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
    pub fn each_unless<S: Send, T: Send>(
        &self,
        stop: impl Fn() -> bool + Sync,
        known: impl Fn(usize) -> Result<Option<T>> + Sync + Send,
        keep: impl Fn() -> S + Sync + Send,
        take: impl Fn(&mut S, &str, &[u8], Reads) -> Result<T> + Sync + Send,
    ) -> Result<Option<Vec<T>>> {
        let failures = Failures::default();
        let rooms = Rooms::default();
        let made: Vec<Option<T>> = self
            .plan
            .jobs
            .par_iter()
            .enumerate()
            // The first files are as large as thousands of others, so no thread may have two before it in one piece.
            .with_max_len(1)
            .map(|(at, job)| {
                if stop() || failures.are_before(at) {
                    return None;
                }
                let make = |(bytes, kept): &mut (Vec<u8>, S)| {
                    let (made, reads) = reads::noting(|| self.file(job, bytes));
                    made?;
                    take(kept, &job.path, bytes, reads)
                };
                let made = known(at).transpose();
                let made = made.unwrap_or_else(|| rooms.work(|| (Vec::new(), keep()), make));
                made.map_err(|error| failures.add(at, error)).ok()
            })
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
                let (head, fields) = page(job, &site)?;
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
                let to = self.graph.redirects[index].to;
                Some(config.base_url.public(&to.output_path(self.library)))
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
