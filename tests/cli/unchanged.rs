//! A site that stands already, made from the same, is not made again; anything else is.

use crate::support::{
    FULL, Library, SHORT, Tree, differences, study_with_body, study_with_keys, tree_of,
};

/// Builds, and says whether pages were made for it.
fn makes_pages(library: &Library, arguments: &[&str]) -> bool {
    let outcome = library.build_with(&[&["--timings"], arguments].concat());
    outcome.succeeds().message().contains(" render ")
}

/// A library whose site stands.
fn built() -> Library {
    let library = Library::fixture();
    assert!(makes_pages(&library, &[]));
    assert!(!makes_pages(&library, &[]), "nothing has changed");
    library
}

#[test]
fn whatever_changes_is_made() {
    let style = "themes/default/assets/style.css";
    let template = "themes/default/templates/not_found.html";
    for (path, text) in [
        (SHORT, "\nMore.\n"),
        ("content/vocabulary/glossary.yaml", "\n# more\n"),
        ("content/studies/new.txt", "more"),
        (style, "p { color: red }"),
        (
            template,
            "{% extends \"base.html\" %}{% block main %}<h1>More</h1>{% endblock main %}",
        ),
    ] {
        let library = built();
        let before = match library.path(path).exists() {
            true => library.read(path),
            false => String::new(),
        };
        library.write(path, &format!("{before}{text}"));
        assert!(makes_pages(&library, &[]), "{path}");
        assert!(!makes_pages(&library, &[]), "{path}, again");
    }
    let library = built();
    library.replace(
        "site-config.toml",
        "due_after_months = 24",
        "due_after_months = 25",
    );
    assert!(makes_pages(&library, &[]), "another configuration");
    library.write(style, "p { color: red }");
    assert!(makes_pages(&library, &[]), "a stylesheet of its own");
    library.remove(style);
    assert!(makes_pages(&library, &[]), "the default one again");
    library.write("content/studies/new.txt", "more");
    assert!(makes_pages(&library, &[]), "a new file");
    library.remove("content/studies/new.txt");
    assert!(makes_pages(&library, &[]), "a file is gone");
}

#[test]
fn options_that_change_the_site_make_it() {
    let library = built();
    for arguments in [&["--drafts"][..], &["--no-search"], &[]] {
        assert!(makes_pages(&library, arguments), "{arguments:?}");
        assert!(!makes_pages(&library, arguments), "{arguments:?}, again");
    }
    assert!(
        !makes_pages(&library, &["--swap"]),
        "the way does not matter"
    );
    let elsewhere = ["--base-url", "https://elsewhere.example.org/"];
    assert!(makes_pages(&library, &elsewhere), "another address");
}

#[test]
fn a_site_that_is_not_as_it_was_is_mended() {
    type Change = fn(&Library);
    let changes: [(&str, Change); 8] = [
        ("another byte", |library| {
            let page = library.read("public/index.html");
            let page = page.replace("<h1", "<H1");
            library.write("public/index.html", &page);
        }),
        ("a page is gone", |library| {
            library.remove("public/about/index.html");
        }),
        ("no cache", |library| {
            library.clear_cache();
        }),
        ("a damaged cache", |library| {
            let last = library.cached("last");
            let mut bytes = std::fs::read(&last).expect("a cache");
            bytes[100] ^= 1;
            std::fs::write(&last, bytes).expect("damaged");
        }),
        ("another list of files", |library| {
            library.replace(
                "public/.caseloom-manifest.json",
                "\"version\":1,",
                "\"version\":1, ",
            );
        }),
        ("half a build", |library| {
            library.write("public/.caseloom-tmp/1", "half a file");
        }),
        ("another build", |library| {
            library.write(".public.caseloom-lock", "");
        }),
        ("half a new tree", |library| {
            library.write(".public.caseloom-staging/index.html", "half");
        }),
    ];
    for (what, change) in changes {
        let library = built();
        let before = library.tree();
        change(&library);
        assert!(makes_pages(&library, &[]), "{what}");
        assert_eq!(
            differences(&before, &library.tree()),
            Vec::<String>::new(),
            "{what}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_page_is_no_page() {
    let library = built();
    let page = library.path("public/about/index.html");
    let copy = library.path("copy.html");
    std::fs::rename(&page, &copy).expect("renamed");
    std::os::unix::fs::symlink(&copy, &page).expect("linked");
    let outcome = library.build_with(&["--timings"]);
    assert!(
        outcome.message().contains(" render ")
            || outcome.message().contains("not made by caseloom")
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_folder_is_no_folder() {
    let library = built();
    let elsewhere = library.beside("elsewhere");
    std::fs::rename(library.path("public/about"), &elsewhere).expect("renamed");
    std::os::unix::fs::symlink(&elsewhere, library.path("public/about")).expect("linked");
    library.build().fails_with(2).says("not made by caseloom");
}

#[test]
fn an_image_with_other_bytes_is_another_image() {
    let library = built();
    let image = "content/studies/valley/room.png";
    let mut bytes = std::fs::read(library.path(image)).expect("the image of the study");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    library.write_bytes(image, &bytes);
    assert!(makes_pages(&library, &[]));
    assert!(!makes_pages(&library, &[]));
}

#[test]
fn what_becomes_due_is_told_on_its_day() {
    let mut library = Library::fixture();
    library.replace(
        "site-config.toml",
        "review-overdue = \"off\"",
        "review-overdue = \"warning\"",
    );
    library.replace(
        "site-config.toml",
        "due_after_months = 24",
        "due_after_months = 120",
    );
    library.env("SOURCE_DATE_EPOCH", "1756684800");
    let manifest = "public/.caseloom-manifest.json";
    library.build().succeeds();
    let first = library.read(manifest);
    assert!(!makes_pages(&library, &[]), "nothing is due");
    // Years later.
    library.env("SOURCE_DATE_EPOCH", "2051222400");
    for _ in 0..2 {
        library.build().succeeds().says("review-overdue");
        library.build_with(&["--strict"]).fails_with(1);
    }
    assert_eq!(library.read(manifest), first, "no day is in the output");
}

#[test]
fn a_date_to_come_is_told_until_it_has_come() {
    let library = Library::fixture();
    library.write(
        "content/studies/soon.md",
        &study_with_keys("period: {start: 2062}\n"),
    );
    for _ in 0..2 {
        library.build().succeeds().says("future-date");
        library.build_with(&["--strict"]).fails_with(1);
    }
}

#[test]
fn an_attachment_that_can_be_published_at_last_is() {
    let library = Library::fixture();
    library
        .sets_rules("dead-link = \"off\"")
        .write("content/studies/plan.pdf", &"x".repeat(5_000_001))
        .write(
            "content/studies/plan.md",
            &study_with_body("See [the plan](plan.pdf)."),
        );
    assert!(makes_pages(&library, &[]));
    assert!(!makes_pages(&library, &[]));
    library.write("content/studies/plan.pdf", "x");
    assert!(makes_pages(&library, &[]));
}

#[test]
fn the_same_site_of_other_files_exchanges_no_folder() {
    let library = built();
    library.make_all_old();
    library.append("content/vocabulary/glossary.yaml", "\n# a comment\n");
    assert!(makes_pages(&library, &["--swap"]));
    assert_eq!(library.rewritten(), Vec::<String>::new());
    assert!(!makes_pages(&library, &["--swap"]));
}

#[test]
fn a_forged_site_in_a_pull_request_is_not_believed() {
    // A stranger builds the library, puts a script into a page and its hash into the list, and commits the site.
    let library = built();
    let page = library.read("public/about/index.html");
    let forged = page.replace("</body>", "<script>steal()</script></body>");
    let manifest = "public/.caseloom-manifest.json";
    let hash = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
    library.write("public/about/index.html", &forged);
    library.replace(manifest, &hash(&page), &hash(&forged));
    // The runner has built the library before, or it has not.
    for has_built in [true, false] {
        if !has_built {
            library.write("public/about/index.html", &forged);
            library
                .replace(manifest, &hash(&page), &hash(&forged))
                .clear_cache();
        }
        assert!(makes_pages(&library, &[]));
        assert_eq!(library.read("public/about/index.html"), page);
    }
}

#[test]
fn without_a_cache_everything_is_made() {
    let library = Library::fixture();
    for _ in 0..2 {
        assert!(makes_pages(&library, &["--no-cache"]));
    }
    assert!(!library.beside("cache").exists(), "nothing was kept");
    assert!(makes_pages(&library, &[]), "nothing was kept");
    assert!(makes_pages(&library, &["--no-cache"]), "nothing is used");
    assert!(!makes_pages(&library, &[]));
}

#[cfg(unix)]
#[test]
fn a_cache_that_can_not_be_written_costs_only_time() {
    let library = Library::fixture();
    std::fs::write(library.beside("cache"), "no folder").expect("a file");
    assert!(makes_pages(&library, &[]));
    assert!(makes_pages(&library, &[]));
}

#[test]
fn what_a_build_has_to_say_it_says_again() {
    let library = built();
    library.replace(
        "site-config.toml",
        "unused-term = \"off\"",
        "unused-term = \"warning\"",
    );
    library.replace(SHORT, "shared-office", "sharde-office");
    let first = library.build().fails_with(1).message();
    assert_eq!(library.build().fails_with(1).message(), first);
    library.replace(SHORT, "sharde-office", "shared-office");
    let factor = "factors:\n  - id: nobody-cites-it\n    label: Unused\n    theme: trust\n    definition: Nothing.\n";
    library.replace("content/vocabulary/factors.yaml", "factors:\n", factor);
    for _ in 0..2 {
        library.build().succeeds().says("nobody-cites-it");
    }
    // A symbolic link is no file of the library, and is told all the same.
    #[cfg(unix)]
    {
        let library = built();
        std::os::unix::fs::symlink("/nowhere", library.path("content/studies/link.md"))
            .expect("linked");
        library.build().fails_with(1).says("link.md");
    }
}

/// Builds, and says how many files were kept of the build before.
fn kept(library: &Library, arguments: &[&str]) -> usize {
    let outcome = library.build_with(&[&["--timings"], arguments].concat());
    let message = outcome.succeeds().message();
    let line = message
        .lines()
        .find_map(|line| line.split_once(" files were known"));
    line.and_then(|(number, _)| number.parse().ok())
        .expect("a number of files")
}

/// What a build without a cache makes of a library, elsewhere.
fn anew(library: &Library, arguments: &[&str]) -> Tree {
    let out = library.beside("anew");
    let out = out.to_str().expect("a plain path");
    let arguments = [&["--no-cache", "--out", out], arguments].concat();
    library.build_with(&arguments).succeeds();
    tree_of(&library.beside("anew"))
}

#[test]
fn what_is_kept_of_a_build_changes_no_byte_of_the_next() {
    type Change = fn(&Library);
    let changes: [(&str, Change); 8] = [
        ("a sentence", |library| {
            library.append(FULL, "\nA sentence more.\n");
        }),
        ("a summary", |library| {
            library.replace(FULL, "summary: ", "summary: In short, ");
        }),
        ("a title", |library| {
            library.replace(SHORT, "title: ", "title: Of ");
        }),
        ("a factor that works the other way", |library| {
            library.replace(SHORT, "enablers:", "barriers:");
        }),
        ("a new study", |library| {
            library.write("content/studies/more.md", &study_with_body("## Text\n"));
        }),
        ("a link to its heading", |library| {
            library.append(FULL, "\nSee [more](../more.md#text).\n");
        }),
        ("an image with other bytes", |library| {
            library.write_bytes("content/studies/valley/room.png", b"another image");
        }),
        ("a study less", |library| {
            library.replace(FULL, "\nSee [more](../more.md#text).\n", "");
            library.remove("content/studies/more.md");
        }),
    ];
    let library = built();
    let mut all_kept = Vec::new();
    for (round, (what, change)) in changes.into_iter().enumerate() {
        change(&library);
        let arguments: &[&str] = if round % 2 == 0 { &[] } else { &["--swap"] };
        all_kept.push(kept(&library, arguments));
        let nothing = Vec::<String>::new();
        assert_eq!(
            differences(&anew(&library, &[]), &library.tree()),
            nothing,
            "{what}"
        );
    }
    // A sentence touches its page and a summary some more; a factor or another file touch what all pages share.
    let files = library.tree().len();
    assert!(all_kept[0] > files / 2, "{all_kept:?} of {files}");
    assert!(all_kept[1] > files / 4, "{all_kept:?} of {files}");
}

/// What a study tells is made anew where it may stand: on its own page, on those that list it or are about its factors, and in the
/// data; the form of its front matter nowhere else than on its own page.
#[test]
fn a_sentence_of_front_matter_is_made_where_it_stands() {
    let library = built();
    let files = library.tree().len();
    let mut made = Vec::new();
    for (told, anew_told) in [
        ("programme: shared-rooms", "programme:   shared-rooms"),
        ("Adults with complex needs", "Older adults"),
        ("settled referrals the same hour", "settled every referral"),
        ("only once the office", "as soon as the office"),
        ("Two rotations with the hospital", "A rotation"),
        ("Waiting times", "Waiting"),
        ("fell by 6%", "fell by 7%"),
        ("they overheard each other's calls", "they heard each other"),
        ("eighteen months", "a year and a half"),
        ("Interviews with 40 people", "Interviews with 41 people"),
        ("One team only", "One small team only"),
        ("How sharing a room", "How moving into one room"),
        ("place: Eastern Dale", "place: Western Dale"),
    ] {
        library.replace(FULL, told, anew_told);
        made.push(files - kept(&library, &[]));
        let nothing = Vec::<String>::new();
        assert_eq!(
            differences(&anew(&library, &[]), &library.tree()),
            nothing,
            "{anew_told}"
        );
    }
    // The index counts as made each time.
    let tree = library.tree();
    let index = tree.keys().filter(|path| path.starts_with("search/"));
    let index = index.count();
    made.iter_mut().for_each(|made| *made -= index);
    let [
        form,
        population,
        said @ ..,
        outcome,
        finding,
        context,
        effort,
        note,
        limits,
        summary,
        place,
    ] = made.as_slice()
    else {
        panic!("{made:?}");
    };
    assert_eq!(*form, 1, "{made:?}");
    for told in [outcome, finding, context, effort, note, limits] {
        assert_eq!(told, population, "{made:?}");
    }
    assert_eq!(said.len(), 3);
    assert!(
        said.iter().all(|said| population < said && said < summary),
        "{made:?}"
    );
    assert!(summary < place, "{made:?}");
}

/// A title moves its study in the lists that are sorted by title, and names it where others link to it and where it was before.
#[test]
fn a_title_is_made_where_it_is_named() {
    let library = built();
    // It has old addresses as well.
    library.append(SHORT, "\nSee [another](valley/one-open-plan-office.md).\n");
    kept(&library, &[]);
    let files = library.tree().len();
    let mut all_kept = Vec::new();
    for title in ["title: A first ", "title: Zulu "] {
        library.replace(FULL, "title: ", title);
        all_kept.push(kept(&library, &[]));
        let nothing = Vec::<String>::new();
        assert_eq!(
            differences(&anew(&library, &[]), &library.tree()),
            nothing,
            "{title}"
        );
    }
    assert!(
        all_kept.iter().all(|kept| kept * 3 > files),
        "{all_kept:?} of {files}"
    );
}

/// Among those of one day studies stand by title, so a title may give its study another place in every list.
#[test]
fn a_title_that_moves_its_study_is_made_in_the_lists_that_it_is_in() {
    let library = built();
    // Of the day of the five-minute study.
    library.write("content/studies/of-that-day.md", &study_with_keys(""));
    kept(&library, &[]);
    let files = library.tree().len();
    let page = "public/studies/index.html";
    let before = library.read(page);
    library.replace("content/studies/of-that-day.md", "title: A", "title: Z");
    let kept = kept(&library, &[]);
    let place = |html: &str, slug: &str| html.find(slug).expect("it is listed");
    let is_last = |html: &str| place(html, "of-that-day/") > place(html, "five-minute-study/");
    assert!(!is_last(&before) && is_last(&library.read(page)));
    assert_eq!(
        differences(&anew(&library, &[]), &library.tree()),
        Vec::<String>::new()
    );
    assert!(kept * 3 > files, "{kept} of {files}");
}

#[test]
fn options_that_come_and_go_change_no_byte_either() {
    let library = built();
    let elsewhere = ["--base-url", "https://elsewhere.example.org/"];
    for round in 0..2 {
        for arguments in [&["--drafts"][..], &["--no-search"], &elsewhere, &[]] {
            library.append(SHORT, "\nA sentence more.\n");
            library.build_with(arguments).succeeds();
            let anew = anew(&library, arguments);
            let differ = differences(&anew, &library.tree());
            assert_eq!(differ, Vec::<String>::new(), "{arguments:?}, {round}");
        }
    }
}

#[test]
fn a_link_to_a_heading_that_is_gone_is_told_where_the_page_that_has_it_was_kept() {
    let library = built();
    library.write("content/studies/more.md", &study_with_body("## Text\n"));
    library.append(FULL, "\nSee [more](../more.md#text).\n");
    library.build().succeeds();
    library.replace("content/studies/more.md", "## Text", "## Words");
    library.build().fails_with(1).says("dead-fragment");
}

#[test]
fn pages_that_others_have_changed_are_mended_with_the_next_study() {
    let library = built();
    // So that the stamps of all pages are trusted.
    library.make_all_old();
    library.append(SHORT, "\nA sentence.\n");
    assert!(kept(&library, &[]) > 0);
    let page = "public/about/index.html";
    let before = library.read(page);
    let time = std::fs::metadata(library.path(page)).and_then(|it| it.modified());
    // As long as before, and of the same time.
    library.write(page, &before.replacen("<h1", "<H1", 1));
    std::fs::File::options()
        .write(true)
        .open(library.path(page))
        .and_then(|file| file.set_modified(time.expect("a time")))
        .expect("the time can be set");
    library.remove("public/themes/index.html");
    library.append(SHORT, "\nA sentence more.\n");
    library.build().succeeds();
    assert_eq!(
        differences(&anew(&library, &[]), &library.tree()),
        Vec::<String>::new()
    );
}

/// A build that is stopped while it writes its cache leaves pieces of two.
#[test]
fn what_two_builds_left_is_not_taken_for_one() {
    let library = built();
    let piece = library.cached("record-0");
    let before = std::fs::read(&piece).expect("a piece");
    library.replace(FULL, "title: ", "title: Of ");
    library.build().succeeds();
    std::fs::write(&piece, before).expect("put back");
    library.append(SHORT, "\nA sentence more.\n");
    assert_eq!(kept(&library, &[]), 0);
    assert_eq!(
        differences(&anew(&library, &[]), &library.tree()),
        Vec::<String>::new()
    );
}

#[test]
fn a_damaged_cache_is_as_good_as_none() {
    // Of everything, and of each that is kept by itself.
    let groups = [
        "",
        "content",
        "markdown",
        "search-part",
        "search-pieces",
        "search-slice",
        "record",
        "record-3",
        "last",
    ];
    let library = built();
    let folder = library.cached("");
    for (group, damage) in groups
        .into_iter()
        .zip((0..3).cycle())
        .chain([("", 1), ("", 2)])
    {
        let mut damaged = 0;
        for entry in std::fs::read_dir(&folder).expect("a cache") {
            let path = entry.expect("a file").path();
            if !path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(group))
            {
                continue;
            }
            damaged += 1;
            let mut bytes = std::fs::read(&path).expect("a file");
            match damage {
                0 => bytes.truncate(bytes.len() / 2),
                1 => bytes
                    .iter_mut()
                    .skip(60)
                    .step_by(7)
                    .for_each(|byte| *byte ^= 0x55),
                _ => bytes.clear(),
            }
            std::fs::write(&path, bytes).expect("damaged");
        }
        assert!(damaged > 0, "nothing is called {group}");
        library.append(SHORT, "\nA sentence more.\n");
        library.build().succeeds();
        assert_eq!(
            differences(&anew(&library, &[]), &library.tree()),
            Vec::<String>::new(),
            "{group}"
        );
    }
}
