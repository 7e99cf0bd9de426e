use std::time::Instant;

use proptest::prelude::*;

use super::super::Paths;
use super::*;

type Site = Vec<(String, Vec<u8>)>;

fn set(files: &[(&str, &str)]) -> Site {
    let files = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    files.collect()
}

fn verify(files: &Site, base_path: &str) -> Vec<BrokenLink> {
    let paths = Paths::new(files.iter().map(|(path, _)| path.clone()).collect());
    let links = Links::new(&paths, base_path);
    let mut read: Vec<(usize, Option<Page>)> = files
        .par_iter()
        .map_init(Scratch::default, |scratch, (path, bytes)| {
            let number = paths.number(path).expect("it is one of them");
            (number, links.read(number, bytes, scratch))
        })
        .collect();
    read.sort_by_key(|(number, _)| *number);
    let pages: Vec<_> = read.into_iter().map(|(_, page)| page).collect();
    links.broken(&pages)
}

/// What is broken in a site in which `html` is the body of `path`, one a line.
fn broken_at(path: &str, html: &str) -> String {
    let files = set(&[
        (path, html),
        ("index.html", "<h1 id=home>"),
        (
            "a/c/index.html",
            "<h1 id=one><a name=old id=new></a><p id='ä b'>",
        ),
        ("a/c/other.html", "<p id=top2>"),
        ("assets/a b.png", ""),
        ("assets/style.css", ""),
        ("assets/icons.svg", "<svg><a href='nowhere'/></svg>"),
    ]);
    let lines = verify(&files, "/library/")
        .into_iter()
        .map(|link| format!("{} {} {:?}", link.attribute, link.target, link.reason));
    lines.collect::<Vec<_>>().join("\n")
}

fn broken(html: &str) -> String {
    broken_at("a/b/index.html", html)
}

#[test]
fn whole_links() {
    for link in [
        "../c/",
        "../c/index.html",
        "../c/other.html",
        "../../",
        "../..",
        ".",
        "",
        "index.html",
        "../../index.html?x=../y",
        "?q=1",
        "../../assets/a%20b.png",
        "../../assets/a b.png",
        " ../c/\n",
        "..\\c\\",
    ] {
        assert_eq!(broken(&format!("<a href=\"{link}\">")), "", "{link}");
    }
}

#[test]
fn missing_files() {
    assert_eq!(broken("<a href='../d/'>"), "href ../d/ Missing");
    assert_eq!(broken("<a href='../c'>"), "href ../c Missing");
    assert_eq!(broken("<a href='../C/'>"), "href ../C/ Missing");
    assert_eq!(broken("<area href=x>"), "href x Missing");
    assert_eq!(
        broken("<link rel=stylesheet href=x.css>"),
        "href x.css Missing"
    );
    assert_eq!(
        broken("<a href='x?a=1&amp;b=2#c'>"),
        "href x?a=1&b=2#c Missing"
    );
}

#[test]
fn every_attribute() {
    assert_eq!(broken("<img src=x>"), "src x Missing");
    assert_eq!(broken("<script src=x></script>"), "src x Missing");
    assert_eq!(
        broken("<img srcset='../../assets/a%20b.png 1x, y 2x, &#x7a; 3x'>"),
        "srcset y Missing\nsrcset z Missing"
    );
    assert_eq!(broken("<video poster=x>"), "poster x Missing");
    assert_eq!(broken("<form action=x>"), "action x Missing");
    assert_eq!(broken("<button formaction=x>"), "formaction x Missing");
    assert_eq!(broken("<object data=x>"), "data x Missing");
    assert_eq!(broken("<svg><a xlink:href=x>"), "xlink:href x Missing");
    assert_eq!(broken("<svg><use href=x>"), "href x Missing");
    assert_eq!(broken("<img src=''>"), "src  Missing", "nothing to load");
}

#[test]
fn out_of_the_site() {
    for link in [
        "https://example.org/x",
        "HTTP://example.org",
        "mailto:a@b",
        "tel:+441",
    ] {
        assert_eq!(broken(&format!("<a href='{link}'>")), "", "{link}");
    }
    assert_eq!(
        broken("<link rel=canonical href='https://example.org/'>"),
        ""
    );
    assert_eq!(broken("<a href='//host/x'>"), "href //host/x Absolute");
    assert_eq!(broken("<a href='\\\\host/x'>"), "href //host/x Absolute");
    assert_eq!(broken("<a href='../../../'>"), "href ../../../ OutsideSite");
    assert_eq!(
        broken("<a href='%2e%2e/%2E./../a/'>"),
        "href %2e%2e/%2E./../a/ OutsideSite"
    );
    assert_eq!(
        broken("<a href='java&#10;script:x()'>"),
        "href javascript:x() External"
    );
    assert_eq!(
        broken("<img src='https://host/x.png'>"),
        "src https://host/x.png External"
    );
    assert_eq!(
        broken("<img src='//host/x.png'>"),
        "src //host/x.png External"
    );
    assert_eq!(
        broken("<img src='data:image/png,x'>"),
        "src data:image/png,x External"
    );
    assert_eq!(
        broken("<img srcset='https://host/x 2x'>"),
        "srcset https://host/x External"
    );
    assert_eq!(
        broken("<form action='https://host/'>"),
        "action https://host/ External"
    );
    assert_eq!(
        broken("<use href='https://host/#x'>"),
        "href https://host/#x External"
    );
}

#[test]
fn absolute_links() {
    assert_eq!(broken("<a href='/a/c/'>"), "href /a/c/ Absolute");
    assert_eq!(
        broken("<img src='/library/a/c/'>"),
        "src /library/a/c/ Absolute"
    );
    assert_eq!(broken("<a href='\\a'>"), "href /a Absolute");
}

#[test]
fn the_page_not_found_is_shown_at_any_depth() {
    let broken = |html: &str| broken_at("404.html", html);
    for link in [
        "/library/",
        "/library/a/c/#one",
        "/library/a/c/?q#one",
        "/library/x/../a/./c/",
        "/lib%72ary/assets/style.css",
        "#top",
        "#x",
        "https://host/",
    ] {
        assert_eq!(broken(&format!("<p id=x><a href='{link}'>")), "", "{link}");
    }
    assert_eq!(broken("<a href='/library/d/'>"), "href /library/d/ Missing");
    assert_eq!(broken("<a href='/library'>"), "href /library OutsideSite");
    assert_eq!(
        broken("<a href='/other/a/c/'>"),
        "href /other/a/c/ OutsideSite"
    );
    assert_eq!(
        broken("<a href='/library/../x'>"),
        "href /library/../x OutsideSite"
    );
    assert_eq!(broken("<a href='a/c/'>"), "href a/c/ Relative");
    assert_eq!(
        broken("<a href='//library/a/c/'>"),
        "href //library/a/c/ Absolute"
    );
    assert_eq!(
        broken_at("a/404.html", "<a href='/library/'>"),
        "href /library/ Absolute",
        "only the one at the root"
    );
    let at_the_root = set(&[
        ("404.html", "<a href='/x'><a href='/'>"),
        ("index.html", ""),
    ]);
    let links = verify(&at_the_root, "/");
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].target, "/x");
}

#[test]
fn fragments() {
    for link in [
        "../c/#one",
        "../c/#new",
        "../c/#old",
        "../c/#%C3%A4%20b",
        "../c/#ä b",
        "../c/other.html?x#top2",
        "../c/#",
        "../c/#top",
        "#",
        "#TOP",
        "#here",
        "index.html#here",
        "?x#here",
        "../../assets/style.css#x",
        "../../assets/icons.svg#x",
    ] {
        let html = format!("<a href='{link}'></a><svg id=here></svg>");
        assert_eq!(broken(&html), "", "{link}");
    }
    assert_eq!(
        broken("<a href='../c/#two'>"),
        "href ../c/#two MissingFragment"
    );
    assert_eq!(
        broken("<a href='../c/#One'>"),
        "href ../c/#One MissingFragment"
    );
    assert_eq!(
        broken("<a href='#x'><!-- <p id=x> -->"),
        "href #x MissingFragment"
    );
    assert_eq!(
        broken("<svg><use href='#x'/></svg>"),
        "href #x MissingFragment"
    );
    assert_eq!(
        broken("<input name=x><a href='#x'>"),
        "href #x MissingFragment"
    );
    assert_eq!(
        broken("<a href='#a&amp;b'><p id='a&amp;b'><a href='#100%'><p id='100%'>"),
        ""
    );
}

#[test]
fn duplicate_ids() {
    assert_eq!(
        broken("<p id=x><p id=y><p id='x'><a href=z><p id=y><p id=&#120;><p id><p id=''>"),
        "id x DuplicateId(3)\nhref z Missing\nid y DuplicateId(2)"
    );
    assert_eq!(
        broken("<a id=x name=x></a><a name=x></a>"),
        "",
        "a name is no id"
    );
    assert_eq!(broken("<p id=x><p id=X>"), "", "ids are told apart by case");
    assert_eq!(broken("<p id=one>"), "", "the same id on two pages");
}

#[test]
fn sorted_by_page_and_position() {
    let files = set(&[
        ("b.html", "<a href=2><a href='a.html#x'><a href=1>"),
        ("a.html", "<img src=z><a href='b.html#y'><a href=a>"),
        ("a.css", "url(x) <a href=x>"),
    ]);
    let found: Vec<String> = verify(&files, "/")
        .iter()
        .map(ToString::to_string)
        .collect();
    let expected = [
        "a.html: src=\"z\": the site has no such file",
        "a.html: href=\"b.html#y\": no element of that page has this id",
        "a.html: href=\"a\": the site has no such file",
        "b.html: href=\"2\": the site has no such file",
        "b.html: href=\"a.html#x\": no element of that page has this id",
        "b.html: href=\"1\": the site has no such file",
    ];
    assert_eq!(found, expected);
}

proptest! {
    #[test]
    fn no_text_panics(bytes in prop::collection::vec(any::<u8>(), 0..400), path in "404\\.html|(a/){0,2}x\\.html") {
        let files = vec![(path, bytes)];
        verify(&files, "/b/");
    }

    /// Like HTML, so that the scanner gets further than in text of any kind.
    #[test]
    fn no_markup_panics(
        parts in prop::collection::vec("<|</|<!--|-->|--!>|>|/|=|\"|'| |&#?x?|;|%|#|\\?|,|a|href|src|srcset|id|svg|script|\
            style|<a href=|<p id=x>|<!\\[CDATA\\[|\\]\\]>|\\.\\./|:|[0-9]{1,9}|é|\\\\", 0..60),
    ) {
        let bytes = parts.concat().into_bytes();
        let files = vec![("a/x.html".to_owned(), bytes)];
        verify(&files, "/b/");
    }
}

/// A page of about 30 kB with 100 links, as a study of a large library has them.
fn large_page(page: usize, pages: usize) -> String {
    let other = |nth: usize| (page * 31 + nth * 977) % pages;
    let mut html = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>A study &amp; more</title>\n\
         <link rel=\"stylesheet\" href=\"../../assets/style.css\"><script src=\"../../assets/site.js\" defer></script>\n\
         <link rel=\"canonical\" href=\"https://example.org/\"></head><body>\n",
    );
    for section in 0..16 {
        html += &format!("<section><h2 id=\"part-{section}\">What was done</h2>\n");
        for nth in 0..6 {
            let (fragment, to) = match nth {
                0 => (format!("#part-{}", 15 - section), other(section)),
                1 => (String::new(), page),
                _ => (String::new(), other(section * 6 + nth)),
            };
            html += &match nth {
                1 => format!("<p>See <a href=\"#part-{}\">below</a>.</p>\n", 15 - section),
                _ => format!(
                    "<li class=\"card card-study\"><a class=\"card-link\" href=\"../study-{to:05}/{fragment}\">The \
                     study</a> <span class=\"tag tag-theme\">Workforce</span></li>\n"
                ),
            };
            html += "<p>The team met every week and looked at <em>what had changed</em> since, with <strong>the \
                     figures</strong> of the ward on one page, and wrote down what it would try next.</p>\n";
        }
        html += "</section>\n";
    }
    html += "<nav><a href=\"../../\">Home</a></nav>\n<!-- ";
    html += &"x".repeat(30_000_usize.saturating_sub(html.len() + 20));
    html += " --></body></html>\n";
    html
}

/// Prints what the check costs; `cargo test --release -- --ignored --nocapture ten_thousand_pages`.
#[test]
#[ignore = "a measurement"]
fn ten_thousand_pages() {
    let pages = 10_000;
    let mut files = vec![
        ("index.html".to_owned(), String::new()),
        ("assets/style.css".to_owned(), String::new()),
        ("assets/site.js".to_owned(), String::new()),
    ];
    files.extend((0..pages).map(|page| {
        (
            format!("studies/study-{page:05}/index.html"),
            large_page(page, pages),
        )
    }));
    let html = &files[3].1;
    println!(
        "a page: {} bytes, {} links, {} tags",
        html.len(),
        html.matches("href=").count() + html.matches("src=").count(),
        html.matches('<').count()
    );
    let files = files.into_iter();
    let files = files
        .map(|(path, text)| (path, text.into_bytes()))
        .collect();
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("a pool of threads");
        let mut best = f64::MAX;
        for _ in 0..7 {
            let start = Instant::now();
            let broken = pool.install(|| verify(&files, "/"));
            best = best.min(start.elapsed().as_secs_f64());
            assert_eq!(broken, []);
        }
        println!("{threads} thread(s): {:.0} ms", best * 1e3);
    }
}
