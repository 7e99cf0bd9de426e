//! Markdown of a study as its page shows it.

use crate::support::html::{main_part, tags, text};
use crate::support::{Library, SHORT, study_with_body};

/// The main part of the page of a study with this body.
fn page(body: &str) -> String {
    let library = Library::fixture();
    library.sets_rules("template-text = \"off\"");
    library.write(SHORT, &study_with_body(body));
    let page = library
        .build()
        .has_no_problem()
        .page("studies/five-minute-study/index.html");
    main_part(&page).to_owned()
}

#[test]
fn every_kind_of_markdown_is_shown() {
    let site = Library::fixture().build().succeeds();
    let page = site.page("studies/one-open-plan-office/index.html");
    let main = main_part(&page);
    let names: Vec<String> = tags(main).into_iter().map(|tag| tag.name).collect();
    for name in [
        "del", "em", "img", "table", "thead", "dl", "dt", "dd", "pre", "code", "sup", "ul",
    ] {
        assert!(names.iter().any(|known| known == name), "<{name}>");
    }
    let words = text(main);
    for given in [
        "It was easy.",
        "A former canteen.",
        "June",
        "12",
        "desks",
        "telephones",
        "Triage",
        "Deciding who is seen first.",
        "Nobody was asked whether they wanted to move.",
        "\"calls\": [3, 1, 2],",
        "A heading that is called like a part of the page.",
    ] {
        assert!(words.contains(given), "{given}");
    }
    assert!(!words.contains("[!NOTE]") && !words.contains("[^room]") && !words.contains("[x]"));
}

#[test]
fn an_image_has_its_text_and_lies_in_assets_under_a_hash() {
    let site = Library::fixture().build().succeeds();
    let page = site.page("studies/one-open-plan-office/index.html");
    let images: Vec<_> = tags(main_part(&page))
        .into_iter()
        .filter(|tag| tag.name == "img")
        .collect();
    let image = images
        .iter()
        .find(|tag| tag.get("src").is_some_and(|src| src.contains("room-")));
    let image = image.expect("the image");
    assert_eq!(image.get("alt"), Some("The room, seen from the door"));
    let source = image.get("src").unwrap_or("").trim_start_matches("../");
    let tree = site.tree();
    let original = std::fs::read(crate::support::fixture().join("content/studies/valley/room.png"));
    assert_eq!(tree.get(source), original.ok().as_ref());
}

#[test]
fn a_changed_attachment_gets_a_new_address() {
    let library = Library::fixture();
    let names = || -> Vec<String> {
        let tree = library.build().succeeds().tree();
        tree.into_keys()
            .filter(|path| path.ends_with(".pdf"))
            .collect()
    };
    let before = names();
    library.write("content/studies/valley/floor-plan.pdf", "%PDF-1.4 other\n");
    let after = names();
    assert_eq!((before.len(), after.len()), (1, 1));
    assert_ne!(before, after);
}

#[test]
fn one_file_linked_twice_is_published_once_and_an_unlinked_one_is_not() {
    let library = Library::fixture();
    library
        .write("content/studies/a/plan.pdf", "%PDF same\n")
        .write("content/studies/b/plan.pdf", "%PDF same\n")
        .write("content/studies/unlinked.pdf", "%PDF unlinked\n")
        .write(
            SHORT,
            &study_with_body("[a](a/plan.pdf) [b](b/plan.pdf) [a again](a/plan.pdf#page=2)\n"),
        );
    let tree = library.build().has_no_problem().tree();
    let plans = tree
        .keys()
        .filter(|path| path.contains("plan-") && path.ends_with(".pdf"));
    let plans: Vec<_> = plans.filter(|path| !path.contains("floor")).collect();
    assert_eq!(plans.len(), 1, "{plans:?}");
    assert!(!tree.keys().any(|path| path.contains("unlinked")));
}

#[test]
fn the_page_of_an_attachment_is_kept() {
    let main = page_with_plan("[second page](plan.pdf#page=2)");
    let links: Vec<_> = tags(&main)
        .into_iter()
        .filter_map(|tag| tag.get("href").map(str::to_owned))
        .collect();
    assert!(links.iter().any(|link| link.contains(".pdf")), "{links:?}");
}

fn page_with_plan(body: &str) -> String {
    let library = Library::fixture();
    library
        .write("content/studies/plan.pdf", "%PDF\n")
        .write(SHORT, &study_with_body(body));
    let page = library
        .build()
        .has_no_problem()
        .page("studies/five-minute-study/index.html");
    main_part(&page).to_owned()
}

#[test]
fn file_names_may_have_blanks_and_letters_of_any_kind() {
    let library = Library::fixture();
    library
        .write("content/studies/Größe & Plan (neu).PDF", "%PDF\n")
        .write(SHORT, &study_with_body("[plan](<Größe & Plan (neu).PDF>) [again](Gr%C3%B6%C3%9Fe%20&%20Plan%20%28neu%29.PDF)\n"));
    let tree = library.build().has_no_problem().tree();
    let plans: Vec<_> = tree
        .keys()
        .filter(|path| path.ends_with(".pdf") && !path.contains("floor"))
        .collect();
    assert_eq!(plans.len(), 1, "{plans:?}");
    assert!(plans[0].is_ascii());
}

/// Such names are one file on some disks. Addresses differ by more than case, and by plain letters.
#[test]
fn names_that_differ_in_case_or_composition_alone_take_nothing_from_each_other() {
    let names = [
        "Plan.pdf",
        "plan.pdf",
        "PLAN.PDF",
        "caf\u{e9}.pdf",
        "cafe\u{301}.pdf",
    ];
    let library = Library::fixture();
    let mut body = String::new();
    for name in names {
        library.write(
            &format!("content/studies/{name}"),
            &format!("%PDF {name}\n"),
        );
        body.push_str(&format!("[the plan](<{name}>)\n"));
    }
    if library.read("content/studies/Plan.pdf") != "%PDF Plan.pdf\n" {
        return; // This disk doesn't tell them apart.
    }
    library.write("content/studies/same.pdf", "%PDF\n");
    library.write("content/studies/Same.pdf", "%PDF\n");
    body.push_str("[one](same.pdf) [the same](Same.pdf)\n");
    library.write(SHORT, &study_with_body(&body));
    let tree = library.build().has_no_problem().tree();
    let plans: Vec<(&String, String)> = tree
        .iter()
        .filter(|(path, _)| path.ends_with(".pdf") && !path.contains("floor"))
        .map(|(path, bytes)| (path, String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    assert_eq!(plans.len(), names.len() + 1, "{plans:?}");
    assert!(
        plans
            .iter()
            .all(|(path, _)| path.is_ascii() && **path == path.to_lowercase())
    );
    for name in names {
        let whole = format!("%PDF {name}\n");
        assert!(plans.iter().any(|(_, bytes)| *bytes == whole), "{name}");
    }
}

#[test]
fn headings_have_ids_that_are_unique_on_the_page() {
    let main = page(
        "## Same\n\n## Same\n\n### Trust & Co.\n\n## Evidence {#evidence}\n\n## Related\n\n## Ünïcode\n",
    );
    let ids: Vec<String> = tags(&main)
        .iter()
        .filter_map(|tag| tag.get("id").map(str::to_owned))
        .collect();
    for id in ["same", "same-2", "trust-co", "unicode"] {
        assert!(ids.iter().any(|known| known == id), "{id} in {ids:?}");
    }
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
}

#[test]
fn footnotes_are_numbered_as_they_are_met_and_lead_back() {
    let main = page(
        "One[^b], two[^a], three[^b].\n\n[^a]: The first written.\n[^b]: The second written.\n[^c]: Never met.\n",
    );
    let words = text(&main);
    let b = words.find("The second written.").expect("b");
    let a = words.find("The first written.").expect("a");
    assert!(b < a, "in the order in which they are met");
    let backs = tags(&main)
        .iter()
        .filter(|tag| {
            tag.get("href")
                .is_some_and(|href| href.starts_with("#fnref"))
        })
        .count();
    assert_eq!(backs, 3, "one way back for each mention");
}

#[test]
fn a_footnote_that_does_not_exist_is_text() {
    assert!(text(&page("See[^nothing].\n")).contains("[^nothing]"));
}

#[test]
fn comments_are_left_out_in_silence() {
    let main =
        page("Before <!-- a note to myself --> after.\n\n<!--\nA longer\nnote\n-->\n\nEnd.\n");
    let words = text(&main);
    assert!(
        words.contains("Before after.") && words.contains("End."),
        "{words}"
    );
    assert!(!main.contains("note to myself") && !main.contains("A longer"));
}

#[test]
fn html_as_code_is_fine() {
    let words = text(&page(
        "Write `<br>` and\n\n    <div>\n\nor\n\n```html\n<script>x()</script>\n```\n",
    ));
    assert!(
        words.contains("<br>") && words.contains("<div>") && words.contains("<script>x()</script>")
    );
}

#[test]
fn template_code_in_content_is_text() {
    let words = text(&page(
        "Value {{ site.title }} and {% raw %} and {{< shortcode >}}.\n",
    ));
    assert!(
        words.contains("{{ site.title }}") && words.contains("{% raw %}"),
        "{words}"
    );
}

#[test]
fn a_body_may_be_empty() {
    assert!(text(&page("")).contains("A summary."));
}

#[test]
fn reference_links_and_titles_work() {
    let main = page(
        "[about us][about] and [us again][].\n\n[about]: ../pages/about.md \"Who we are\"\n[us again]: <../pages/about.md#top>\n",
    );
    let links: Vec<_> = tags(&main)
        .into_iter()
        .filter(|tag| tag.get("href").is_some_and(|href| href.contains("about/")))
        .collect();
    assert_eq!(links.len(), 2);
    assert_eq!(links[0].get("title"), Some("Who we are"));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let usual = Library::fixture().build().succeeds().tree();
    let library = Library::fixture();
    for path in crate::support::tree_of(&library.root()).keys() {
        if path.ends_with(".md") || path.ends_with(".yaml") {
            let text = library.read(path).replace('\n', "\r\n");
            library.write(path, &format!("\u{feff}{text}"));
        }
    }
    let windows = library.build().has_no_problem().tree();
    for (path, bytes) in &usual {
        let plain = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        let other = windows
            .get(path)
            .unwrap_or_else(|| panic!("{path} is missing"));
        if path.ends_with(".html") || path.starts_with("data/") {
            assert_eq!(plain(bytes), plain(other), "{path}");
        }
    }
}

#[test]
fn a_link_to_a_term_leads_to_its_page() {
    let main = page(
        "[t](../vocabulary/themes.yaml#trust) [f](../vocabulary/factors.yaml#trust) [s](../vocabulary/systems.yaml#hill)\n\
         [n](../vocabulary/systems.yaml#national) [g](../vocabulary/glossary.yaml#mdt) [e](../evidence/others.yaml#leaflet)\n",
    );
    let links: Vec<String> = tags(&main)
        .into_iter()
        .filter_map(|tag| tag.get("href").map(str::to_owned))
        .collect();
    for address in [
        "themes/trust/",
        "factors/trust/",
        "systems/hill/",
        "systems/national/",
        "glossary/",
        "evidence/leaflet/",
    ] {
        assert!(links.iter().any(|link| link.contains(address)), "{address}");
    }
}

/// Labels are alike when they differ in case alone; of two notes with one label the first stands, whatever is in the second.
#[test]
fn footnotes_that_are_written_twice_or_in_another_case_still_lead_somewhere() {
    for (body, doubled) in [
        ("A[^A]\n\n[^a]: note\n", false),
        (
            "A[^1]\n\n[^1]: first\n\n[^1]: second [^2]\n\n[^2]: other\n",
            true,
        ),
        ("[^1]:[^1]:[^1]\n", true),
        (
            "A[^1]\n\n[^1]: first\n\n[^1]: second\n\n    ## A heading\n\n[to it](#b)\n\n## B\n",
            true,
        ),
    ] {
        let library = Library::fixture();
        library.write("content/studies/notes.md", &study_with_body(body));
        let outcome = library.build();
        assert_eq!(outcome.code, Some(0), "{body}: {}", outcome.stderr);
        let said = outcome.stderr.contains("is written twice");
        assert_eq!(said, doubled, "{body}: {}", outcome.stderr);
    }
}

#[test]
fn deep_nesting_is_no_harm() {
    let library = Library::fixture();
    let deep = [
        "> ".repeat(3_000) + "x\n",
        "- ".repeat(3_000) + "x\n",
        "[".repeat(20_000) + "\n",
        "*a ".repeat(20_000) + "\n",
        "![".repeat(5_000) + &"](x.png)".repeat(5_000) + "\n",
        "[^1]: ".repeat(2_000) + "x\n",
        "`".repeat(20_000) + "\n",
        "|a".repeat(2_000) + "|\n" + &"|-".repeat(2_000) + "|\n",
    ];
    for (number, body) in deep.iter().enumerate() {
        library.write(
            &format!("content/studies/deep-{number}.md"),
            &study_with_body(body),
        );
    }
    let outcome = library.build();
    assert!(matches!(outcome.code, Some(0 | 1)), "{:?}", outcome.code);
    assert!(
        outcome.diagnostics().iter().all(|(rule, _)| [
            "dead-image",
            "repeated-value",
            "missing-alt-text",
            "too-many-problems"
        ]
        .contains(&rule.as_str())),
        "{:?}",
        outcome.diagnostics()
    );
}
