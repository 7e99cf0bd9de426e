//! Problems as HTML: a panel over the page of the last good site, or a page of their own while there is none.

use std::path::Path;

use super::problems::{Place, Problem};
use crate::diagnostics::Severity;
use crate::diagnostics::format::counted;
use crate::percent::encode_path;
use crate::render::escape;

/// So many problems are listed; the terminal has all.
const MOST: usize = 50;

/// Whether the site that browsers see is as new as the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    /// It is; there are only warnings.
    New,
    /// It is the one before the errors.
    HeldBack,
    /// There has been none yet.
    Absent,
}

/// The panel: empty without problems, open when they keep the site from being new.
///
/// It is a `<details>` element, so that it can be folded up by keyboard, and holds no focus. Its one-line summary is an
/// alert, which screen readers say when it comes.
pub(super) fn panel(problems: &[Problem], freshness: Freshness, editor: &str) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let open = if freshness == Freshness::New {
        ""
    } else {
        " open"
    };
    format!(
        "<details class=\"panel\"{open}><summary><span role=\"alert\">{}</span></summary>{}</details>",
        escape(&summary(problems, freshness)),
        list(problems, editor)
    )
}

/// A page that holds nothing but the problems.
pub(super) fn page(panel: &str, head: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>This page can't be shown yet – caseloom</title>\n\
         <link rel=\"stylesheet\" href=\"/_caseloom/overlay.css\">\n{head}</head>\n<body class=\"alone\">\n<main>\n\
         <h1>This page can't be shown yet</h1>\n\
         <p>Mend what is listed here, and it will come up by itself.</p>\n<caseloom-problems>{panel}</caseloom-problems>\n</main>\n</body>\n</html>\n"
    )
}

fn summary(problems: &[Problem], freshness: Freshness) -> String {
    let count = |severity| {
        problems
            .iter()
            .filter(|problem| problem.severity == severity)
            .count()
    };
    let parts: Vec<String> = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Info, "remark"),
    ]
    .into_iter()
    .map(|(severity, word)| (count(severity), word))
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| counted(count, word))
    .collect();
    let rest = match freshness {
        Freshness::HeldBack => ". This is the page as it was before",
        Freshness::New | Freshness::Absent => "",
    };
    format!("{}{rest}", parts.join(", "))
}

fn list(problems: &[Problem], editor: &str) -> String {
    let mut html = String::from("<ol>");
    for problem in &problems[..problems.len().min(MOST)] {
        html.push_str(&item(problem, editor));
    }
    html.push_str("</ol>");
    if let Some(more) = problems.len().checked_sub(MOST).filter(|more| *more > 0) {
        html.push_str(&format!(
            "<p>And {more} more: the terminal lists them all.</p>"
        ));
    }
    html
}

fn item(problem: &Problem, editor: &str) -> String {
    let word = match problem.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Remark",
    };
    let (first, rest) = problem
        .message
        .split_once('\n')
        .unwrap_or((&problem.message, ""));
    let mut html = format!(
        "<li class=\"{}\"><p class=\"what\"><strong>{word}:</strong> {}",
        problem.severity.as_str(),
        escape(first)
    );
    if let Some(rule) = problem.rule {
        html.push_str(&format!(" <span class=\"rule\">{}</span>", escape(rule)));
    }
    html.push_str("</p>");
    if let Some(place) = &problem.place {
        html.push_str(&format!(
            "<p><a href=\"{}\">{}:{}:{}</a></p>",
            escape(&editor_link(editor, place)),
            escape(&place.path),
            place.line,
            place.column
        ));
    }
    if !rest.is_empty() {
        html.push_str(&format!("<pre tabindex=\"0\">{}</pre>", escape(rest)));
    }
    if let Some(line) = &problem.line {
        let [before, marked, after] = line.0.each_ref().map(|part| escape(part));
        html.push_str(&format!(
            "<pre tabindex=\"0\">{before}<mark>{marked}</mark>{after}</pre>"
        ));
    }
    for help in problem.help.iter().chain(&problem.suggestions) {
        html.push_str(&format!("<p class=\"help\">{}</p>", escape(help)));
    }
    html.push_str("</li>");
    html
}

/// The address that opens a place in the editor.
fn editor_link(pattern: &str, place: &Place) -> String {
    let path = with_slashes(&place.absolute);
    let path = encode_path(&path);
    // `vscode://file/{path}` would have two slashes before a path that begins with one.
    let path = match pattern.contains("/{path}") {
        true => path.trim_start_matches('/'),
        false => &path,
    };
    pattern
        .replace("{path}", path)
        .replace("{line}", &place.line.to_string())
        .replace("{column}", &place.column.to_string())
}

fn with_slashes(path: &Path) -> String {
    path.to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/")
}

#[cfg(test)]
mod tests {
    use super::super::problems::Excerpt;
    use super::*;

    fn problem(severity: Severity) -> Problem {
        Problem {
            severity,
            message: "there is no <factor>".to_owned(),
            rule: Some("unknown-factor"),
            place: Some(Place {
                path: "content/a b.md".to_owned(),
                absolute: "/home/a b/content/a b.md".into(),
                line: 8,
                column: 13,
            }),
            line: Some(Excerpt([
                "- ".to_owned(),
                "<factor>".to_owned(),
                String::new(),
            ])),
            help: Some("write another".to_owned()),
            suggestions: vec!["did you mean `trust`?".to_owned()],
        }
    }

    const EDITOR: &str = "vscode://file/{path}:{line}:{column}";

    #[test]
    fn nothing_wrong_is_no_panel() {
        assert_eq!(panel(&[], Freshness::New, EDITOR), "");
    }

    #[test]
    fn a_problem_says_what_and_where_and_what_to_do() {
        let html = panel(&[problem(Severity::Error)], Freshness::HeldBack, EDITOR);
        for part in [
            "<details class=\"panel\" open>",
            "role=\"alert\">1 error. This is the page as it was before<",
            "there is no &lt;factor&gt;",
            "href=\"vscode://file/home/a%20b/content/a%20b.md:8:13\">content/a b.md:8:13<",
            "<mark>&lt;factor&gt;</mark>",
            "write another",
            "did you mean `trust`?",
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
        assert!(!html.contains("<factor>"));
    }

    #[test]
    fn warnings_do_not_lie_over_the_page() {
        let html = panel(&[problem(Severity::Warning)], Freshness::New, EDITOR);
        assert!(
            html.contains("<details class=\"panel\"><summary>"),
            "{html}"
        );
        assert!(html.contains(">1 warning<"), "{html}");
    }

    #[test]
    fn a_flood_is_cut_and_counted() {
        let many: Vec<Problem> = (0..MOST + 7).map(|_| problem(Severity::Error)).collect();
        let html = panel(&many, Freshness::HeldBack, EDITOR);
        assert_eq!(html.matches("<li").count(), MOST);
        assert!(
            html.contains("57 errors") && html.contains("And 7 more"),
            "{html}"
        );
    }

    #[test]
    fn other_editors_have_other_addresses() {
        let place = problem(Severity::Error).place.expect("a place");
        let link = editor_link("idea://open?file={path}&line={line}", &place);
        assert_eq!(link, "idea://open?file=/home/a%20b/content/a%20b.md&line=8");
    }
}
