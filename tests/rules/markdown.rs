//! Mistakes of Markdown bodies.

use crate::support::{FULL, Library, SHORT, study_with_body};
use crate::{after, short, with_body};

#[test]
fn raw_html_is_reported_with_its_line() {
    for (body, place) in [
        ("<b>bold</b>\n", "9:1"),
        ("Text.\n\n<div class=\"x\">\n\nText.\n\n</div>\n", "11:1"),
        ("One\ntwo <br> three\n", "10:5"),
        ("- item\n  - deeper <span>x</span>\n", "10:12"),
        ("> quote <i>x</i>\n", "9:9"),
        ("| a | b |\n|---|---|\n| x | <b>y</b> |\n", "11:7"),
        ("Note[^1].\n\n[^1]: A <u>note</u>.\n", "11:9"),
        ("## Heading <small>x</small>\n", "9:12"),
        ("Term\n: Text <b>x</b>\n", "10:8"),
        ("<?php x ?>\n", "9:1"),
        ("<!DOCTYPE html>\n", "9:1"),
        ("<![CDATA[x]]>\n", "9:1"),
        ("</p>\n", "9:1"),
        ("<custom-element>\n", "9:1"),
        ("<!-- comment --><script>x()</script>\n", "9:1"),
        ("caf\u{e9} \u{1f600} <br>\n", "9:8"),
    ] {
        let outcome = with_body(body)
            .fails_with(1)
            .reports("raw-html", &short(place));
        for (rule, _) in outcome.diagnostics() {
            assert_eq!(rule, "raw-html", "{body}");
        }
    }
}

#[test]
fn raw_html_of_pages_and_reviews_is_reported_too() {
    for (path, place) in [
        ("content/pages/about.md", "7:1"),
        ("content/reviews/trust.md", "14:1"),
    ] {
        after(|library| {
            library.append(path, "<hr>\n");
        })
        .fails_with(1)
        .reports("raw-html", &format!("{path}:{place}"))
        .counts(1);
    }
}

#[test]
fn links_lead_from_file_to_file() {
    for (link, column, word) in [
        ("no-such.md", 5, "no-such.md"),
        (
            "hill/seperate-buildings.md",
            5,
            "hill/separate-buildings.md",
        ),
        ("separate-buildings.md", 5, "hill/separate-buildings.md"),
        ("../pages/abuot.md", 5, "../pages/about.md"),
        ("about/", 5, "not to its address"),
        ("hill", 5, "not to its address"),
        ("no-such.pdf", 5, "no-such.pdf"),
        ("../vocabulary/factors.yaml", 5, "name one of them"),
        ("five-minute-study.html", 5, "five-minute-study.md"),
    ] {
        with_body(&format!("[x]({link})\n"))
            .fails_with(1)
            .reports("dead-link", &short(&format!("9:{column}")))
            .says(word)
            .counts(1);
    }
}

#[test]
fn an_empty_link_leads_nowhere() {
    for link in ["[x]()", "[x](<>)", "[x](?)", "[x](.)", "[x](..)"] {
        with_body(&format!("{link}\n"))
            .fails_with(1)
            .says("dead-link")
            .counts(1);
    }
}

#[test]
fn a_link_begins_with_no_slash() {
    for link in [
        "/studies/separate-buildings/",
        "/content/pages/about.md",
        "/",
    ] {
        with_body(&format!("[x]({link})\n"))
            .fails_with(1)
            .reports("absolute-link", &short("9:5"))
            .counts(1);
    }
}

#[test]
fn a_fragment_is_a_heading() {
    with_body("## One\n\n[x](#two)\n")
        .fails_with(1)
        .reports("dead-fragment", &short("11:5"))
        .says("#one")
        .counts(1);
    with_body("[x](hill/separate-buildings.md#what-was-keept)\n")
        .fails_with(1)
        .reports("dead-fragment", &short("9:31"))
        .says("[x](hill/separate-buildings.md#what-was-kept)")
        .counts(1);
    with_body("[x](../pages/contribute.md#any)\n")
        .fails_with(1)
        .reports("dead-fragment", &short("9:27"))
        .says("no headings")
        .counts(1);
    with_body("[x](../vocabulary/factors.yaml#trsut)\n")
        .fails_with(1)
        .reports("dead-fragment", &short("9:5"))
        .says("#trust")
        .counts(1);
    with_body("## One\n\n[a](#one) [b](#top) [c](#) [d](hill/separate-buildings.md#top)\n")
        .has_no_problem();
}

#[test]
fn a_fragment_of_another_alphabet_is_found() {
    with_body("## \u{dc}ber uns\n\n[a](#uber-uns)\n").has_no_problem();
    with_body("## What's \"new\"?\n\n[a](#whats-new)\n").has_no_problem();
}

#[test]
fn an_image_is_there() {
    with_body("![x](no-such.png)\n")
        .fails_with(1)
        .reports("dead-image", &short("9:6"))
        .counts(1);
    with_body("![x](five-minute-study.md)\n")
        .fails_with(1)
        .says("image")
        .counts(1);
    after(|library| {
        library.remove("content/studies/valley/room.png");
    })
    .fails_with(1)
    .reports("dead-image", &format!("{FULL}:59:33"))
    .counts(1);
}

#[test]
fn an_image_is_of_this_library() {
    for image in [
        "https://x.org/a.png",
        "http://x.org/a.png",
        "HTTPS://x.org/a.png",
    ] {
        with_body(&format!("![x]({image})\n"))
            .fails_with(1)
            .reports("external-image", &short("9:6"))
            .counts(1);
    }
    with_body("[![x](https://x.org/a.png)](https://x.org/)\n")
        .fails_with(1)
        .says("external-image")
        .counts(1);
}

#[test]
fn attachments_are_of_types_that_do_no_harm() {
    for name in [
        "a.html",
        "a.svg",
        "a.js",
        "a.exe",
        "a.htm",
        "a.xml",
        "a",
        "a.pdf.html",
        "a.xhtml",
        "a.docm",
    ] {
        after(|library| {
            library
                .write(&format!("content/studies/{name}"), "<script>x()</script>")
                .write(SHORT, &study_with_body(&format!("[x]({name})\n")));
        })
        .fails_with(1)
        .reports("attachment-type", &short("9:5"))
        .says("pdf")
        .counts(1);
    }
    for name in ["a.svg", "a.pdf", "a.html"] {
        after(|library| {
            library
                .write(&format!("content/studies/{name}"), "<svg/>")
                .write(SHORT, &study_with_body(&format!("![x]({name})\n")));
        })
        .fails_with(1)
        .reports("attachment-type", &short("9:6"))
        .counts(1);
    }
    for name in [
        "a.pdf", "a.PDF", "a.csv", "a.xlsx", "a.docx", "a.odt", "a.txt", "a.zip", "a.jpeg",
    ] {
        after(|library| {
            library
                .write(&format!("content/studies/{name}"), "anything")
                .write(SHORT, &study_with_body(&format!("[x]({name})\n")));
        })
        .has_no_problem();
    }
}

#[test]
fn links_are_not_unsafe() {
    for (link, word) in [
        ("javascript:void", "`javascript:`"),
        ("http:evil.example", "http://evil.example"),
        ("https:/evil.example", "https://evil.example"),
        ("https:///evil.example", "https://evil.example"),
        ("HTTP:", "which site"),
        ("//evil.example/x", "(https://evil.example/x)"),
        (
            "file:///S:/Team/rota.xlsx",
            "write only its name here: rota.xlsx",
        ),
        ("S:/Team/rota.xlsx", "drive"),
        ("\\\\server/Team/rota.xlsx", "drive"),
    ] {
        with_body(&format!("[x]({link})\n"))
            .fails_with(1)
            .says("unsafe-link")
            .says(word)
            .counts(1);
    }
}

/// The destination is what is marked and replaced, wherever else the same words stand.
#[test]
fn a_destination_is_told_from_text_title_and_definition() {
    for (body, place, mended) in [
        (
            "[x](separate-buildings.md \"separate-buildings.md\")\n",
            "9:5",
            "[x](hill/separate-buildings.md \"separate-buildings.md\")",
        ),
        (
            "[separate-buildings.md](separate-buildings.md)\n",
            "9:25",
            "[separate-buildings.md](hill/separate-buildings.md)",
        ),
        (
            "See [the Other] and separate-buildings.md.\n\n[the other]: <separate-buildings.md> 'x'\n",
            "11:15",
            "[the other]: <hill/separate-buildings.md> 'x'",
        ),
        (
            "![x][room]\n\n[room]: valley/rom.png\n",
            "11:9",
            "[room]: valley/room.png",
        ),
        (
            "[x][kept]\n\n[kept]: hill/separate-buildings.md#what-was-keept\n",
            "11:35",
            "[kept]: hill/separate-buildings.md#what-was-kept",
        ),
    ] {
        let outcome = with_body(body).fails_with(1).says(mended).counts(1);
        assert_eq!(outcome.diagnostics()[0].1, short(place), "{body}");
    }
    // Written with an escape, the destination is no text of the file.
    with_body("[x](separate\\-buildings.md)\n")
        .fails_with(1)
        .reports("dead-link", &short("9:1"))
        .says("help: did you mean hill/separate-buildings.md?");
}

#[test]
fn addresses_of_other_sites_are_told_from_paths() {
    for (link, mended) in [
        ("www.dale.example/list", "(https://www.dale.example/list)"),
        ("dale.gov.uk", "(https://dale.gov.uk)"),
        ("team@dale.example", "(mailto:team@dale.example)"),
    ] {
        with_body(&format!("[x]({link})\n"))
            .fails_with(1)
            .reports("dead-link", &short("9:5"))
            .says(mended)
            .counts(1);
    }
}

#[test]
fn an_address_of_this_site_is_led_back_to_its_file() {
    for (link, mended) in [
        (
            "/studies/separate-buildings/",
            "(hill/separate-buildings.md)",
        ),
        ("/library/about/#x", "(../pages/about.md#x)"),
        (
            "/factors/trust/index.html",
            "(../vocabulary/factors.yaml#trust)",
        ),
    ] {
        with_body(&format!("[x]({link})\n"))
            .fails_with(1)
            .reports("absolute-link", &short("9:5"))
            .says(mended)
            .counts(1);
    }
}

#[test]
fn a_file_of_nearly_that_name_is_offered() {
    for (link, rule, mended) in [
        ("![x](valley/Room.PNG)", "dead-image", "(valley/room.png)"),
        ("![x](room.png)", "dead-image", "(valley/room.png)"),
        (
            "[x](valley/floorplan.pdf)",
            "dead-link",
            "(valley/floor-plan.pdf)",
        ),
    ] {
        with_body(&format!("{link}\n"))
            .fails_with(1)
            .says(rule)
            .says(mended)
            .counts(1);
    }
}

/// `from_str_radix` takes `+1` for a number; an address doesn't.
#[test]
fn a_sign_is_no_part_of_an_escape() {
    after(|library| {
        library
            .write("content/studies/50%+1.txt", "a majority")
            .write(SHORT, &study_with_body("[x](50%+1.txt)\n"));
    })
    .has_no_problem();
}

#[test]
fn the_title_is_the_only_heading_of_the_first_level() {
    let library = Library::fixture();
    library.replace("site-config.toml", "second-h1 = \"error\"\n", "");
    library.write(
        SHORT,
        &study_with_body("# Again\n\n## Fine\n\nUnderlined\n==========\n"),
    );
    let outcome = library
        .build()
        .succeeds()
        .reports("second-h1", &short("9:1"))
        .reports("second-h1", &short("13:1"))
        .counts(2);
    let page = outcome.page("studies/five-minute-study/index.html");
    assert_eq!(page.matches("<h1").count(), 1);
}

#[test]
fn links_to_a_file_with_mistakes_are_not_reported_as_well() {
    after(|library| {
        library.replace(
            "content/studies/hill/separate-buildings.md",
            "title:",
            "titel: x\n#",
        );
    })
    .fails_with(1)
    .keeps_quiet_about("dead-link")
    .keeps_quiet_about("unknown-study");
    after(|library| {
        library.write_bytes("content/studies/hill/separate-buildings.md", b"\xff");
    })
    .fails_with(1)
    .reports(
        "file-not-utf8",
        "content/studies/hill/separate-buildings.md:1:1",
    )
    .counts(1);
}

#[test]
fn a_framework_is_linked_to_as_other_terms_are() {
    with_body("[x](../vocabulary/frameworks.yaml#iap2-spectrum)\n").has_no_problem();
    with_body("[x](../vocabulary/frameworks.yaml#iap2-spectrumm)\n")
        .fails_with(1)
        .reports("dead-fragment", &short("9:5"))
        .says("#iap2-spectrum")
        .counts(1);
}

#[test]
fn an_image_or_attachment_with_a_blank_in_its_name_is_an_unfinished_link() {
    for text in [
        "![Photo](my photo.png)",
        "[Guide](a/my guide.pdf)",
        "[Guide] (guide.pdf)",
    ] {
        with_body(&format!("{text}\n"))
            .says("unfinished-link")
            .counts(1);
    }
}

/// What looks back from every piece of a line to its start takes four minutes for such a line, and a command in a test may take two.
#[test]
fn a_line_of_two_million_pieces_is_read_once() {
    after(|library| {
        library.replace(
            "site-config.toml",
            "file_bytes = 2000000",
            "file_bytes = 4000000",
        );
        library.append(SHORT, &format!("\n{}\n", "*a*b".repeat(950_000)));
    })
    .has_no_problem();
}

/// As above: each of these brackets may be that of a link.
#[test]
fn a_line_of_unfinished_links_is_read_once() {
    for piece in ["[a](b ", "]"] {
        after(|library| {
            library.append(
                SHORT,
                &format!("\n{}\n", piece.repeat(1_900_000 / piece.len())),
            );
        })
        .has_no_problem();
    }
}

/// Each of these takes a parser more than half a minute that holds every line against all before it.
#[test]
fn a_text_that_would_take_minutes_is_refused_at_its_place() {
    for body in [
        format!("[a](b \"{}", "a\n".repeat(100_000)),
        format!("{}{}", ">".repeat(900_000), "\\\n".repeat(450_000)),
    ] {
        after(|library| {
            library.append(SHORT, &format!("\nFirst.\n\n{body}"));
        })
        .fails_with(1)
        .reports("markdown-limit", &short("12:1"))
        .counts(1);
    }
}
