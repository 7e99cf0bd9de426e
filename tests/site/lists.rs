//! The lists of studies: cut into pages, and narrowed by theme, system, level and kind of evidence.

use std::collections::BTreeSet;

use crate::graph_pages::{links_to, words};
use crate::support::html::{main_part, tags};
use crate::support::{Library, Outcome, study_with_keys};

/// The fixture with `count` further studies of its theme and system, one a day, the last of them the newest.
fn many(count: usize, per_page: usize) -> Library {
    let library = Library::fixture();
    for day in 1..=count {
        let keys = "themes: [workforce]\nevidence:\n  design: case-report\n";
        let study = study_with_keys(keys)
            .replace("title: A study", &format!("title: Study of day {day:02}"))
            .replace("2024-05-07", &format!("2023-01-{day:02}"));
        library.write(&format!("content/studies/day-{day:02}.md"), &study);
    }
    library.replace(
        "site-config.toml",
        "[limits]\n",
        &format!("[limits]\nstudies_per_page = {per_page}\n"),
    );
    library
}

/// The slugs of the studies that the main part of a page lists, in its order.
fn listed(site: &Outcome, path: &str) -> Vec<String> {
    let page = site.page(path);
    tags(main_part(&page))
        .iter()
        .filter_map(|tag| tag.get("href"))
        .filter_map(|href| {
            let (_, address) = href.split_once("studies/")?;
            let slug = address.strip_suffix("/index.html")?;
            (!slug.contains('/')).then(|| slug.to_owned())
        })
        .collect()
}

#[test]
fn studies_stand_in_pages_the_newest_first_and_none_is_lost() {
    let site = many(12, 5).build().succeeds();
    let first = listed(&site, "studies/index.html");
    let rest: Vec<String> = (2..)
        .map(|number| format!("studies/page/{number}/index.html"))
        .take_while(|path| site.exists(path))
        .flat_map(|path| listed(&site, &path))
        .collect();
    assert_eq!(first.len(), 5);
    let all: Vec<&String> = first.iter().chain(&rest).collect();
    let different: BTreeSet<&&String> = all.iter().collect();
    assert_eq!(all.len(), different.len(), "no study twice");
    let data = site.page("data/studies.json");
    let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
    let known = data["studies"].as_array().expect("a list").len();
    assert_eq!(all.len(), known);
    let place = |slug: &str| all.iter().position(|each| *each == slug).expect(slug);
    assert!(place("day-12") < place("day-11") && place("day-11") < place("day-01"));
}

#[test]
fn the_pages_of_a_list_lead_to_each_other_and_say_which_they_are() {
    let site = many(12, 5).build().succeeds();
    let path = "studies/page/2/index.html";
    let page = site.page(path);
    let head = page.split("</head>").next().expect("a head");
    let rel = |rel: &str| {
        tags(head)
            .iter()
            .find(|tag| tag.get("rel") == Some(rel))
            .and_then(|tag| tag.get("href").map(str::to_owned))
    };
    assert_eq!(rel("prev").as_deref(), Some("../../../studies/index.html"));
    assert_eq!(
        rel("next").as_deref(),
        Some("../../../studies/page/3/index.html")
    );
    let canonical = rel("canonical").expect("a canonical address");
    assert!(canonical.ends_with("/studies/page/2/"), "{canonical}");
    assert!(head.contains("Case studies, page 2 of 4"), "{head}");
    assert!(words(&site, path).contains("Page 2 of 4"));
    for other in ["studies/", "studies/page/3/", "studies/page/4/"] {
        assert!(links_to(&site, path, other), "{other}");
    }
    assert!(!site.exists("studies/page/1/index.html"));
    assert!(!site.exists("studies/page/5/index.html"));
    assert!(!site.exists("studies/page/index.html"));
}

#[test]
fn a_list_can_be_narrowed_and_counts_its_values() {
    let site = many(3, 50).build().succeeds();
    let path = "studies/theme/workforce/index.html";
    let here = words(&site, path);
    assert!(here.contains("Case studies by theme"), "{here}");
    for address in [
        "themes/workforce/",
        "studies/theme/trust/",
        "studies/system/national/",
        "studies/level/national/",
        "studies/evidence/case-report/",
        "studies/day-03/",
    ] {
        assert!(links_to(&site, path, address), "{address}");
        assert!(site.exists(&format!("{address}index.html")), "{address}");
    }
    // Nobody wrote of housing: the value is there, without a link and without a page.
    assert!(here.contains("Housing 0"), "{here}");
    assert!(!site.exists("studies/theme/housing/index.html"));
    let page = site.page(path);
    let chosen: Vec<_> = tags(main_part(&page))
        .iter()
        .filter(|tag| tag.get("aria-current").is_some())
        .filter_map(|tag| tag.get("href").map(str::to_owned))
        .collect();
    assert_eq!(chosen, ["../../../studies/theme/workforce/index.html"]);
}

#[test]
fn a_narrowed_list_has_pages_too() {
    let site = many(12, 5).build().succeeds();
    let path = "studies/theme/workforce/page/2/index.html";
    let slugs = listed(&site, path);
    assert!(
        slugs.iter().any(|slug| slug.starts_with("day-")),
        "{slugs:?}"
    );
    for slug in slugs {
        assert!(site.exists(&format!("studies/{slug}/index.html")));
    }
    assert!(links_to(&site, path, "studies/theme/workforce/"));
}

/// Libraries are begun in a day, and the page says so.
#[test]
fn studies_of_one_day_stand_by_title() {
    let library = Library::fixture();
    for (slug, title) in [("of-a-day-1", "Zebra"), ("of-a-day-2", "Ant")] {
        let study = study_with_keys("").replace("title: A study", &format!("title: {title}"));
        library.write(&format!("content/studies/{slug}.md"), &study);
    }
    let site = library.build().succeeds();
    let slugs = listed(&site, "studies/index.html");
    let place = |slug: &str| slugs.iter().position(|each| each == slug).expect(slug);
    assert!(place("of-a-day-2") < place("of-a-day-1"), "{slugs:?}");
    let said = words(&site, "studies/index.html");
    assert!(said.contains("those of one day by title"), "{said}");
}

#[test]
fn all_studies_can_be_read_by_title() {
    let site = many(2, 50).build().succeeds();
    let slugs = listed(&site, "studies/by/title/index.html");
    let titles = [
        "shared-front-door",
        "five-minute-study",
        "separate-buildings",
    ];
    let places: Vec<_> = titles
        .iter()
        .map(|slug| slugs.iter().position(|each| each == slug).expect(slug))
        .collect();
    assert!(places.is_sorted(), "A shared, Five, Separate: {slugs:?}");
    assert!(links_to(&site, "studies/index.html", "studies/by/title/"));
}

#[test]
fn pages_of_themes_and_systems_show_the_newest_and_lead_to_all() {
    let site = many(28, 50).build().succeeds();
    for (path, all) in [
        ("themes/workforce/index.html", "studies/theme/workforce/"),
        ("systems/national/index.html", "studies/system/national/"),
    ] {
        let slugs = listed(&site, path);
        assert_eq!(slugs.len(), 24, "{path}");
        assert!(slugs.contains(&"day-28".to_owned()) && !slugs.contains(&"day-01".to_owned()));
        assert!(links_to(&site, path, all), "{path}");
    }
    let few = Library::fixture().build().succeeds();
    assert!(!links_to(
        &few,
        "themes/workforce/index.html",
        "studies/theme/workforce/"
    ));
}

#[test]
fn no_study_can_take_the_address_of_a_list() {
    let library = Library::fixture();
    for slug in ["theme", "system", "level", "evidence", "page", "by"] {
        library.write(&format!("content/studies/{slug}.md"), &study_with_keys(""));
    }
    library.build().succeeds().has_no_problem();
}

#[test]
fn a_level_without_a_list_is_narrowed_by_what_studies_say() {
    let library = Library::fixture();
    library.replace(
        "site-config.toml",
        "\nlevel = \"levels\"",
        "\nlevel = \"nowhere\"",
    );
    let site = library.build().succeeds();
    assert!(site.exists("studies/level/national/index.html"));
}
