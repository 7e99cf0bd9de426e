//! The matrix, the lists of studies behind its cells, and the pages of frameworks.

use std::collections::BTreeMap;

use crate::graph_pages::{links_to, words};
use crate::support::html::{main_part, tags, text};
use crate::support::{Library, Outcome, SHORT, Tree};

/// The matrices of a site.
fn matrices(tree: &Tree) -> Vec<&str> {
    let paths = tree.keys().map(String::as_str);
    paths.filter(|path| path.starts_with("matrix/")).collect()
}

/// Every linked cell of a matrix: the page and the place that it leads to, and what it says.
fn cells(page: &str) -> Vec<(String, String, String)> {
    let links = main_part(page).split("<a ").skip(1);
    links
        .filter_map(|link| {
            let (tag, after) = link.split_once('>')?;
            let (path, anchor) = tag.trim_end_matches('"').split_once("where/index.html#")?;
            let path = path.trim_start_matches("href=\"").trim_start_matches("../");
            let (words, _) = after.split_once("</a>")?;
            Some((
                format!("{path}where/index.html"),
                anchor.to_owned(),
                text(words),
            ))
        })
        .collect()
}

/// What a page lists under the heading of an id: for each direction the number that its heading tells, and the links.
fn listed(page: &str, anchor: &str) -> BTreeMap<String, (usize, usize)> {
    let start = page
        .find(&format!("id=\"{anchor}\""))
        .unwrap_or_else(|| panic!("no {anchor} in {page}"));
    let section = &page[start + 1..];
    let end = ["<h3", "<h2", "</section", "<p"]
        .iter()
        .filter_map(|tag| section.find(tag))
        .min()
        .expect("something follows");
    let lists = section[..end].split("<h4").skip(1);
    lists
        .map(|list| {
            let (heading, items) = list.split_once("</h4>").expect("a heading");
            let heading = text(&format!("<h4{heading}"));
            let mut words = heading.split_whitespace().rev();
            let count = words.next().and_then(|word| word.parse().ok());
            let direction = words.next().expect("a word").to_lowercase();
            let links = tags(items).iter().filter(|tag| tag.name == "a").count();
            (direction, (count.expect("a number"), links))
        })
        .collect()
}

fn check_cells(site: &Outcome, path: &str) -> usize {
    let found = cells(&site.page(path));
    for (target, anchor, words) in &found {
        let listed = listed(&site.page(target), anchor);
        let told: BTreeMap<String, (usize, usize)> = words
            .split(['▲', '▼', '◆'])
            .skip(1)
            .map(|part| {
                let (count, direction) = part.trim().split_once(' ').expect("a number and a word");
                let count = count.parse().expect("a number");
                (direction.to_owned(), (count, count))
            })
            .collect();
        assert_eq!(listed, told, "{path}: {target}#{anchor}");
    }
    found.len()
}

#[test]
fn the_number_in_a_cell_is_the_number_of_studies_that_it_leads_to() {
    let library = Library::fixture();
    let site = library.build().succeeds();
    let tree = library.tree();
    let counts: BTreeMap<&str, usize> = matrices(&tree)
        .into_iter()
        .map(|path| (path, check_cells(&site, path)))
        .collect();
    let expected = [
        ("matrix/index.html", 10),
        ("matrix/level/cameron-grid/index.html", 9 + 2),
        ("matrix/evidence-design/index.html", 12),
        ("matrix/evidence-design/cameron-grid/index.html", 11 + 2),
        ("matrix/region/index.html", 10),
        ("matrix/region/cameron-grid/index.html", 9 + 2),
        ("matrix/outcome-aim/index.html", 9),
        ("matrix/outcome-aim/cameron-grid/index.html", 8 + 2),
    ];
    // The framework leaves out one cell, and has a factor with two cells in two of its categories.
    assert_eq!(counts, BTreeMap::from(expected));
}

#[test]
fn a_matrix_counts_its_gaps() {
    let site = Library::fixture().build().succeeds();
    let words = words(&site, "matrix/index.html");
    for said in [
        "In 14 of 24 cells there is nothing",
        "The emptiest column is Whole system: 6 of 6 factors were never seen there.",
        "1 factor is in no study at all.",
        "Town or borough 2 studies",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(links_to(&site, "matrix/index.html", "contribute/"));
    let region = self::words(&site, "matrix/region/index.html");
    // National is no region: its empty cells are no gaps.
    assert!(region.contains("In 3 of 12 cells"), "{region}");
    assert!(region.contains("National 1 study"), "{region}");
}

#[test]
fn rows_and_columns_have_totals() {
    let site = Library::fixture().build().succeeds();
    let words = words(&site, "matrix/index.html");
    // Two levels count one study twice; the sum over all levels counts it once.
    let total = "All factors 1 helped, 0 hindered, 0 mixed 0 helped, 0 hindered, 0 mixed 4 helped, 3 hindered, 1 mixed \
                 2 helped, 3 hindered, 2 mixed 5 helped, 5 hindered, 2 mixed";
    assert!(words.contains(total), "{words}");
    let never = "Factors never seen 5 of 6 6 of 6 1 of 6 2 of 6 1 of 6";
    assert!(words.contains(never), "{words}");
    assert!(
        words.contains("▲2 helped ▼2 hindered"),
        "the row of the shared office"
    );
}

#[test]
fn a_framework_sorts_the_rows_and_says_what_it_leaves_out() {
    let site = Library::fixture().build().succeeds();
    let path = "matrix/region/cameron-grid/index.html";
    let words = words(&site, path);
    let at = |word: &str| {
        words
            .find(word)
            .unwrap_or_else(|| panic!("{word} in {words}"))
    };
    assert!(at("Organisational") < at("Agency staffing"));
    assert!(at("Agency staffing") < at("Cultural and professional"));
    assert!(words.contains("2 factors are in no category here"));
    assert!(!words.contains("Warm homes"), "it is in no category");
    assert!(links_to(
        &site,
        path,
        "frameworks/cameron-grid/index.html#category-cultural"
    ));
}

#[test]
fn an_axis_is_there_if_the_library_has_its_list() {
    let library = Library::fixture();
    let lists = "content/vocabulary/frameworks.yaml";
    library
        .replace(lists, "id: levels", "id: geography")
        .replace(lists, "id: quadruple-aim", "id: four-aims")
        .replace("site-config.toml", "\"quadruple-aim\"", "\"four-aims\"");
    let systems = "content/vocabulary/systems.yaml";
    for region in ["The Dales", "The Hills"] {
        library.replace(systems, &format!("    region: {region}\n"), "");
    }
    let site = library
        .build()
        .succeeds()
        .says("this file has no list `levels`");
    // No levels and no regions: the first of the axes that are left is that of the section.
    let expected = [
        "matrix/evidence-design/cameron-grid/index.html",
        "matrix/index.html",
        "matrix/outcome-aim/cameron-grid/index.html",
        "matrix/outcome-aim/index.html",
    ];
    assert_eq!(matrices(&library.tree()), expected);
    assert!(words(&site, "matrix/index.html").contains("Factors by kind of evidence"));
}

#[test]
fn a_library_without_axes_has_no_matrix() {
    let library = Library::empty();
    library
        .write("site-config.toml", "title = \"Small\"\n")
        .write(
            "content/vocabulary/themes.yaml",
            "themes: [{id: trust, label: Trust, definition: Faith.}]\n",
        )
        .write(
            "content/vocabulary/factors.yaml",
            "factors: [{id: shared-office, label: Shared office, theme: trust, definition: Rooms.}]\n",
        )
        .write(SHORT, &crate::support::study_with_keys(""));
    let site = library.build().succeeds();
    let tree = library.tree();
    assert_eq!(matrices(&tree), Vec::<&str>::new());
    assert!(!tree.contains_key("factors/shared-office/where/index.html"));
    assert!(!tree.contains_key("frameworks/index.html"));
    assert!(!site.page("index.html").contains("matrix/"));
    assert!(!site.page("factors/index.html").contains("frameworks/"));
}

#[test]
fn a_factor_says_where_it_was_seen_and_where_not() {
    let site = Library::fixture().build().succeeds();
    assert!(links_to(
        &site,
        "factors/trust/index.html",
        "factors/trust/where/"
    ));
    let path = "factors/trust/where/index.html";
    let words = words(&site, path);
    assert!(
        words.contains("No study yet: National; Whole system."),
        "{words}"
    );
    assert!(words.contains("One open-plan office, one team"));
    assert!(words.contains("Separate buildings, one list"));
    assert!(!words.contains("A shared front door"), "it doesn't cite it");
    let tree = site.page("factors/warm-homes/index.html");
    assert!(!tree.contains("warm-homes/where"), "nobody has seen it");
}

#[test]
fn a_theory_says_if_and_then() {
    let site = Library::fixture().build().succeeds();
    let words = words(&site, "frameworks/contact-theory/index.html");
    assert!(
        words.contains("If people meet, then they trust each other."),
        "{words}"
    );
    assert!(words.contains("No factor and no study is filed under it"));
}

#[test]
fn a_framework_shows_the_factors_and_studies_of_its_categories() {
    let site = Library::fixture().build().succeeds();
    let path = "frameworks/cameron-grid/index.html";
    let words = words(&site, path);
    for said in [
        "4 of the library’s 6 factors are sorted by it, and 4 studies cite one of these.",
        "What was built, and does it help?",
        "Population 1,000 to 2,000",
        "Depends on Cultural and professional",
        "How many in England about 40",
        "Also called structural",
        "a plain item",
        "Organisational: number of studies in each direction",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    for address in [
        "factors/shared-office/",
        "factors/local-leadership/",
        "factors/trust/",
        "studies/five-minute-study/",
        "evidence/lalani-2019/",
        "matrix/level/cameron-grid/",
        "matrix/outcome-aim/cameron-grid/",
    ] {
        assert!(links_to(&site, path, address), "{address}");
    }
    let factor = "factors/shared-office/index.html";
    assert!(links_to(&site, factor, "frameworks/cameron-grid/"));
}

#[test]
fn a_scale_shows_the_studies_of_its_steps_and_what_has_none() {
    let site = Library::fixture().build().succeeds();
    let path = "frameworks/iap2-spectrum/index.html";
    let words = words(&site, path);
    assert!(
        words.contains("1 study is filed under it. Nothing yet: Inform; Empower."),
        "{words}"
    );
    // A range stands on every step of it.
    assert_eq!(words.matches("One open-plan office, one team").count(), 2);
    let designs = self::words(&site, "frameworks/case-designs/index.html");
    assert!(
        designs.contains("3 studies are filed under it."),
        "{designs}"
    );
    assert!(links_to(
        &site,
        "frameworks/case-designs/index.html",
        "matrix/evidence-design/"
    ));
}

#[test]
fn a_long_list_of_studies_is_cut_to_the_newest() {
    let library = Library::fixture();
    for number in 10..30 {
        let study =
            crate::support::study_with_keys("").replace("A study", &format!("Study {number}"));
        let study = study.replace("2024-05-07", &format!("2025-01-{number}"));
        library.write(&format!("content/studies/s{number}.md"), &study);
    }
    let site = library.build().succeeds();
    let words = words(&site, "frameworks/levels/index.html");
    assert!(words.contains("21 studies; the 12 newest"), "{words}");
    assert!(words.contains("Study 29") && words.contains("Study 18"));
    assert!(!words.contains("Study 17") && !words.contains("Five minutes"));
    let all = "studies/level/national/index.html";
    assert!(links_to(
        &site,
        "frameworks/levels/index.html",
        "studies/level/national/"
    ));
    assert!(links_to(
        &site,
        all,
        "frameworks/levels/index.html#category-national"
    ));
    assert_eq!(check_cells(&site, "matrix/index.html"), 10);
}

#[test]
fn the_index_of_frameworks_leads_to_all_of_them_and_names_lists_that_nothing_uses() {
    let library = Library::fixture();
    library.append(
        "content/vocabulary/frameworks.yaml",
        "\n  - {id: colours, label: Colours of doors, kind: list, note: Seen in passing., categories: [{id: red, label: Red}]}\n",
    );
    let site = library.build().succeeds();
    let path = "frameworks/index.html";
    let words = words(&site, path);
    assert!(
        words.contains("Colours of doors 1 Seen in passing. Red"),
        "{words}"
    );
    assert!(!links_to(&site, path, "frameworks/colours/"));
    assert!(
        words.contains("Partnership grid 2 parts · 4 factors · 4 studies"),
        "{words}"
    );
    for id in ["cameron-grid", "levels", "contact-theory", "relations"] {
        assert!(links_to(&site, path, &format!("frameworks/{id}/")), "{id}");
    }
}
