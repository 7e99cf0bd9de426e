//! What people read when they made one of the usual mistakes, word for word.

use crate::support::{FULL, Library, SHORT, study_with_body};

/// Compares what a build of a changed fixture says with `snapshots/<name>.snap`.
#[track_caller]
fn says(name: &str, code: i32, change: impl FnOnce(&Library)) {
    let library = Library::fixture();
    change(&library);
    let outcome = library.build().fails_with(code);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, outcome.message()));
}

#[test]
fn a_misspelt_factor() {
    says("misspelt-factor", 1, |library| {
        library.replace(SHORT, "[shared-office]", "[trust, sharde-office]");
    });
}

#[test]
fn an_alias_instead_of_the_id() {
    says("alias", 0, |library| {
        library.replace(SHORT, "[shared-office]", "\n  - co-location");
    });
}

#[test]
fn a_missing_key() {
    says("missing-key", 1, |library| {
        library.replace(SHORT, "summary: Written between two meetings.\n", "");
    });
}

#[test]
fn a_misspelt_key() {
    says("misspelt-key", 1, |library| {
        library.replace(SHORT, "enablers:", "enabler:");
    });
}

#[test]
fn a_key_that_does_not_exist() {
    says("unknown-key", 1, |library| {
        library.replace(SHORT, "ics: national", "ics: national\nbudget: none");
    });
}

#[test]
fn a_colon_in_a_title() {
    says("colon-in-title", 1, |library| {
        library.replace(SHORT, "title: Five minutes", "title: Five minutes: a study");
    });
}

#[test]
fn a_quotation_mark_that_is_never_closed() {
    says("unclosed-quote", 1, |library| {
        library.replace(SHORT, "title: Five minutes", "title: \"Five minutes");
    });
}

#[test]
fn a_tab_in_front_matter() {
    says("tab", 1, |library| {
        library.replace(SHORT, "[shared-office]", "\n\t- shared-office");
    });
}

#[test]
fn a_date_as_people_write_it() {
    says("date", 1, |library| {
        library.replace(SHORT, "published: 2024-05-07", "published: 7 May 2024");
    });
}

#[test]
fn no_front_matter_at_all() {
    says("no-front-matter", 1, |library| {
        library.write(SHORT, "# Five minutes\n\nWritten in a hurry.\n");
    });
}

#[test]
fn the_second_fence_is_missing() {
    says("no-second-fence", 1, |library| {
        library.replace(
            SHORT,
            "[shared-office]\n---\n",
            "[shared-office]\n\nText.\n",
        );
    });
}

#[test]
fn a_summary_that_is_too_long() {
    says("long-summary", 1, |library| {
        let words = "Written between two meetings. ".repeat(11);
        library.replace(SHORT, "Written between two meetings.", words.trim_end());
    });
}

#[test]
fn a_dead_link() {
    says("dead-link", 1, |library| {
        library.replace(
            "content/pages/contribute.md",
            "../studies/five-minute-study.md",
            "../studies/five-minutes-study.md",
        );
    });
}

#[test]
fn a_link_to_a_heading_that_does_not_exist() {
    says("dead-fragment", 1, |library| {
        library.replace(FULL, "#what-was-kept", "#what-was-left");
    });
}

#[test]
fn raw_html() {
    says("raw-html", 1, |library| {
        library.write(
            SHORT,
            &study_with_body("One line<br>another.\n\n<div>\nA block.\n</div>\n"),
        );
    });
}

#[test]
fn a_link_that_could_run_code() {
    says("javascript", 1, |library| {
        library.write(
            SHORT,
            &study_with_body("Read [the notes](javascript:alert(1)).\n"),
        );
    });
}

#[test]
fn an_image_of_another_site() {
    says("external-image", 1, |library| {
        library.write(
            SHORT,
            &study_with_body("![Map](https://maps.example/tile.png)\n"),
        );
    });
}

#[test]
fn two_files_of_one_name() {
    says("two-files-of-one-name", 1, |library| {
        library.write(
            "content/studies/hill/five-minute-study.md",
            &study_with_body(""),
        );
    });
}

#[test]
fn a_link_to_a_draft() {
    says("link-to-draft", 1, |library| {
        library.write(SHORT, &study_with_body("See [next year](next-year.md).\n"));
    });
}

#[test]
fn a_period_that_ends_before_it_begins() {
    says("reversed-period", 1, |library| {
        library.replace(FULL, "end: 2018-11-30", "end: 2016");
    });
}

#[test]
fn a_system_that_no_longer_existed() {
    says("outside-system-life", 0, |library| {
        library.replace(
            SHORT,
            "ics: national",
            "ics: north-dale\nperiod: {start: 2023}",
        );
    });
}

#[test]
fn an_old_address_that_is_in_use() {
    says("alias-taken", 1, |library| {
        library.replace(
            FULL,
            "[one-office, open-plan]",
            "[one-office, separate-buildings]",
        );
    });
}

#[test]
fn many_mistakes_at_once() {
    says("many", 1, |library| {
        library
            .replace(SHORT, "[shared-office]", "[sharde-office]")
            .replace(SHORT, "level: national", "level: nation")
            .replace("content/pages/about.md", "contribute.md", "contribute.html")
            .replace(
                "content/vocabulary/themes.yaml",
                "    definition: Homes",
                "    meaning: Homes",
            );
    });
}

#[test]
fn a_key_that_the_configuration_does_not_have() {
    says("config-key", 2, |library| {
        library.replace("site-config.toml", "title = ", "titel = ");
    });
}

#[test]
fn a_folder_that_somebody_else_filled() {
    says("foreign-folder", 2, |library| {
        library.write("public/holiday.jpg", "precious");
    });
}

#[test]
fn a_warning_beside_a_finished_site() {
    says("repeated-value", 0, |library| {
        library.replace(SHORT, "[shared-office]", "[shared-office, shared-office]");
    });
}
