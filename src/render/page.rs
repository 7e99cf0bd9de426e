//! Which template makes a page, what its head says, and which values it shows.

use anyhow::Result;

use super::head::Head;
use super::lists::{ListPage, Selection};
use super::plan::{Job, JobKind};
use super::value::{link, object, text, up};
use super::view::{self, Fields, Site};

/// The head and the values of a page.
///
/// # Errors
/// When a component of the skin fails.
pub(super) fn page<'s>(job: &Job, site: &'s Site<'s>) -> Result<(Head<'s>, Fields)> {
    let (config, library) = (site.config, site.library);
    let vocabulary = &library.vocabulary;
    Ok(match job.kind {
        JobKind::Studies(page) => studies(page, &job.path, site),
        JobKind::Study(id) => {
            let study = library.study(id);
            let mut head = Head::new("study.html", &study.title, library.summary(id))
                .noindex(!study.is_public())
                .under("studies");
            if let Some(system) = study.systems.first() {
                head = head.crumb(site.system_link(*system));
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
            let head = Head::new("factor.html", &factor.label, &factor.definition)
                .under("factors")
                .crumb(site.theme_link(factor.theme));
            (head, view::factor(id, site))
        }
        JobKind::Sightings(id) => {
            let factor = vocabulary.factors.get(id);
            let title = format!("Where “{}” was seen", factor.label);
            let head = Head::new("sightings.html", title, "The studies of a factor, sorted by where and how they were done.")
                .under("factors")
                .crumb(site.factor_link(id));
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
            let to = site.graph.redirects[index].to;
            let title = to.title(library);
            (
                Head::new("redirect.html", title, "This page has moved.").noindex(true),
                vec![("target", link(title, to.output_path(library)))],
            )
        }
        _ => {
            let description = config.description.as_deref().unwrap_or(&config.title);
            (Head::new("home.html", &config.title, description), view::home(site))
        }
    })
}

/// The head and the values of a page of a list of studies. Only the first page of all studies has none above it.
fn studies<'s>(page: ListPage, path: &str, site: &'s Site<'s>) -> (Head<'s>, Fields) {
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
