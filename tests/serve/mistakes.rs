//! The last good site stays up, and what is wrong stands over it until it is mended.

use crate::server::{Event, Server};
use crate::support::{FULL, Library, SHORT};

const ADDRESS: &str = "studies/five-minute-study/";

#[test]
fn an_error_of_content_is_shown_over_the_page_until_it_is_mended() {
    let library = Library::fixture();
    let server = Server::start(&library);
    let page = server.open(ADDRESS);
    library.replace(SHORT, "shared-office", "sharde-<office>");
    let panel = page.problems();
    for part in [
        "<details class=\"panel\" open>",
        "1 error. This is the page as it was before",
        "there is no factor `sharde-&lt;office&gt;`",
        "content/studies/five-minute-study.md:7:12</a>",
        "<mark>sharde-&lt;office&gt;</mark>",
        "did you mean `shared-office`?",
    ] {
        assert!(panel.contains(part), "{part}\n{panel}");
    }
    let file = library.path(SHORT).canonicalize().expect("the file");
    let link = format!("href=\"vscode://file{}:7:12\"", file.display());
    assert!(panel.contains(&link), "{link}\n{panel}");
    assert!(server.get(ADDRESS).text().contains("Five minutes"));
    server.line("error[unknown-factor]");
    let line = server.line("changed:");
    assert!(line.contains("1 error; the site stays as it was"), "{line}");

    library.replace(FULL, "title: ", "title: [");
    let both = page.problems();
    assert!(
        both.contains("2 errors") || both.contains("3 errors"),
        "{both}"
    );
    let text = library.read(FULL).replace("title: [", "title: ");
    library.write(FULL, &text);
    let panel = page.problems();
    assert!(panel.contains("1 error"), "{panel}");
    library.replace(SHORT, "sharde-<office>", "shared-office");
    assert_eq!(page.problems(), "");
}

#[test]
fn warnings_do_not_hold_the_site_back() {
    let library = Library::fixture();
    let server = Server::start(&library);
    let page = server.open(ADDRESS);
    library.append(
        SHORT,
        "Ask [here](http://learning.example/library/about/).\n",
    );
    assert_eq!(page.event(), Event::Reload);
    let page = server.open(ADDRESS);
    let panel = page.problems();
    assert!(
        panel.starts_with("<details class=\"panel\"><summary>"),
        "{panel}"
    );
    assert!(panel.contains("warning"), "{panel}");
    assert!(server.get(ADDRESS).text().contains("Ask "));
}

#[test]
fn a_mistake_in_a_template_is_shown_over_the_page_until_it_is_mended() {
    let library = Library::fixture();
    library.write(
        "themes/default/templates/page.html",
        "{% extends \"base.html\" %}{% block main %}<p>1</p>{% endblock main %}",
    );
    let server = Server::start(&library);
    let page = server.open("about/");
    library.replace(
        "themes/default/templates/page.html",
        "<p>1</p>",
        "<p>{{ page.titel }}</p>",
    );
    let panel = page.problems();
    assert!(panel.contains("titel"), "{panel}");
    assert!(
        panel.contains("themes/default/templates/page.html:1:"),
        "{panel}"
    );
    assert!(server.get("about/").text().contains("<p>1</p>"));
    // A change of content in the meantime doesn't let the broken template through.
    library.replace(SHORT, "Five minutes", "Six minutes");
    server.line("five-minute-study.md changed: 1 error");
    assert!(server.get("about/").text().contains("<p>1</p>"));
    library.replace(
        "themes/default/templates/page.html",
        "page.titel",
        "page.title",
    );
    assert_eq!(page.event(), Event::Reload);
    assert!(server.get(ADDRESS).text().contains("Six minutes"));
    assert!(server.get("about/").text().contains("About the network"));
}

#[test]
fn a_template_that_cannot_be_read_is_shown_too() {
    let library = Library::fixture();
    library.write(
        "themes/default/templates/page.html",
        "{% extends \"base.html\" %}",
    );
    let server = Server::start(&library);
    let page = server.open("about/");
    library.append("themes/default/templates/page.html", "\n{% if %}");
    let panel = page.problems();
    assert!(
        panel.contains("themes/default/templates/page.html:2:"),
        "{panel}"
    );
    library.replace("themes/default/templates/page.html", "\n{% if %}", "");
    assert_eq!(page.problems(), "");
}

#[test]
fn a_link_of_a_template_that_leads_nowhere_is_shown() {
    let library = Library::fixture();
    library.write(
        "themes/default/templates/page.html",
        "{% extends \"base.html\" %}",
    );
    let server = Server::start(&library);
    let page = server.open("about/");
    library.append(
        "themes/default/templates/page.html",
        "{% block main %}<a href=\"nowhere.html\">x</a>{% endblock main %}",
    );
    let panel = page.problems();
    assert!(panel.contains("nowhere.html"), "{panel}");
    assert!(panel.contains("the site has no such file"), "{panel}");
    assert!(!server.get("about/").text().contains("nowhere.html"));
}

#[test]
fn a_mistake_that_is_there_from_the_start_is_found_when_the_pages_are_up() {
    let library = Library::fixture();
    library.write("themes/default/templates/page.html", "{{ page.titel }}");
    let server = Server::start(&library);
    // Other pages are shown.
    let page = server.open(ADDRESS);
    let panel = page.problems();
    assert!(panel.contains("titel"), "{panel}");
    let broken = server.get("about/");
    assert_eq!(broken.status, 500);
    assert!(broken.text().contains("titel"), "{}", broken.text());
    let page = server.open("about/");
    library.replace(
        "themes/default/templates/page.html",
        "page.titel",
        "page.title",
    );
    while page.event() != Event::Reload {}
    assert_eq!(server.get("about/").status, 200);
}

/// Making all pages gives up when a file is saved; it has to begin again where nothing was changed by that.
#[test]
fn a_save_without_a_change_puts_no_mistake_out_of_sight() {
    let library = Library::fixture();
    library.write("themes/default/templates/page.html", "{{ page.titel }}");
    let server = Server::start(&library);
    let page = server.open(ADDRESS);
    library.write(SHORT, &library.read(SHORT));
    let panel = page.problems();
    assert!(panel.contains("titel"), "{panel}");
}

#[test]
fn a_broken_configuration_is_shown_until_it_is_mended() {
    let library = Library::fixture();
    let server = Server::start(&library);
    let page = server.open(ADDRESS);
    library.replace("site-config.toml", "title = \"Valley", "titel = \"Valley");
    let panel = page.problems();
    assert!(panel.contains("titel"), "{panel}");
    assert!(panel.contains("site-config.toml:2:1</a>"), "{panel}");
    assert!(server.get(ADDRESS).text().contains("Five minutes"));
    library.replace("site-config.toml", "titel = \"Valley", "title = \"Valley");
    assert_eq!(page.problems(), "");
}

#[test]
fn while_there_has_been_no_site_the_problems_are_the_page_and_become_it() {
    let library = Library::fixture();
    library.replace(SHORT, "shared-office", "sharde-office");
    let server = Server::start(&library);
    let answer = server.ask("GET", "/studies/five-minute-study/", &[]);
    assert_eq!(answer.status, 503);
    let text = answer.text();
    assert!(text.contains("This page can't be shown yet"), "{text}");
    assert!(
        text.contains("there is no factor `sharde-office`"),
        "{text}"
    );
    let page = server.open("studies/five-minute-study/");
    assert!(page.problems().contains("sharde-office"));
    library.replace(SHORT, "sharde-office", "shared-office");
    assert_eq!(page.event(), Event::Reload);
    assert_eq!(
        server
            .ask("GET", "/library/studies/five-minute-study/", &[])
            .status,
        200
    );
}
