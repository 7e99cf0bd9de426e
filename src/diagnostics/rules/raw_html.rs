//! The text holds HTML.

use super::{Example, Group, Rule, Severity};

pub(crate) static RAW_HTML: Rule = Rule {
    name: "raw-html",
    group: Group::Links,
    severity: Severity::Error,
    fixed: false,
    summary: "The text holds HTML.",
    why: "HTML from anywhere can run programs in a reader's browser or break a page for a screen reader, so \
          it is shown as plain characters and reported. Markdown covers what a study needs.",
    example: Example::markdown(
        r#"
We tried three things:<br>a rota, <b>a shared list</b> and a weekly call.

<iframe src="https://video.example/weekly-call"></iframe>
"#,
        r"
We tried three things: a rota, **a shared list** and a weekly call.

[A film of the weekly call](https://video.example/weekly-call)
",
    ),
    mend: "Write Markdown instead:\n\n\
           - `<br>`, `<p>`: leave an empty line\n\
           - `<b>`, `<strong>`: `**words**`\n\
           - `<i>`, `<em>`: `*words*`\n\
           - `<a href=...>`: `[words](https://...)`\n\
           - `<img ...>`: `![what it shows](file.png)`\n\
           - `<li>`: a line that begins with a hyphen and a blank\n\
           - `<iframe>`, `<video>`: a link to the film\n\n\
           To show such characters themselves, put them between backticks: `` `<b>` ``.",
};
