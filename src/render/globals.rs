//! What every template gets: the site, the ways through it, the addresses of its assets.

use tera::Value;

use super::head::SECTIONS;
use super::templates::Skin;
use super::value::{link, list, object, optional, text};
use crate::config::Config;
use crate::content::Library;
use crate::graph::Graph;

/// Gives a skin the values that every template gets.
pub fn set_globals(
    skin: &mut Skin,
    config: &Config,
    library: &Library,
    graph: &Graph,
    search: bool,
) {
    let licence = config.licence.as_ref().map_or_else(Value::none, |licence| {
        object([
            ("name", text(&licence.name)),
            ("url", optional(licence.url.as_deref())),
        ])
    });
    let matrix = (!graph.matrices.is_empty()).then_some("matrix/index.html");
    let there = |section: &str| section != "matrix" || matrix.is_some();
    let sections = SECTIONS.iter().filter(|(_, section)| there(section));
    let nav = sections.map(|(label, section)| {
        object([
            ("label", text(label)),
            ("path", text(format!("{section}/index.html"))),
            ("section", text(section)),
        ])
    });
    let pages = library.pages().iter();
    let footer = pages
        .map(|page| link(&page.title, page.output_path()))
        .chain(search.then(|| link("Search", "search/index.html")))
        .chain([
            link("Side by side", "compare/index.html"),
            link("Data and numbers", "data/index.html"),
        ]);
    let assets: std::collections::BTreeMap<String, Value> = skin
        .assets
        .iter()
        .map(|asset| (asset.name.clone(), text(&asset.output)))
        .collect();
    let globals = skin.tera.global_context();
    globals.insert_value(
        "site",
        object([
            ("title", text(&config.title)),
            ("description", optional(config.description.as_deref())),
            ("language", text(&config.language)),
            ("licence", licence),
            ("base_url", text(config.base_url.as_str())),
        ]),
    );
    let contribute = library
        .pages()
        .iter()
        .find(|page| page.slug == "contribute")
        .map(|page| page.output_path());
    globals.insert_value("contribute", optional(contribute));
    globals.insert_value("matrix", optional(matrix));
    let frameworks = !library.vocabulary.frameworks.is_empty();
    let frameworks = frameworks.then_some("frameworks/index.html");
    globals.insert_value("frameworks", optional(frameworks));
    globals.insert_value("search", Value::from(search));
    globals.insert_value("nav", list(nav));
    globals.insert_value("footer", list(footer));
    globals.insert_value("asset", Value::from(assets));
}
