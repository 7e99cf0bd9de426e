//! What the server shows at the moment. It is replaced as a whole, so whoever reads it sees one moment.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use tokio::sync::watch;

use super::not_found;
use super::overlay::{Freshness, panel};
use super::prints::Prints;
use super::problems::{self, Problem};
use super::snapshot::{File, Found, Snapshot};
use crate::config;

/// Old addresses of pages that moved while the server ran, and the new ones; both relative to the site.
pub(super) type Moved = BTreeMap<String, String>;

/// Where the files are that people mend, and how their editor is asked to open one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Desk {
    /// The root of the library.
    pub(super) root: PathBuf,
    /// The folder of the look.
    pub(super) skin: PathBuf,
    /// An address with `{path}`, `{line}` and `{column}`.
    pub(super) editor: String,
}

impl Desk {
    /// The desk of a library.
    pub(super) fn new(root: &Path, build: &config::Build, serve: &config::Serve) -> Self {
        Self {
            root: root.to_owned(),
            skin: root.join("themes").join(&build.skin),
            editor: serve.editor.clone(),
        }
    }
}

/// One moment: the last good site, and what is wrong with what came after it.
#[derive(Debug, Clone, Default)]
pub(super) struct View {
    /// `None` until there has been a library without errors.
    pub(super) site: Option<Arc<Snapshot>>,
    /// What is wrong.
    problems: Arc<Vec<Problem>>,
    /// The same as markup.
    pub(super) panel: Arc<str>,
    /// Pages that moved.
    pub(super) moved: Arc<Moved>,
}

/// What an address of the site shows.
#[derive(Debug)]
pub(super) enum Shown {
    /// A file, with its path in the site.
    File(String, File),
    /// A page, to whose address a slash is missing.
    Folder,
    /// The page for addresses that don't exist.
    NotFound(File),
}

impl View {
    /// A site and what is wrong with it, all of which lets it be shown.
    pub(super) fn of(site: Arc<Snapshot>, problems: Vec<Problem>, moved: Moved) -> Self {
        Self {
            panel: panel(&problems, Freshness::New, &site.desk.editor).into(),
            problems: Arc::new(problems),
            moved: Arc::new(moved),
            site: Some(site),
        }
    }

    /// The same site, held back by what is wrong with what came after it.
    pub(super) fn held_back(&self, problems: Vec<Problem>, desk: &Desk) -> Self {
        let freshness = match self.site {
            Some(_) => Freshness::HeldBack,
            None => Freshness::Absent,
        };
        Self {
            panel: panel(&problems, freshness, &desk.editor).into(),
            problems: Arc::new(problems),
            ..self.clone()
        }
    }

    /// What an address shows; `None` when there is no site yet.
    ///
    /// # Errors
    /// When a template fails: with its place.
    pub(super) fn show(&self, address: &str) -> Result<Option<Shown>> {
        let Some(site) = &self.site else {
            return Ok(None);
        };
        Ok(Some(match site.find(address)? {
            Found::File(path, file) => Shown::File(path, file),
            Found::Folder => Shown::Folder,
            Found::Nothing => Shown::NotFound(not_found::page(address, site, &self.moved)?),
        }))
    }

    /// The prints of what an address shows; `None` when there is no site yet, or a template fails, so that no browser
    /// leaves a page that works for one that doesn't.
    pub(super) fn prints(&self, address: &str) -> Option<Prints> {
        match self.show(address).ok()?? {
            Shown::File(_, file) | Shown::NotFound(file) => Some(file.prints),
            Shown::Folder => None,
        }
    }

    /// The path under which the site lies, with a slash at both ends.
    pub(super) fn base_path(&self) -> &str {
        let site = self.site.as_ref();
        site.map_or("/", |site| site.project.config.base_url.path())
    }

    /// What is wrong with a page that can't be made, as markup.
    pub(super) fn failure(&self, error: &anyhow::Error) -> String {
        let desk = self.site.as_ref().map(|site| &site.desk);
        desk.map_or_else(String::new, |desk| {
            let problem = problems::of_failure(error, desk);
            panel(&[problem], Freshness::Absent, &desk.editor)
        })
    }
}

/// The view of the moment, and word of each that follows.
#[derive(Debug)]
pub(super) struct Live {
    views: watch::Sender<View>,
}

impl Live {
    pub(super) fn new() -> Self {
        Self {
            views: watch::Sender::new(View::default()),
        }
    }

    /// The view of the moment.
    pub(super) fn view(&self) -> View {
        self.views.borrow().clone()
    }

    /// Replaces the view, and tells all who follow.
    pub(super) fn show(&self, view: View) {
        self.views.send_replace(view);
    }

    /// Adds what is wrong with a site, if it is still the one that is shown; whether it is.
    pub(super) fn object(&self, site: &Arc<Snapshot>, problem: Problem) -> bool {
        self.views.send_if_modified(|view| {
            let shown = view
                .site
                .as_ref()
                .is_some_and(|shown| Arc::ptr_eq(shown, site));
            if shown {
                let problems = std::iter::once(problem);
                let problems: Vec<Problem> =
                    problems.chain(view.problems.iter().cloned()).collect();
                view.panel = panel(&problems, Freshness::New, &site.desk.editor).into();
                view.problems = Arc::new(problems);
            }
            shown
        })
    }

    /// Follows the views to come.
    pub(super) fn follow(&self) -> watch::Receiver<View> {
        self.views.subscribe()
    }
}
