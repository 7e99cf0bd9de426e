//! Text from a stranger is text on every page: never markup, never a template, never a broken feed.

use crate::support::html::{self, tags};
use crate::support::xml;
use crate::support::{FULL, Library, Outcome, SHORT, study_with_body};

/// Text that would do harm if it became markup, with a name to find it by.
fn hostile(name: &str) -> String {
    format!(
        "{name}<script>evil()</script><img src=x onerror=evil()>\"'><b id=evil>&lt;&amp;\u{202e}rtl\u{2066} {{{{ 7 * 7 }}}} {{% raw %}}"
    )
}

/// The same in the quotes of JSON, which YAML and TOML read too.
fn quoted(name: &str) -> String {
    serde_json::to_string(&hostile(name)).expect("text can be quoted")
}

/// The fixture with hostile text in every text key of content and vocabulary.
fn hostile_library() -> (Library, Vec<&'static str>) {
    let library = Library::fixture();
    library.sets_rules("template-text = \"off\"\nbidirectional-control = \"off\"");
    let config = library.read("site-config.toml");
    let q = quoted;
    library.write(
        "site-config.toml",
        &config
            .replace("\"Valley Learning Network\"", &q("site-title"))
            .replace(
                "\"What helped and what got in the way, in two valleys and a hill.\"",
                &q("site-description"),
            )
            .replace("\"CC BY 4.0\"", &q("licence-name"))
            .replace("summary_characters = 300", "summary_characters = 1000"),
    );
    library.write(
        FULL,
        &format!(
            "---\ntitle: {}\nsummary: {}\npublished: 2019-01-31\nics: [south-dale, north-dale]\nics_basis: inferred\n\
             place: {}\nlevel: [neighbourhood]\npopulation: {}\npartners: [{{name: {}, kind: nhs}}]\nprogramme: {}\n\
             enablers:\n  - {{factor: shared-office, evidence: {}, condition: {}, response: {}}}\n\
             barriers: [{{factor: agency-staffing, evidence: {}}}]\nmixed: [{{factor: trust, evidence: {}}}]\n\
             outcomes: [{{measure: {}, finding: {}}}]\ncmo: [{{context: {}, mechanism: {}, outcome: {}}}]\n\
             effort: {{staff: {}, cost: {}, time: {}}}\nevidence: {{design: formative-evaluation, note: {}, limitations: {}}}\n\
             sources: [{{reference: lalani-2019, where: {}}}]\nrelated: [{{study: separate-buildings, relation: contrasts-with}}]\n---\n\
             ## Done {{#done}}\n\n![room](room.png)\n\n[plan](floor-plan.pdf)\n",
            q("title"), q("summary"), q("place"), q("population"), q("partner"), q("programme"),
            q("evidence"), q("condition"), q("response"), q("barrier"), q("mixed"),
            q("measure"), q("finding"), q("context"), q("mechanism"), q("cmo-outcome"),
            q("staff"), q("cost"), q("time"), q("note"), q("limitations"), q("where"),
        ),
    );
    library
        .replace("content/studies/closed-clinic.md", "withdrawn_reason: The figures were wrong, and the clinic asked for this page to be taken down.", &format!("withdrawn_reason: {}", q("reason")))
        .replace("content/reviews/trust.md", "title: What builds trust", &format!("title: {}", q("review-title")))
        .replace("content/reviews/trust.md", "summary: Two studies say that rooms build trust, and one that they do not.", &format!("summary: {}", q("review-summary")))
        .replace("content/reviews/trust.md", "[Ada Heath, Ben Moor]", &format!("[{}, Ben Moor]", q("review-author")))
        .replace("content/pages/about.md", "title: About the network", &format!("title: {}", q("page-title")))
        .replace("content/pages/about.md", "summary: Who we are.", &format!("summary: {}", q("page-summary")))
        .replace("content/vocabulary/themes.yaml", "label: Trust and relationships", &format!("label: {}", q("theme-label")))
        .replace("content/vocabulary/themes.yaml", "definition: How far people and organisations rely on each other.", &format!("definition: {}", q("theme-definition")))
        .replace("content/vocabulary/themes.yaml", "[relationships]", &format!("[{}]", q("theme-alias")))
        .replace("content/vocabulary/factors.yaml", "label: Shared office", &format!("label: {}", q("factor-label")))
        .replace("content/vocabulary/factors.yaml", "definition: Teams of several organisations work from the same rooms.", &format!("definition: {}", q("factor-definition")))
        .replace("content/vocabulary/factors.yaml", "aliases: [co-location]", &format!("aliases: [{}]", q("factor-alias")))
        .replace("content/vocabulary/factors.yaml", "[a document without a record]", &format!("[{}]", q("factor-source")))
        .replace("content/vocabulary/glossary.yaml", "abbr: MDT", &format!("abbr: {}", q("glossary-abbr")))
        .replace("content/vocabulary/glossary.yaml", "expansion: multidisciplinary team", &format!("expansion: {}", q("glossary-expansion")))
        .replace("content/vocabulary/glossary.yaml", "definition: People of several professions who plan care together.", &format!("definition: {}", q("glossary-definition")))
        .replace("content/vocabulary/systems.yaml", "label: South Dale", &format!("label: {}", q("system-label")))
        .replace("content/vocabulary/systems.yaml", "short: SD", &format!("short: {}", q("system-short")))
        .replace("content/vocabulary/systems.yaml", "region: The Hills", &format!("region: {}", q("system-region")))
        .replace("content/vocabulary/systems.yaml", "part: the eastern half", &format!("part: {}", q("system-part")))
        .replace("content/vocabulary/systems.yaml", "aliases: [NDale]", &format!("aliases: [{}]", q("system-alias")))
        .replace("content/vocabulary/systems.yaml", "ons_code: E54009901", &format!("ons_code: {}", q("system-code")))
        .replace("content/vocabulary/frameworks.yaml", "label: Partnership grid", &format!("label: {}", q("framework-label")))
        .replace("content/vocabulary/frameworks.yaml", "label: Organisational\n", &format!("label: {}\n", q("category-label")))
        .replace("content/vocabulary/frameworks.yaml", "{id: neighbourhood, label: Neighbourhood,", &format!("{{id: neighbourhood, label: {},", q("level-label")))
        .replace("content/vocabulary/frameworks.yaml", "label: Contrasts with", &format!("label: {}", q("relation-label")))
        .replace("content/evidence/papers.yaml", "title: \"Rooms and relationships: a formative evaluation\"", &format!("title: {}", q("reference-title")))
        .replace("content/evidence/papers.yaml", "[Lalani M, Marshall M]", &format!("[{}]", q("reference-author")))
        .replace("content/evidence/papers.yaml", "publisher: Journal of Shared Rooms", &format!("publisher: {}", q("reference-publisher")))
        .replace("content/evidence/papers.yaml", "type: report", &format!("type: {}", q("reference-type")))
        .replace("content/evidence/papers.yaml", "access: abstract only", &format!("access: {}", q("reference-access")));
    let shown = vec![
        "site-title",
        "site-description",
        "licence-name",
        "title",
        "summary",
        "place",
        "population",
        "partner",
        "programme",
        "evidence",
        "condition",
        "response",
        "barrier",
        "mixed",
        "measure",
        "finding",
        "context",
        "mechanism",
        "cmo-outcome",
        "staff",
        "cost",
        "time",
        "note",
        "limitations",
        "where",
        "reason",
        "review-title",
        "review-summary",
        "review-author",
        "page-title",
        "theme-label",
        "theme-definition",
        "theme-alias",
        "factor-label",
        "factor-definition",
        "factor-alias",
        "factor-source",
        "glossary-abbr",
        "glossary-expansion",
        "glossary-definition",
        "system-label",
        "system-short",
        "system-region",
        "system-part",
        "system-code",
        "framework-label",
        "category-label",
        "level-label",
        "relation-label",
        "reference-title",
        "reference-author",
        "reference-publisher",
        "reference-type",
        "reference-access",
    ];
    (library, shown)
}

/// Asserts that no tag of any page came from content.
#[track_caller]
fn has_no_foreign_markup(site: &Outcome) {
    for (path, bytes) in site
        .tree()
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
    {
        let page = String::from_utf8(bytes.clone()).expect("pages are UTF-8");
        for tag in tags(&page) {
            assert_ne!(tag.get("id"), Some("evil"), "{path}");
            assert_ne!(tag.get("src"), Some("x"), "{path}");
            let data = tag.get("type").is_some_and(|kind| kind.ends_with("json"));
            assert!(
                tag.name != "script" || tag.get("src").is_some() || data,
                "{path}: a script"
            );
            for (name, value) in &tag.attributes {
                assert!(
                    !name.starts_with("on"),
                    "{path}: <{} {name}={value}>",
                    tag.name
                );
                let plain = name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_'));
                assert!(plain, "{path}: an attribute {name:?} of <{}>", tag.name);
            }
        }
        assert!(!page.contains("<script>evil"), "{path}");
        assert!(
            !page.contains("onerror=evil()>") || !page.contains("<img src=x"),
            "{path}"
        );
    }
}

#[test]
fn hostile_text_is_shown_as_text_and_is_markup_nowhere() {
    let (library, shown) = hostile_library();
    let site = library.build().succeeds();
    has_no_foreign_markup(&site);
    let texts: Vec<String> = site
        .tree()
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(_, bytes)| html::text(&String::from_utf8_lossy(bytes)).to_lowercase())
        .collect();
    for name in shown {
        // A label in the middle of a sentence may have another first letter.
        let wanted = hostile(name).to_lowercase();
        assert!(
            texts.iter().any(|text| text.contains(&wanted)),
            "{name} is shown on no page"
        );
    }
}

#[test]
fn template_code_is_not_run() {
    let (library, _) = hostile_library();
    let site = library.build().succeeds();
    for (path, bytes) in site.tree() {
        let page = String::from_utf8_lossy(&bytes);
        assert!(!page.contains("rtl\u{2066} 49"), "{path}");
    }
}

#[test]
fn feeds_data_and_sitemap_hold_hostile_text_unharmed() {
    let (library, _) = hostile_library();
    let site = library.build().succeeds();
    let feed = xml::parse(&site.page("feed.xml"));
    let titles: Vec<_> = feed
        .all("entry")
        .map(|entry| entry.text_of("title").to_owned())
        .collect();
    assert!(titles.contains(&hostile("title")), "{titles:?}");
    xml::parse(&site.page("themes/trust/feed.xml"));
    xml::parse(&site.page("sitemap.xml"));
    let data: serde_json::Value =
        serde_json::from_str(&site.page("data/studies.json")).expect("JSON");
    assert!(data["studies"].as_array().is_some_and(|studies| {
        studies
            .iter()
            .any(|study| study["title"] == hostile("title").as_str())
    }));
    let csv = site.page("data/studies.csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert!(
        rows.iter()
            .any(|row| row.iter().any(|cell| cell == hostile("title")))
    );
    serde_json::from_str::<serde_json::Value>(&site.page("data/vocabulary.json")).expect("JSON");
    serde_json::from_str::<serde_json::Value>(&site.page("data/references.json")).expect("JSON");
}

#[test]
fn attributes_of_headings_are_dropped() {
    let library = Library::fixture();
    library.write(
        SHORT,
        &study_with_body(
            "## One {#one .two onclick=\"evil()\" style=\"x\" data-x=1}\n\n## Two {#\"><script>evil()</script>}\n\n\
             ## Three {#a\"b'c}\n\n## Four {onmouseover=evil()}\n",
        ),
    );
    let outcome = library.build();
    // A heading with a tag in it may be refused as raw HTML; what is accepted must be harmless.
    if outcome.code == Some(1) {
        library.write(
            SHORT,
            &study_with_body("## One {#one .two onclick=\"evil()\" style=\"x\" data-x=1}\n\n## Three {#a\"b'c}\n\n## Four {onmouseover=evil()}\n"),
        );
    }
    let site = library.build().succeeds();
    has_no_foreign_markup(&site);
    let page = site.page("studies/five-minute-study/index.html");
    for tag in tags(html::main_part(&page))
        .iter()
        .filter(|tag| tag.name == "h2")
    {
        for (name, value) in &tag.attributes {
            assert!(["id", "class"].contains(&name.as_str()), "{name}={value}");
            assert_ne!((name.as_str(), value.as_str()), ("class", "two"));
            assert!(!value.contains(['"', '\'', '<']), "{value}");
        }
    }
}

#[test]
fn every_corner_of_markdown_escapes_its_text() {
    let library = Library::fixture();
    library.write(
        SHORT,
        &study_with_body(
            "[a](https://x.org/ \"\\\"><script>evil()</script>\")\n\n[b](<https://x.org/\"onclick=evil()>)\n\n\
             <https://x.org/\"onclick=evil()>\n\n`<script>evil()</script>`\n\n\
             ```python\"><script>evil()</script>\n<script>evil()</script>\n```\n\n\
             Note[^a\"><b>].\n\n[^a\"><b>]: A note.\n\n\
             | \\<script> | `<b onclick=evil()>` |\n|---|---|\n| &lt;script&gt;evil()&lt;/script&gt; | x |\n\n\
             Term `<b>`\n: \\<script>evil()\n\n\\<img src=x onerror=evil()>\n\n&lt;img src=x onerror=evil()&gt;\n",
        ),
    );
    library.write_bytes(
        "content/studies/room.png",
        &std::fs::read(library.path("content/studies/valley/room.png")).expect("the image"),
    );
    library.append(
        SHORT,
        "\n![\"><script\\>evil() \\<b onload=x>](room.png \"'\\\" onerror=evil()\")\n",
    );
    let outcome = library.build();
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    has_no_foreign_markup(&outcome);
}

#[test]
fn terminal_escapes_in_content_do_not_reach_the_terminal() {
    let library = Library::fixture();
    library.replace(
        SHORT,
        "[shared-office]",
        "[\"\\u001b[31mred\\u001b[0m\\u202e\"]",
    );
    let outcome = library.build().fails_with(1);
    assert!(
        !outcome.stderr.contains('\u{1b}') && !outcome.stderr.contains('\u{202e}'),
        "{:?}",
        outcome.stderr
    );
    library.write(
        SHORT,
        &study_with_body("[x](\u{1b}[2J.md) \u{1b}]0;title\u{7} <b>\u{1b}[31m</b>\n"),
    );
    let outcome = library.build().fails_with(1);
    assert!(
        !outcome.stderr.contains('\u{1b}') && !outcome.stderr.contains('\u{7}'),
        "{:?}",
        outcome.stderr
    );
}

/// Terminals read the control characters beyond ASCII as well: U+009B begins a command as escape and `[` do.
#[test]
fn control_characters_beyond_ascii_do_not_reach_the_terminal() {
    let hidden = ['\u{9b}', '\u{85}', '\u{61c}', '\u{200f}'];
    let library = Library::fixture();
    library.write(
        SHORT,
        &study_with_body(
            "[x](\u{9b}31m.md) \u{85}\u{61c}\u{200f} <b>\u{9b}31m</b>\n\n[x\u{9b}](y\u{200f}.md)\n",
        ),
    );
    let outcome = library.build().fails_with(1);
    assert!(!outcome.stderr.contains(hidden), "{:?}", outcome.stderr);
}

/// The policy `default-src 'self'` forbids inline scripts, styles and data blocks that run; so there is none of them, and no
/// text of content has to be escaped for them.
#[test]
fn pages_hold_no_inline_code_and_no_inline_data() {
    let (library, _) = hostile_library();
    let site = library.build().succeeds();
    for (path, bytes) in site.tree() {
        if !path.ends_with(".html") {
            continue;
        }
        for tag in tags(&String::from_utf8_lossy(&bytes)) {
            let address = tag.get("src").unwrap_or("");
            // The page of unknown addresses is shown at any depth, so its links begin at the root.
            let path_of_site = address.trim_start_matches("/library/");
            let own = path_of_site
                .trim_start_matches("../")
                .starts_with("assets/");
            assert!(tag.name != "script" || own, "{path}: a script {address:?}");
            assert!(
                !["style", "iframe", "object", "embed", "base"].contains(&tag.name.as_str()),
                "{path}: <{}>",
                tag.name
            );
            assert_eq!(tag.get("style"), None, "{path}: <{}>", tag.name);
        }
    }
}
