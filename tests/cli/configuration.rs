//! What `site-config.toml` and a skin of one's own can say, and what happens when they are wrong.

use crate::support::{FULL, Library, SHORT};

#[test]
fn a_broken_configuration_is_exit_status_2_and_names_the_place() {
    for (from, to, word) in [
        ("title = \"Valley", "titel = \"Valley", "titel"),
        ("[review]", "[reviews]", "reviews"),
        ("due_after_months", "due_after_month", "due_after_month"),
        ("level = \"levels\"", "levle = \"levels\"", "levle"),
        ("second-h1 = \"error\"", "third-h1 = \"error\"", "third-h1"),
        ("second-h1 = \"error\"", "second-h1 = \"fatal\"", "fatal"),
        ("yaml_depth = 16", "yaml_depth = \"deep\"", "yaml_depth"),
        ("yaml_depth = 16", "yaml_depht = 16", "yaml_depht"),
        (
            "language = \"en-GB\"",
            "language = \"English, of course\"",
            "language",
        ),
        ("https://git.example", "git.example", "edit_url"),
        ("base_url = \"https:", "base_url = \"http//", "base_url"),
        ("skin = \"default\"", "skin = \"../../skin\"", "skin"),
        ("skin = \"default\"", "skin = \"glossy\"", "glossy"),
        ("[build]", "[build", "line"),
    ] {
        let library = Library::fixture();
        library.replace("site-config.toml", from, to);
        library.build().fails_with(2).says(word).says("error: ");
        assert!(!library.path("public").exists(), "{to}");
    }
}

#[test]
fn a_configuration_may_have_a_byte_order_mark_and_windows_line_ends() {
    let library = Library::fixture();
    let text = library.read("site-config.toml").replace('\n', "\r\n");
    library.write("site-config.toml", &format!("\u{feff}{text}"));
    library.build().has_no_problem();
}

#[test]
fn a_configuration_that_is_no_text_is_exit_status_2() {
    let library = Library::fixture();
    library.write_bytes("site-config.toml", b"title = \"caf\xe9\"\n");
    library.build().fails_with(2).says("site-config.toml");
}

#[test]
fn pages_lead_to_where_they_are_edited() {
    let library = Library::fixture();
    let page = |url: &str| {
        let text = format!("title = \"T\"\nedit_url = \"{url}\"\nlicence = \"CC0\"\n");
        library.write("site-config.toml", &text);
        library
            .build()
            .succeeds()
            .page("studies/five-minute-study/index.html")
    };
    let path = "content/studies/five-minute-study.md";
    for (url, link) in [
        (
            "https://git.example/edit/{path}?a=b",
            format!("https://git.example/edit/{path}?a=b"),
        ),
        (
            "https://git.example/edit/",
            format!("https://git.example/edit/{path}"),
        ),
        (
            "https://git.example/edit",
            format!("https://git.example/edit/{path}"),
        ),
    ] {
        let page = page(url);
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}");
        assert!(page.contains("CC0"));
    }
}

#[test]
fn the_smallest_configuration_is_a_title() {
    let library = Library::fixture();
    library.write("site-config.toml", "title = \"Small\"\n");
    library.build().has_no_problem();
}

#[test]
fn an_empty_library_is_a_site() {
    let library = Library::empty();
    library.write("site-config.toml", "title = \"Empty\"\n");
    let outcome = library.build().succeeds();
    for path in [
        "index.html",
        "studies/index.html",
        "404.html",
        "feed.xml",
        "data/studies.json",
    ] {
        assert!(outcome.exists(path), "{path}");
    }
}

#[test]
fn rules_can_be_louder_quieter_and_off() {
    let library = Library::fixture();
    library.replace(SHORT, "[shared-office]", "[co-location]");
    let set = |severity: &str| {
        let text = Library::fixture().read("site-config.toml");
        let rule = format!("[rules]\nalias-used = \"{severity}\"\n");
        library.write("site-config.toml", &text.replace("[rules]\n", &rule));
    };
    set("error");
    library.build().fails_with(1).says("error[alias-used]");
    set("info");
    library
        .build_with(&["--strict"])
        .succeeds()
        .says("info[alias-used]")
        .counts(1);
    set("off");
    library.build_with(&["--strict"]).has_no_problem();
}

#[test]
fn lists_bind_fields_to_other_frameworks() {
    let library = Library::fixture();
    library
        .replace(
            "content/vocabulary/frameworks.yaml",
            "id: levels",
            "id: tiers",
        )
        .build()
        .says("this file has no list `levels`")
        .says("unknown-list");
    // Then any words may stand there, and they are counted.
    let numbers = library.read("public/data/index.html");
    assert!(numbers.contains("geographical level"), "{numbers}");
    library
        .replace(
            "site-config.toml",
            "level = \"levels\"",
            "level = \"tiers\"",
        )
        .build()
        .has_no_problem();
    library.replace(SHORT, "level: national", "level: village");
    library
        .build()
        .fails_with(1)
        .reports("unknown-value", "content/studies/five-minute-study.md:5:8")
        .says("`tiers`");
}

#[test]
fn a_programme_is_free_text_until_its_list_exists() {
    let library = Library::fixture();
    library.replace(
        FULL,
        "programme: shared-rooms",
        "programme: Any words at all",
    );
    library.build().has_no_problem();
    library.append(
        "content/vocabulary/frameworks.yaml",
        "  - id: programmes\n    label: Programmes\n    kind: list\n    categories:\n      \
         - {id: shared-rooms, label: Shared rooms}\n",
    );
    library
        .build()
        .fails_with(1)
        .reports("unknown-value", &format!("{FULL}:20:12"))
        .counts(1)
        .says("shared-rooms");
}

#[test]
fn limits_can_be_set() {
    for (from, to, rule) in [
        (
            "summary_characters = 300",
            "summary_characters = 20",
            "summary-too-long",
        ),
        (
            "front_matter_values = 5000",
            "front_matter_values = 10",
            "yaml-limit",
        ),
        ("file_bytes = 2000000", "file_bytes = 100", "file-too-large"),
        ("asset_bytes = 5000000", "asset_bytes = 10", "dead-image"),
        ("yaml_depth = 16", "yaml_depth = 2", "yaml-limit"),
    ] {
        let library = Library::fixture();
        library.replace("site-config.toml", from, to);
        library
            .build()
            .fails_with(1)
            .says(&format!("error[{rule}]"));
    }
}

#[test]
fn a_skin_overrides_single_templates_and_brings_assets() {
    let library = Library::fixture();
    library
        .replace("site-config.toml", "skin = \"default\"", "skin = \"plain\"")
        .write(
            "themes/plain/templates/page.html",
            "<!doctype html><html lang=\"en\"><head><title>{{ page.title }}</title></head>\
             <body><h1>Our own {{ page.title }}</h1></body></html>",
        )
        .write("themes/plain/assets/extra.css", "body { color: red }\n");
    let outcome = library.build().succeeds();
    assert!(
        outcome
            .page("about/index.html")
            .contains("Our own About the network")
    );
    assert!(outcome.page("studies/index.html").contains("Case studies"));
    let extra = outcome
        .tree()
        .into_keys()
        .find(|path| path.starts_with("assets/extra-"));
    assert!(extra.is_some_and(|path| path.ends_with(".css")));
}

#[test]
fn a_skin_builds_on_the_templates_and_the_stylesheet_that_it_overrides() {
    let library = Library::fixture();
    library
        .replace("site-config.toml", "skin = \"default\"", "skin = \"plain\"")
        .write(
            "themes/plain/templates/base.html",
            "{% extends \"default/base.html\" %}{% block colophon %}<footer>Our own foot</footer>{% endblock colophon %}",
        )
        .write(
            "themes/plain/assets/style.css",
            "/* Ours */\n@import \"default/style.css\";\n.ours { color: red }\n",
        );
    let outcome = library.build().succeeds();
    let page = outcome.page("about/index.html");
    assert!(page.contains("Our own foot") && page.contains("class=\"masthead\""));
    let tree = outcome.tree();
    let sheets: Vec<_> = tree
        .iter()
        .filter(|(path, _)| path.ends_with(".css"))
        .collect();
    assert_eq!(sheets.len(), 1);
    let css = String::from_utf8_lossy(sheets[0].1);
    assert!(
        css.starts_with(":root {") && css.contains(".masthead"),
        "the default one first"
    );
    assert!(css.ends_with(".ours { color: red }\n") && !css.contains("@import"));
}

/// A skin may come with a pull request, and what it names is published.
#[cfg(unix)]
#[test]
fn a_skin_takes_nothing_from_outside_of_the_library() {
    use std::os::unix::fs::symlink;

    let elsewhere = Library::empty();
    elsewhere.write("assets/secret.png", "secret");
    elsewhere.write("ours/assets/secret.png", "secret");
    for place in [
        "themes/ours/assets/secret.png",
        "themes/ours/assets",
        "themes/ours",
        "themes",
    ] {
        let library = Library::fixture();
        library.replace("site-config.toml", "skin = \"default\"", "skin = \"ours\"");
        library.write("themes/ours/templates/readme.txt", "Nothing.");
        let target = match place {
            "themes" => elsewhere.root(),
            "themes/ours" => elsewhere.path("ours"),
            _ => elsewhere.path(place.trim_start_matches("themes/ours/")),
        };
        let link = library.path(place);
        if link.is_dir() {
            std::fs::remove_dir_all(&link).expect("removed");
        }
        std::fs::create_dir_all(link.parent().expect("a folder")).expect("made");
        symlink(target, link).expect("linked");
        library.build().fails_with(2).says("symbolic links");
    }
    for name in ["..", "../content", "/etc", "a/b", ""] {
        let library = Library::fixture();
        let skin = format!("skin = \"{name}\"");
        library.replace("site-config.toml", "skin = \"default\"", &skin);
        library.build().fails_with(2).says("build.skin");
    }
}

#[test]
fn a_mistake_of_a_skin_is_exit_status_2_with_its_place() {
    let library = Library::fixture();
    library.write(
        "themes/default/templates/page.html",
        "<h1>{{ page.title }</h1>",
    );
    library.build().fails_with(2).says("page.html");
    library.write(
        "themes/default/templates/page.html",
        "<h1>{{ nothing.of_the_kind }}</h1>",
    );
    library.build().fails_with(2).says("nothing");
    assert!(!library.path("public").exists());
}

#[test]
fn a_severity_that_is_the_default_lets_no_dead_link_of_a_template_through() {
    let library = Library::fixture();
    library.write(
        "themes/default/templates/page.html",
        "{% extends \"base.html\" %}{% block main %}<a href=\"#nope\">x</a>{% endblock main %}",
    );
    library.build().fails_with(2).says("#nope");
    library.replace(
        "site-config.toml",
        "[rules]\n",
        "[rules]\ndead-fragment = \"error\"\n",
    );
    library.build().fails_with(2).says("#nope");
}
