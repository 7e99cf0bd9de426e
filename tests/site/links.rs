//! A link checker of its own: every link of every page leads somewhere, and nothing is fetched from elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::html::{Tag, tags};
use crate::support::{Library, Tree};

/// The pages of a site by path, with their tags.
fn pages(tree: &Tree) -> BTreeMap<String, Vec<Tag>> {
    tree.iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| {
            let page = std::str::from_utf8(bytes).expect("pages are UTF-8");
            (path.clone(), tags(page))
        })
        .collect()
}

/// Every address that a tag names, with what it is for.
fn addresses(tag: &Tag) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for name in [
        "href",
        "src",
        "action",
        "formaction",
        "poster",
        "data",
        "cite",
        "xlink:href",
    ] {
        if let Some(value) = tag.get(name) {
            found.push((name, value.to_owned()));
        }
    }
    for candidate in tag.get("srcset").unwrap_or("").split(',') {
        if let Some(address) = candidate.split_whitespace().next() {
            found.push(("srcset", address.to_owned()));
        }
    }
    if tag
        .get("http-equiv")
        .is_some_and(|value| value.eq_ignore_ascii_case("refresh"))
    {
        let content = tag.get("content").unwrap_or("");
        let address = content
            .split_once("url=")
            .map_or("", |(_, address)| address);
        found.push(("refresh", address.to_owned()));
    }
    found
}

fn ids(tags: &[Tag]) -> Vec<&str> {
    tags.iter().filter_map(|tag| tag.get("id")).collect()
}

/// What a relative address means on a page; `None` when it leaves the site.
fn join(page: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let folder = address.is_empty() || address.ends_with(['/', '.']);
    let path = parts.join("/");
    Some(match (folder, path.is_empty()) {
        (true, true) => "index.html".to_owned(),
        (true, false) => format!("{path}/index.html"),
        (false, _) => path,
    })
}

/// Every problem of the links of a site that is published at `base`.
fn problems(tree: &Tree, base: &str) -> Vec<String> {
    let pages = pages(tree);
    let base_path = &base[base.find("//").expect("an address") + 2..];
    let base_path = &base_path[base_path.find('/').expect("a path")..];
    let mut problems = Vec::new();
    for (page, tags) in &pages {
        let mut seen = BTreeSet::new();
        for id in ids(tags) {
            if !seen.insert(id) {
                problems.push(format!("{page}: two ids {id}"));
            }
        }
        for tag in tags {
            if tag.name == "base" {
                problems.push(format!("{page}: a base element"));
            }
            for (what, address) in addresses(tag) {
                let fetched =
                    what != "href" || (tag.name == "link" && tag.get("rel") != Some("canonical"));
                let at = format!("{page}: <{} {what}=\"{address}\">", tag.name);
                let lower = address.to_ascii_lowercase();
                let local = if let Some(rest) = address.strip_prefix(base) {
                    join("index.html", rest.split('#').next().unwrap_or(""))
                        .map(|path| (path, rest.split_once('#').map(|(_, fragment)| fragment)))
                } else if ["http://", "https://", "mailto:", "tel:"]
                    .iter()
                    .any(|s| lower.starts_with(s))
                {
                    if fetched && what != "cite" {
                        problems.push(format!("{at} is fetched from another site"));
                    }
                    continue;
                } else {
                    let (path, fragment) = match address.split_once('#') {
                        Some((path, fragment)) => (path, Some(fragment)),
                        None => (address.as_str(), None),
                    };
                    let path = path.split('?').next().unwrap_or("");
                    let resolved = if path.is_empty() {
                        if fragment.is_none() {
                            problems.push(format!("{at} is empty"));
                        }
                        Some(page.clone())
                    } else if page == "404.html" {
                        match path.strip_prefix(base_path) {
                            Some(path) => join("index.html", path),
                            None => {
                                problems.push(format!("{at} is not absolute under {base_path}"));
                                continue;
                            }
                        }
                    } else if path.starts_with('/') {
                        problems.push(format!("{at} is absolute"));
                        continue;
                    } else {
                        join(page, path)
                    };
                    resolved.map(|path| (path, fragment))
                };
                let Some((path, fragment)) = local else {
                    problems.push(format!("{at} leaves the site"));
                    continue;
                };
                if !tree.contains_key(&path) {
                    problems.push(format!("{at}: there is no {path}"));
                } else if let (Some(fragment), Some(tags)) = (fragment, pages.get(&path))
                    && !fragment.is_empty()
                    && !ids(tags).contains(&fragment)
                {
                    problems.push(format!("{at}: {path} has no #{fragment}"));
                }
            }
        }
    }
    for (path, bytes) in tree.iter().filter(|(path, _)| path.ends_with(".css")) {
        let css = String::from_utf8_lossy(bytes);
        for (at, _) in css.match_indices("url(") {
            let address = css[at + 4..].split(')').next().unwrap_or("");
            let address = address.trim_matches(['"', '\'', ' ']);
            let known = join(path, address).is_some_and(|target| tree.contains_key(&target));
            if !address.starts_with("data:") && !address.starts_with('#') && !known {
                problems.push(format!("{path}: url({address})"));
            }
        }
        if css.contains("@import") {
            problems.push(format!("{path}: an @import"));
        }
    }
    problems
}

const BASE: &str = "https://learning.example/library/";

#[test]
fn every_link_of_the_fixture_leads_somewhere() {
    let site = Library::fixture().build().succeeds();
    assert_eq!(problems(&site.tree(), BASE), Vec::<String>::new());
}

#[test]
fn links_work_under_any_address() {
    let library = Library::fixture();
    for base in [
        "https://x.org/a/b/",
        "https://x.org/",
        "http://127.0.0.1:8000/",
    ] {
        let site = library.build_with(&["--base-url", base]).succeeds();
        assert_eq!(problems(&site.tree(), base), Vec::<String>::new(), "{base}");
    }
}

#[test]
fn pages_do_not_depend_on_the_address_but_for_what_must_be_absolute() {
    let library = Library::fixture();
    let path = "studies/one-open-plan-office/index.html";
    let one = library
        .build_with(&["--base-url", "https://one.example/"])
        .succeeds()
        .page(path);
    let two = library
        .build_with(&["--base-url", "https://two.example/x/"])
        .succeeds()
        .page(path);
    assert_eq!(
        one.replace("https://one.example/", "BASE/"),
        two.replace("https://two.example/x/", "BASE/")
    );
}

#[test]
fn links_of_drafts_lead_somewhere_too() {
    let library = Library::fixture();
    let site = library.build_with(&["--drafts"]).succeeds();
    assert_eq!(problems(&site.tree(), BASE), Vec::<String>::new());
}

#[test]
fn the_not_found_page_is_served_at_any_depth() {
    let library = Library::fixture();
    for (base, path) in [("https://x.org/a/b/", "/a/b/"), ("https://x.org", "/")] {
        let page = library
            .build_with(&["--base-url", base])
            .succeeds()
            .page("404.html");
        let found = tags(&page);
        let local: Vec<&str> = found
            .iter()
            .flat_map(|tag| [tag.get("href"), tag.get("src")])
            .flatten()
            .filter(|address| !address.contains("://") && !address.starts_with('#'))
            .collect();
        assert!(local.len() > 5, "{local:?}");
        for address in local {
            assert!(address.starts_with(path), "{address}");
        }
    }
}

/// The checker itself: a checker that finds nothing is no comfort.
#[test]
fn the_checker_finds_what_is_wrong() {
    let page = |links: &str| format!("<main id=top>{links}</main>").into_bytes();
    let mut tree = Tree::new();
    tree.insert("b/index.html".to_owned(), page(""));
    for (links, fine) in [
        (
            "<a href=\"../b/index.html#top\">x</a><a href='../b/'>x</a><a href=#top>x</a>",
            true,
        ),
        (
            "<a href=\"https://learning.example/library/b/\">x</a>",
            true,
        ),
        (
            "<a href=\"https://learning.example/library/c/\">x</a>",
            false,
        ),
        ("<a href=\"../c/index.html\">x</a>", false),
        ("<a href=\"/b/index.html\">x</a>", false),
        ("<a href=\"../../b/index.html\">x</a>", false),
        ("<a href=\"../b/index.html#no\">x</a>", false),
        ("<a href=\"#no\">x</a>", false),
        ("<img src=\"https://x.org/x.png\">", false),
        ("<script src=\"//x.org/x.js\"></script>", false),
        ("<i id=top></i>", false),
        ("<a href=\"javascript:x()\">x</a>", false),
    ] {
        tree.insert("a/index.html".to_owned(), page(links));
        assert_eq!(problems(&tree, BASE).is_empty(), fine, "{links}");
    }
}
