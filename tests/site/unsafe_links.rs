//! Links that could run code or leave the web are refused, however they are written.

use crate::support::html::tags;
use crate::support::{FULL, Library, SHORT, study_with_body, study_with_keys};

/// Ways of writing a link that must not get through.
const UNSAFE: [&str; 30] = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](javascript:alert(1) \"title\")",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&#58;alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#0058;alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](java&NewLine;script:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](&#1;javascript:alert(1))",
    "[x](&#32;javascript:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](java\\script:alert(1))",
    "[x](data:text/html,hello)",
    "[x](DATA:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](blob:https://x.org/1)",
    "[x](ftp://x.org/)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x]\n\n[x]: javascript:alert(1)",
    "[x][y]\n\n[y]: <JavaScript:alert(1)> 'title'",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "[![x](room.png)](javascript:alert(1))",
    "[x](//evil.example/)",
];

#[test]
fn every_unsafe_link_is_an_error_at_its_line() {
    let library = Library::fixture();
    library.write_bytes(
        "content/studies/room.png",
        &std::fs::read(library.path("content/studies/valley/room.png")).expect("the image"),
    );
    for link in UNSAFE {
        library.write(SHORT, &study_with_body(&format!("Safe.\n\n{link}\n")));
        let outcome = library.build();
        assert_eq!(outcome.code, Some(1), "{link}\n{}", outcome.stderr);
        let found = outcome.diagnostics();
        assert!(!found.is_empty(), "{link}");
        for (rule, place) in found {
            let known = ["unsafe-link", "dead-link", "external-image"];
            assert!(known.contains(&rule.as_str()), "{link}: {rule}");
            let line: usize = place
                .split(':')
                .nth(1)
                .and_then(|line| line.parse().ok())
                .unwrap_or(0);
            assert!((11..=13).contains(&line), "{link}: {place}");
        }
    }
}

#[test]
fn the_usual_ones_are_called_unsafe() {
    for (link, column) in [
        ("[x](javascript:alert(1))", 5),
        ("[x](JaVaScRiPt:alert(1))", 5),
        ("[x](data:text/html,hello)", 5),
        ("<javascript:alert(1)>", 2),
        ("<data:text/html,x>", 2),
        ("![x](data:image/png;base64,AAAA)", 6),
        ("[x](//evil.example/)", 5),
    ] {
        let library = Library::fixture();
        library.write(SHORT, &study_with_body(&format!("{link}\n")));
        library
            .build()
            .fails_with(1)
            .reports("unsafe-link", &format!("{SHORT}:9:{column}"))
            .counts(1);
    }
}

/// Where the text of the file differs from what the parser makes of it, the whole link is shown.
#[test]
fn what_is_hidden_by_entities_is_called_unsafe_too() {
    for link in [
        "[x](&#106;avascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](java&Tab;script:alert(1))",
        "[x](&#1;javascript:alert(1))",
    ] {
        let library = Library::fixture();
        library.write(SHORT, &study_with_body(&format!("Text {link}\n")));
        library
            .build()
            .fails_with(1)
            .reports("unsafe-link", &format!("{SHORT}:9:6"))
            .counts(1);
    }
}

#[test]
fn even_with_every_rule_switched_off_nothing_unsafe_is_written() {
    let library = Library::fixture();
    library.replace(
        "site-config.toml",
        "[rules]\n",
        "[rules]\nunsafe-link = \"off\"\ndead-link = \"off\"\nraw-html = \"off\"\nexternal-image = \"off\"\n\
         absolute-link = \"off\"\ndead-image = \"off\"\n",
    );
    for (number, link) in UNSAFE.iter().enumerate() {
        library.write(
            &format!("content/studies/unsafe-{number}.md"),
            &study_with_body(link),
        );
    }
    library.write(
        "content/studies/raw.md",
        &study_with_body("<script>x()</script>\n\n<img src=x onerror=x()>\n\ninline <b onclick=x()>b</b> <svg/onload=x()>\n"),
    );
    let site = library.build().succeeds();
    for (path, bytes) in site
        .tree()
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
    {
        let page = String::from_utf8_lossy(bytes);
        for tag in tags(&page) {
            for (name, value) in &tag.attributes {
                assert!(!name.starts_with("on"), "{path}: <{} {name}>", tag.name);
                let squeezed: String = value.chars().filter(|c| *c > ' ').collect();
                let squeezed = squeezed.to_ascii_lowercase();
                if ["href", "src", "action", "content"].contains(&name.as_str()) {
                    for scheme in ["javascript:", "data:", "vbscript:", "file:", "blob:"] {
                        assert!(!squeezed.starts_with(scheme), "{path}: {name}={value}");
                    }
                    assert!(!squeezed.starts_with("//"), "{path}: {name}={value}");
                }
            }
            let bare_script = tag.name == "script"
                && tag.get("src").is_none()
                && tag.get("type") != Some("application/ld+json")
                && tag.get("type") != Some("application/json");
            assert!(!bare_script, "{path}: a script");
        }
    }
}

#[test]
fn addresses_in_front_matter_are_addresses_of_the_web() {
    for url in [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.org/",
        "x.org",
        "ftp://x.org/",
        "https://",
        "https://x.org/a b",
    ] {
        let library = Library::fixture();
        library.write(
            SHORT,
            &study_with_keys(&format!("sources: [{{url: \"{url}\"}}]\n")),
        );
        library
            .build()
            .fails_with(1)
            .reports("unsafe-link", &format!("{SHORT}:8:17"))
            .counts(1);
    }
    let library = Library::fixture();
    library.replace(
        "content/evidence/papers.yaml",
        "https://journal.example/rooms",
        "javascript:alert(1)",
    );
    library
        .build()
        .fails_with(1)
        .reports("unsafe-link", "content/evidence/papers.yaml:10:10")
        .counts(1);
}

/// A bare control character makes no link in CommonMark: it is text.
#[test]
fn what_is_no_link_is_text() {
    let library = Library::fixture();
    library.write(
        SHORT,
        &study_with_body(
            "[x](\u{1}javascript:alert(1)) [y] (javascript:alert(1)) javascript:alert(1)\n",
        ),
    );
    let page = library
        .build()
        .has_no_problem()
        .page("studies/five-minute-study/index.html");
    assert!(
        !tags(&page)
            .iter()
            .any(|tag| tag.get("href").is_some_and(|href| href.contains("script")))
    );
}

#[test]
fn safe_links_are_links() {
    let library = Library::fixture();
    library.write(
        SHORT,
        &study_with_body("[a](https://x.org/) [b](HTTP://x.org/) [c](mailto:a@b.org) [d](tel:+44123) <https://y.org/> <a@b.org>\n"),
    );
    let page = library
        .build()
        .has_no_problem()
        .page("studies/five-minute-study/index.html");
    for href in [
        "https://x.org/",
        "HTTP://x.org/",
        "mailto:a@b.org",
        "tel:+44123",
        "https://y.org/",
    ] {
        assert!(
            tags(&page).iter().any(|tag| tag.get("href") == Some(href)),
            "{href}"
        );
    }
}

#[test]
fn links_that_leave_the_library_are_dead() {
    for link in [
        "../../../../../etc/passwd",
        "../../site-config.toml",
        "../../../library/site-config.toml",
        "%2e%2e/%2e%2e/site-config.toml",
    ] {
        let library = Library::fixture();
        library.replace(FULL, "(floor-plan.pdf)", &format!("({link})"));
        library.build().fails_with(1).says("dead-link").counts(1);
    }
}
