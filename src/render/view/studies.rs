//! The lists of studies, and the panel that narrows them.

use tera::Value;

use super::super::lists::{ListPage, Lists, Selection};
use super::super::value::{link, list, object, optional, text};
use super::{Fields, Site};

/// How many studies the page of a theme or a system shows; the list of that theme or system has the rest.
const NEWEST: usize = 24;
/// A facet with more values than this is folded up on the list of all studies.
const UNFOLDED: usize = 24;
/// How many pages before and behind the open one the pager names.
const AROUND: usize = 2;

/// Values of `studies.html`; `root` leads from the page to the root of the site.
pub(in crate::render) fn studies(page: ListPage, root: &str, site: &Site<'_>) -> Fields {
    let lists = site.lists;
    let (before, studies) = lists.on_page(page);
    let chosen = match page.selection {
        Selection::Of { facet, value } => Some((facet, value)),
        Selection::Newest | Selection::ByTitle => None,
    };
    let (kicker, heading, about) = match chosen {
        Some((facet, value)) => {
            let facet = &lists.facets()[facet];
            let value = &facet.values[value];
            let about = value.about.as_ref().map(|path| link(&value.label, path));
            (Some(facet.label), value.label.as_str(), about)
        }
        None => (None, "Case studies", None),
    };
    vec![
        ("facet", optional(kicker)),
        ("heading", text(heading)),
        ("about", about.unwrap_or_else(Value::none)),
        (
            "chosen",
            optional(chosen.map(|_| lists.first_path(page.selection))),
        ),
        (
            "by_title",
            Value::from(page.selection == Selection::ByTitle),
        ),
        ("count", Value::from(lists.count(page.selection))),
        ("total", Value::from(lists.count(Selection::Newest))),
        ("first", Value::from(before + 1)),
        ("last", Value::from(before + studies.len())),
        ("cards", site.cards.cards(root, studies)),
        ("facets", site.facets()),
        (
            "orders",
            list([
                order("Newest first", Selection::Newest, page, site),
                order("By title", Selection::ByTitle, page, site),
            ]),
        ),
        ("pager", pager(page, site)),
    ]
}

/// The title of a page of a list; no two pages have the same.
pub(in crate::render) fn studies_title(page: ListPage, site: &Site<'_>) -> String {
    let list = match page.selection {
        Selection::Newest => "Case studies".to_owned(),
        Selection::ByTitle => "Case studies by title".to_owned(),
        Selection::Of { facet, value } => {
            let facet = &site.lists.facets()[facet];
            let (kind, value) = (facet.label.to_lowercase(), &facet.values[value].label);
            format!("Case studies by {kind}: {value}")
        }
    };
    match (page.number, site.lists.page_count(page.selection)) {
        (1, _) => list,
        (number, count) => format!("{list}, page {number} of {count}"),
    }
}

/// What lists can be narrowed by: the same panel on each of them, so it is put together once.
pub(super) fn facets(lists: &Lists) -> Value {
    let facets = lists.facets().iter().enumerate();
    let facets = facets.filter(|(_, facet)| !facet.values.is_empty());
    list(facets.map(|(at, facet)| {
        let values = facet.values.iter().enumerate().map(|(value, held)| {
            let selection = Selection::Of { facet: at, value };
            let path = (held.count() > 0).then(|| lists.first_path(selection));
            object([
                ("label", text(&held.label)),
                ("path", optional(path)),
                ("count", Value::from(held.count())),
            ])
        });
        object([
            ("label", text(facet.label)),
            ("short", Value::from(facet.values.len() <= UNFOLDED)),
            ("values", list(values)),
        ])
    }))
}

/// One of the orders that all studies can be read in.
fn order(label: &str, selection: Selection, page: ListPage, site: &Site<'_>) -> Value {
    object([
        ("label", text(label)),
        ("path", text(site.lists.first_path(selection))),
        ("chosen", Value::from(page.selection == selection)),
    ])
}

/// The pages of a list: the first, the last, and those around the open one. A page without a path stands for those that
/// are left out; `none` for a list of one page.
fn pager(page: ListPage, site: &Site<'_>) -> Value {
    let count = site.lists.page_count(page.selection);
    if count == 1 {
        return Value::none();
    }
    let path = |number: usize| {
        (1..=count)
            .contains(&number)
            .then(|| site.lists.path(ListPage { number, ..page }))
    };
    let near =
        |number: &usize| *number == 1 || *number == count || number.abs_diff(page.number) <= AROUND;
    let mut pages = Vec::new();
    let mut last = 0;
    for number in (1..=count).filter(near) {
        if number != last + 1 {
            pages.push(numbered(None, None, false));
        }
        pages.push(numbered(Some(number), path(number), number == page.number));
        last = number;
    }
    object([
        ("number", Value::from(page.number)),
        ("count", Value::from(count)),
        ("previous", optional(path(page.number - 1))),
        ("next", optional(path(page.number + 1))),
        ("pages", list(pages)),
    ])
}

fn numbered(number: Option<usize>, path: Option<String>, open: bool) -> Value {
    object([
        ("number", number.map_or_else(Value::none, Value::from)),
        ("path", optional(path)),
        ("open", Value::from(open)),
    ])
}

/// The newest studies of a list for a page two folders deep, with the way to all of them.
pub(super) fn newest(selection: Selection, site: &Site<'_>) -> Value {
    let count = site.lists.count(selection);
    let shown = site.lists.first(selection, NEWEST);
    let all = (shown.len() < count).then(|| site.lists.first_path(selection));
    site.cards.part(shown, count, all)
}
