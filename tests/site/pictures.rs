//! The pictures of the fixture library: what they link to, what they count, and when there is none.

use crate::graph_pages::{links_to, words};
use crate::support::html::{main_part, tags};
use crate::support::{Library, Outcome};

const SYSTEMS: &str = "content/vocabulary/systems.yaml";

/// The maps of a page: the names of their links.
fn maps(site: &Outcome, path: &str) -> Vec<Vec<String>> {
    let page = site.page(path);
    let maps = main_part(&page)
        .split("aria-label=\"Map of the systems")
        .skip(1);
    maps.map(|map| {
        let (map, _) = map.split_once("</svg>").expect("a map ends");
        let names = map.split("<title>").skip(1);
        names
            .map(|name| name.split_once("</title>").expect("an end").0.to_owned())
            .collect()
    })
    .collect()
}

#[test]
fn each_period_has_a_map_of_links_and_a_system_counts_what_came_before_it() {
    let site = Library::fixture().build().succeeds();
    let path = "systems/index.html";
    assert_eq!(
        maps(&site, path),
        [
            vec![
                "DU, Dales United: 2 studies, 1 from before it",
                "HM, Hill and Moor: 3 studies, 1 from before it",
            ],
            // South Dale became a part of Hill and Moor only later.
            vec![
                "ND, North Dale: 1 study",
                "SD, South Dale: 1 study",
                "HM, Hill and Moor: 2 studies",
            ],
        ]
    );
    let words = words(&site, path);
    assert!(words.contains("from 1 April 2016 to 30 June 2022"));
    for system in ["dales", "hill", "north-dale", "south-dale"] {
        assert!(links_to(&site, path, &format!("{system}/")), "{system}");
    }
}

#[test]
fn the_first_page_shows_the_map_of_today_and_says_it_in_words() {
    let site = Library::fixture().build().succeeds();
    assert_eq!(
        maps(&site, "index.html"),
        maps(&site, "systems/index.html")[..1]
    );
    let words = words(&site, "index.html");
    assert!(words.contains("3 of 4 studies come from 2 of the 2 systems of today"));
    assert!(words.contains("The Dales 2 studies, 1 of 1 system"));
    assert!(words.contains("The Hills 3 studies, 1 of 1 system"));
}

#[test]
fn a_system_without_a_tile_takes_the_map_of_its_period_away() {
    let site = Library::fixture()
        .replace(
            SYSTEMS,
            "    neighbours: [hill]\n    hex_col: 1\n    hex_row: 0\n",
            "",
        )
        .build()
        .succeeds();
    assert!(maps(&site, "index.html").is_empty());
    let left = maps(&site, "systems/index.html");
    assert_eq!(left.len(), 1);
    assert!(left[0][0].starts_with("ND, North Dale"), "{left:?}");
    let dales = words(&site, "systems/dales/index.html");
    assert!(!dales.contains("Its place on the map"), "{dales}");
}

#[test]
fn a_tile_that_moved_stands_elsewhere_on_the_newer_map() {
    let site = Library::fixture()
        .append(
            SYSTEMS,
            "    tile_moves: [{from: 2022-07-01, hex_col: 0, hex_row: 0}]\n",
        )
        .build()
        .succeeds();
    let maps = maps(&site, "systems/index.html");
    assert!(maps[0][0].starts_with("HM, Hill and Moor"), "{maps:?}");
    assert!(maps[1][2].starts_with("HM, Hill and Moor"), "{maps:?}");
}

#[test]
fn a_system_page_shows_its_place_and_leads_to_the_newest_map_that_it_is_on() {
    let site = Library::fixture().build().succeeds();
    for (system, map, period) in [
        ("hill", "#map", "since 1 July 2022"),
        (
            "north-dale",
            "#map-until-2022-06-30",
            "from 1 April 2016 to 30 June 2022",
        ),
    ] {
        let path = format!("systems/{system}/index.html");
        let said = format!("Its place on the map of systems {period}; paler, the neighbours");
        assert!(words(&site, &path).contains(&said), "{system}");
        assert!(
            links_to(&site, &path, &format!("systems/index.html{map}")),
            "{system}"
        );
    }
    assert!(!words(&site, "systems/national/index.html").contains("Its place on the map"));
}

#[test]
fn numbers_of_factors_have_bars_and_factors_without_numbers_have_none() {
    let site = Library::fixture().build().succeeds();
    let bars = |path: &str| {
        let page = site.page(path);
        let tags = tags(main_part(&page));
        let parts = tags.iter().filter(|tag| tag.name == "rect");
        parts
            .map(|part| {
                (
                    part.get("class").unwrap_or("").to_owned(),
                    part.get("width").unwrap_or("").to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let part = |class: &str, width: &str| (class.to_owned(), width.to_owned());
    assert_eq!(
        bars("factors/agency-staffing/index.html"),
        [
            part("barrier", "500"),
            part("enabler", "500"),
            part("mixed", "500")
        ]
    );
    assert_eq!(bars("factors/warm-homes/index.html"), []);
    assert!(!bars("themes/trust/index.html").is_empty());
}

#[test]
fn a_study_that_says_when_it_began_stands_on_the_years_of_the_library() {
    let site = Library::fixture().build().succeeds();
    let dated = site.page("studies/one-open-plan-office/index.html");
    let undated = site.page("studies/shared-front-door/index.html");
    for year in ["2018", "2020", "2022"] {
        let label = format!(">{year}</text>");
        assert!(dated.contains(&label), "{year}");
        assert!(!undated.contains(&label), "{year}");
    }
}
