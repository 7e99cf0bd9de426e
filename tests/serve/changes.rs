//! Everything that changes is seen, once, by the pages that it changes and by no others.

use std::fs;

use crate::server::{Event, Page, Server};
use crate::support::{FULL, Library, SHORT, study_with_body};

const ADDRESS: &str = "studies/five-minute-study/";

/// A library, its server, and one of its pages in a browser.
fn opened(address: &str) -> (Library, Server, Page) {
    let library = Library::fixture();
    let server = Server::start(&library);
    let page = server.open(address);
    (library, server, page)
}

#[test]
fn a_saved_study_is_on_its_page_and_in_the_lists() {
    let (library, server, page) = opened(ADDRESS);
    let list = server.open("studies/");
    library.replace(SHORT, "Five minutes", "Six minutes");
    assert_eq!(page.event(), Event::Reload);
    assert_eq!(list.event(), Event::Reload);
    for address in [ADDRESS, "studies/", "data/studies.json"] {
        let text = server.get(address).text();
        assert!(
            text.contains("Six minutes") && !text.contains("Five minutes"),
            "/{address}"
        );
    }
    let line = server.line("changed:");
    assert!(
        line.starts_with("content/studies/five-minute-study.md changed: "),
        "{line}"
    );
    assert!(
        line.contains(" pages in ") && line.ends_with(" ms"),
        "{line}"
    );
}

#[test]
fn a_page_that_has_not_changed_is_left_alone() {
    let (library, server, glossary) = opened("glossary/");
    library.replace(SHORT, "Five minutes", "Six minutes");
    server.line("five-minute-study.md changed:");
    // What comes first is of the second change, so the first one brought nothing.
    library.append(
        "content/vocabulary/glossary.yaml",
        "  - {id: zzz, abbr: ZZZ, expansion: Sleep, definition: Rest.}\n",
    );
    assert_eq!(glossary.event(), Event::Reload);
    assert!(!glossary.html.contains("ZZZ"));
    assert!(server.get("glossary/").text().contains("ZZZ"));
    library.remove("content/vocabulary/glossary.yaml");
    server.line("glossary.yaml changed:");
}

#[test]
fn a_browser_that_was_away_is_told_when_it_comes_back() {
    let (library, server, page) = opened(ADDRESS);
    library.replace(SHORT, "Five minutes", "Six minutes");
    assert_eq!(page.event(), Event::Reload);
    // The same version of the page asks again, as one does that was in the background.
    let (_, query) = page
        .html
        .split_once("name=\"caseloom-page\" content=\"")
        .expect("what it is");
    let query = query
        .split('"')
        .next()
        .expect("a query")
        .replace("&amp;", "&");
    let late = server.follow(&query);
    assert_eq!(late.event(), Event::Reload);
}

#[test]
fn a_stylesheet_is_swapped_without_a_reload() {
    let library = Library::fixture();
    library.write("themes/default/assets/style.css", "body { color: red }\n");
    let server = Server::start(&library);
    let page = server.open(ADDRESS);
    library.write("themes/default/assets/style.css", "body { color: green }\n");
    let Event::Look(data) = page.event() else {
        panic!("a stylesheet is look alone");
    };
    let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
    let address = data["stylesheets"][0].as_str().expect("an address");
    assert_eq!(server.get(address).text(), "body { color: green }\n");
    assert!(server.get(ADDRESS).text().contains(address));
    library.replace(SHORT, "Five minutes", "Six minutes");
    assert_eq!(page.event(), Event::Reload);
}

#[test]
fn templates_are_read_anew_also_from_a_folder_that_was_not_there() {
    let (library, server, page) = opened(ADDRESS);
    let template = "{% extends \"base.html\" %}{% block main %}<p>My own {{ study.title }}</p>{{ body }}{% endblock main %}";
    library.write("themes/default/templates/study.html", template);
    assert_eq!(page.event(), Event::Reload);
    assert!(
        server
            .get(ADDRESS)
            .text()
            .contains("<p>My own Five minutes</p>")
    );
    library.remove("themes");
    assert_eq!(server.open(ADDRESS).event(), Event::Reload);
    assert!(!server.get(ADDRESS).text().contains("My own"));
}

#[test]
fn the_configuration_is_read_anew() {
    let (library, server, page) = opened(ADDRESS);
    library.replace(
        "site-config.toml",
        "Valley Learning Network",
        "Hill Learning Network",
    );
    assert_eq!(page.event(), Event::Reload);
    assert!(server.get(ADDRESS).text().contains("Hill Learning Network"));
    library.replace(
        "site-config.toml",
        "learning.example/library/",
        "learning.example/",
    );
    server.line("site-config.toml changed:");
    server.line("site-config.toml changed:");
    let moved = server.ask("GET", "/studies/five-minute-study/", &[]);
    assert_eq!(moved.status, 200);
}

#[test]
fn the_vocabulary_is_read_anew() {
    let (library, server, page) = opened("factors/shared-office/");
    let before = library.read("content/vocabulary/factors.yaml");
    let at = before.find("id: shared-office").expect("the factor");
    let label = before[at..].find("label: ").expect("a label") + at + "label: ".len();
    library.write(
        "content/vocabulary/factors.yaml",
        &format!("{}One roof, {}", &before[..label], &before[label..]),
    );
    assert_eq!(page.event(), Event::Reload);
    assert!(
        server
            .get("factors/shared-office/")
            .text()
            .contains("One roof, ")
    );
    assert!(server.get(ADDRESS).text().contains("One roof, "));
}

#[test]
fn images_are_read_anew() {
    let (library, server, page) = opened("studies/one-open-plan-office/");
    let mut image = fs::read(library.path("content/studies/valley/room.png")).expect("an image");
    let last = image.len() - 1;
    image[last] ^= 1;
    library.write_bytes("content/studies/valley/room.png", &image);
    assert_eq!(page.event(), Event::Reload);
    let html = server.get("studies/one-open-plan-office/").text();
    let (_, rest) = html
        .split_once("<img src=\"../../")
        .expect("the image is shown");
    let address = rest.split('"').next().expect("an address");
    assert_eq!(server.get(address).body, image);
    library.replace(FULL, "room.png", "floor-plan.pdf");
    server.line("room.png changed:");
    server.line("error");
}

#[test]
fn a_new_study_has_its_page() {
    let (library, server, page) = opened("studies/brand-new/");
    assert!(page.html.contains("There is no page at this address"));
    library.write(
        "content/studies/a/new/folder/brand-new.md",
        &study_with_body("Text.\n"),
    );
    assert_eq!(page.event(), Event::Reload);
    assert_eq!(server.get("studies/brand-new/").status, 200);
}

#[test]
fn the_address_of_a_deleted_study_offers_others() {
    let library = Library::fixture();
    library.write(
        "content/studies/five-minute-studies.md",
        &study_with_body("Text.\n"),
    );
    let server = Server::start(&library);
    let page = server.open("studies/five-minute-studies/");
    library.remove("content/studies/five-minute-studies.md");
    assert_eq!(page.event(), Event::Reload);
    let answer = server.get("studies/five-minute-studies/");
    assert_eq!(answer.status, 404);
    assert!(
        answer
            .text()
            .contains("href=\"/library/studies/five-minute-study/\""),
        "{}",
        answer.text()
    );
}

#[test]
fn the_address_of_a_renamed_study_offers_the_new_one() {
    let [first, second, third] = ["first-name", "quite-another", "third"];
    let file = |name: &str| format!("content/studies/{name}.md");
    let address = |name: &str| format!("studies/{name}/");
    let library = Library::fixture();
    library.write(&file(first), &study_with_body("Text.\n"));
    let server = Server::start(&library);
    let rename = |from: &str, to: &str| {
        let page = server.open(&address(from));
        library.rename(&file(from), &file(to));
        assert_eq!(page.event(), Event::Reload);
    };
    let first_leads_to = |name: &str| {
        let answer = server.get(&address(first));
        let link = format!("href=\"/library/{}\">A study</a>", address(name));
        assert_eq!(answer.status, 404);
        assert!(answer.text().contains(&link), "{}", answer.text());
    };
    rename(first, second);
    first_leads_to(second);
    rename(second, third);
    first_leads_to(third);
    rename(third, first);
    assert_eq!(server.get(&address(first)).status, 200);
}

#[test]
fn studies_without_a_text_are_not_taken_for_one() {
    let library = Library::fixture();
    let [gone, come] = ["alpha", "zulu"].map(|name| format!("content/studies/{name}.md"));
    library.write(&gone, &study_with_body(""));
    let server = Server::start(&library);
    let page = server.open("studies/alpha/");
    library.write(
        &come,
        &study_with_body("").replace("title: A study", "title: Another"),
    );
    assert_eq!(page.event(), Event::Reload);
    library.rename(&gone, "content/studies/alpha.txt");
    while server.get("studies/alpha/").status == 200 {
        page.event();
    }
    let page = server.get("studies/alpha/").text();
    assert!(!page.contains("studies/zulu/"), "{page}");
}

#[test]
fn a_save_by_rename_is_seen_and_leftovers_of_editors_are_not() {
    let (library, server, page) = opened(ADDRESS);
    let text = library.read(SHORT).replace("Five minutes", "Six minutes");
    library.write("content/studies/.five-minute-study.md.swp", "leftover");
    library.write("content/studies/five-minute-study.md~", "leftover");
    library.write("content/studies/4913", "");
    library.remove("content/studies/4913");
    library.write("content/studies/five-minute-study.md.tmp", &text);
    library.rename("content/studies/five-minute-study.md.tmp", SHORT);
    assert_eq!(page.event(), Event::Reload);
    let line = server.line("changed:");
    assert!(
        line.starts_with("content/studies/five-minute-study.md changed:"),
        "{line}"
    );
}

#[test]
fn many_files_at_once_are_one_rebuild() {
    let (library, server, page) = opened("studies/");
    // A folder is there at once; written one by one, files may take longer than the quiet that the server waits for.
    for number in 0..10 {
        library.write(
            &format!("aside/new-{number}.md"),
            &study_with_body("Text.\n"),
        );
    }
    let (aside, new) = (
        library.root().join("aside"),
        library.root().join("content/studies/new"),
    );
    std::fs::rename(aside, new).expect("the folder can be moved");
    assert_eq!(page.event(), Event::Reload);
    let line = server.line("changed");
    assert!(
        line.starts_with("10 files changed, content/studies/new/new-0.md the first: "),
        "{line}"
    );
    library.replace(SHORT, "Five minutes", "Six minutes");
    let next = server.line("changed");
    assert!(
        next.starts_with("content/studies/five-minute-study.md"),
        "{next}"
    );
}

#[test]
fn what_changes_while_a_rebuild_runs_is_not_lost() {
    let library = Library::fixture();
    let server = Server::start(&library);
    let text = library.read(SHORT);
    for round in 0..3 {
        let title = |number: usize| format!("Title {number} of round {round}");
        for number in 0..200 {
            library.write(SHORT, &text.replace("Five minutes", &title(number)));
        }
        loop {
            let page = server.open(ADDRESS);
            if page.html.contains(&title(199)) {
                break;
            }
            // It has an older version, so there is word of the last one to come.
            assert_eq!(page.event(), Event::Reload);
        }
    }
}

#[test]
fn a_file_that_was_only_touched_is_no_change() {
    let (library, server, page) = opened(ADDRESS);
    let text = library.read(SHORT);
    library.write(SHORT, &text);
    // A rebuild that tells nothing can't be waited for; the next one must come first.
    library.replace(FULL, "\n---\n", "\n# A remark of YAML.\n---\n");
    let line = server.line("changed");
    assert!(line.contains(FULL), "{line}");
    library.replace(SHORT, "Five minutes", "Six minutes");
    assert_eq!(page.event(), Event::Reload);
}

#[test]
fn the_whole_content_may_be_exchanged() {
    let (library, server, page) = opened(ADDRESS);
    library.rename("content", "content-of-before");
    assert_eq!(page.event(), Event::Reload);
    assert_eq!(server.get(ADDRESS).status, 404);
    let away = server.open(ADDRESS);
    assert!(away.problems().contains("unknown-list"));
    library.rename("content-of-before", "content");
    assert_eq!(away.event(), Event::Reload);
    let back = server.open(ADDRESS);
    library.replace(SHORT, "Five minutes", "Six minutes");
    assert_eq!(back.event(), Event::Reload);
    assert!(server.get(ADDRESS).text().contains("Six minutes"));
}

#[test]
fn the_output_folder_is_never_touched() {
    let library = Library::fixture();
    let server = Server::start(&library);
    let page = server.open(ADDRESS);
    library.replace(SHORT, "Five minutes", "Six minutes");
    assert_eq!(page.event(), Event::Reload);
    assert!(!library.path("public").exists());
    library.build().succeeds();
    library.make_all_old();
    library.replace(SHORT, "Six minutes", "Seven minutes");
    server.line("changed");
    server.line("changed");
    assert_eq!(library.rewritten(), Vec::<String>::new());
}
